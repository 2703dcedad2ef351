package org.carillon.analysis.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.carillon.analysis.input.ClockModelFile;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.input.Recording;
import org.carillon.analysis.input.RunFolder;
import org.carillon.analysis.input.Table;
import org.carillon.analysis.merge.OutOfReach;

/**
 * Brings a run into a database in the quickest way that its files allow: from the merged.parquet of
 * an earlier analysis if the files are still the same, else by merging them, else, where their rows
 * are too mixed up for that, through tables and joins.
 */
public final class RunLoader {

  /** The heap is small beside less than this. */
  private static final long LARGE_BYTES = 64L << 20;

  private final RunFolder run;
  private final List<ClockModelFile> models;
  private final LongConsumer progress;

  /**
   * Of a run.
   *
   * @param models clock models to judge besides
   * @param progress is told how many bytes were read, each time, by several threads
   */
  public RunLoader(RunFolder run, List<ClockModelFile> models, LongConsumer progress) {
    this.run = run;
    this.models = models;
    this.progress = progress;
  }

  /**
   * Fills an empty database and judges its rows.
   *
   * @param cache where merged.parquet is kept
   * @return what became of each file
   */
  public List<InputFile> load(Database database, MergedCache cache) {
    List<Recording> recordings = run.recordings();
    List<Recording> merged = recordings.stream().filter(Recording::isOfEvents).toList();
    Optional<MergedRun> known = cache.find(merged, database.resources().threads(), progress);
    if (known.isEmpty()) {
      FileStamps before = FileStamps.before(merged);
      try {
        known =
            Optional.of(MergedTable.write(database, merged, cache.parquet(), id -> true, progress));
        cache.keep(known.get(), before);
      } catch (OutOfReach e) {
        return joined(database);
      }
    }
    List<InputFile> files = new ArrayList<>(known.get().files());
    recordings.stream()
        .filter(recording -> !recording.isOfEvents())
        .forEach(
            recording ->
                files.add(recording.read(database.parquet(), database.sink(recording.table()))));
    for (ClockModelFile model : models) {
      files.add(model.read(files.size(), database.sink(Table.MODEL)));
    }
    giveBack(merged);
    database.judge(files, known.get(), List.of(cache.parquet()));
    Answers answers = cache.answers(files);
    database.questions().remember(answers, cache.intervals(answers));
    return files;
  }

  /** Of large files what was read is garbage by now, and the database needs the memory. */
  static void giveBack(List<Recording> read) {
    long bytes = 0;
    for (Recording recording : read) {
      bytes += recording.path().toFile().length();
    }
    if (bytes > LARGE_BYTES) {
      System.gc();
    }
  }

  private List<InputFile> joined(Database database) {
    List<InputFile> files = run.read(models, database.parquet(), database::sink);
    database.judge(files);
    return files;
  }
}
