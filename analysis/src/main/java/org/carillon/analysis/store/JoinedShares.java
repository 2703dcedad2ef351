package org.carillon.analysis.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.carillon.analysis.input.ClockModelFile;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.input.Recording;
import org.carillon.analysis.input.RunFolder;
import org.carillon.analysis.input.Table;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/**
 * A run from the shares that {@link ShareRows} made of it: what adds up is taken from their
 * answers, and all else is asked of their rows. The run's smaller files are read here.
 */
public final class JoinedShares {

  private final RunFolder run;
  private final List<ClockModelFile> models;
  private final List<Path> shares;

  /**
   * Of a run.
   *
   * @param models clock models to judge besides
   * @param shares the folder of each, every one of them once
   */
  public JoinedShares(RunFolder run, List<ClockModelFile> models, List<Path> shares) {
    this.run = run;
    this.models = models;
    this.shares = List.copyOf(shares);
  }

  /**
   * Fills an empty database and judges its rows.
   *
   * @return what became of each file
   * @throws CarillonException USAGE if the shares are not all of the same files, or not of this run
   */
  public List<InputFile> load(Database database) {
    MergedRun merged = shareOf(shares.getFirst());
    for (Path share : shares) {
      requireSame(merged, share);
    }
    List<Recording> recordings = run.recordings();
    requireOfThisRun(merged.files(), recordings.stream().filter(Recording::isOfEvents).toList());
    List<InputFile> files = new ArrayList<>(merged.files());
    recordings.stream()
        .filter(recording -> !recording.isOfEvents())
        .forEach(
            recording ->
                files.add(recording.read(database.parquet(), database.sink(recording.table()))));
    for (ClockModelFile model : models) {
      files.add(model.read(files.size(), database.sink(Table.MODEL)));
    }
    database.judge(files, merged, shares.stream().map(share -> cache(share).parquet()).toList());
    database.questions().addUp(new ShareAnswers(shares));
    return files;
  }

  private static MergedCache cache(Path share) {
    return new MergedCache(share, true);
  }

  private static MergedRun shareOf(Path share) {
    return cache(share)
        .read()
        .orElseThrow(
            () -> refused(share + " is damaged: its merged.json cannot be read; make it again."));
  }

  private void requireSame(MergedRun first, Path share) {
    MergedRun other = shareOf(share);
    if (other.equals(first)) {
      return;
    }
    Optional<String> changed =
        other.files().stream()
            .filter(file -> !first.files().contains(file))
            .map(InputFile::name)
            .findFirst();
    throw refused(
        share
            + " is of other files than "
            + shares.getFirst()
            + changed.map(name -> ": " + name + " changed in between").orElse("")
            + "; make all shares again, of files that nobody writes to.");
  }

  /** By name and size: the files may be larger than this machine should read. */
  private void requireOfThisRun(List<InputFile> files, List<Recording> recordings) {
    boolean same =
        files.size() == recordings.size()
            && IntStream.range(0, files.size())
                .allMatch(
                    i ->
                        files.get(i).name().equals(recordings.get(i).name())
                            && files.get(i).sizeBytes() == recordings.get(i).sizeBytes());
    if (!same) {
      throw refused(
          "the shares are not of "
              + run.folder()
              + " as it is now: its files of events have other names or sizes; name the run that"
              + " they were made of, or make them again.");
    }
  }

  private static CarillonException refused(String sentence) {
    return new CarillonException(ExitCode.USAGE, sentence);
  }
}
