package org.carillon.analysis.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/**
 * The files of a run that an analysis reads.
 *
 * @param folder where they are
 * @param coordinator coordinator.csv
 * @param workers worker_NODE.csv, by name
 * @param commitWaits commit_wait_NODE.csv, by name
 * @param samples samples_NODE.csv, by name
 * @param clocks clock_NODE.csv, by name
 * @param receptions reception_NODE.csv, by name
 */
public record RunFolder(
    Path folder,
    Path coordinator,
    List<Path> workers,
    List<Path> commitWaits,
    List<Path> samples,
    List<Path> clocks,
    List<Path> receptions) {

  private static final String COORDINATOR = "coordinator";
  private static final String WORKER = "worker_";
  private static final String COMMIT_WAIT = "commit_wait_";
  private static final String SAMPLES = "samples_";
  private static final String CLOCK = "clock_";
  private static final String RECEPTION = "reception_";

  /**
   * How the name of a recording ends: as it was written, packed, or as another program keeps it.
   */
  private static final List<String> ENDS =
      List.of(".csv", ".csv.gz", ".csv.zst", ParquetFile.SUFFIX);

  /**
   * Looks into a folder.
   *
   * @throws CarillonException USAGE if it is no folder, or something else than a file has the name
   *     of a recording; NO_DATA if it holds no run
   */
  public static RunFolder open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new CarillonException(
          ExitCode.USAGE,
          folder + " is not a folder; name the folder of a run, which holds coordinator.csv.");
    }
    List<Path> coordinators =
        paths(folder, name -> bare(name).equals(COORDINATOR)).stream()
            .filter(Files::isRegularFile)
            .toList();
    if (coordinators.isEmpty()) {
      throw new CarillonException(
          ExitCode.NO_DATA,
          "there is no coordinator.csv in " + folder + "; name the folder of a run.");
    }
    List<Path> workers = named(folder, WORKER);
    if (workers.isEmpty()) {
      throw new CarillonException(
          ExitCode.NO_DATA,
          "there is no worker_NODE.csv in "
              + folder
              + "; copy the workers' files beside coordinator.csv.");
    }
    return new RunFolder(
        folder,
        coordinators.getFirst(),
        workers,
        named(folder, COMMIT_WAIT),
        named(folder, SAMPLES),
        named(folder, CLOCK),
        named(folder, RECEPTION));
  }

  /** Names in a folder that recordings of events have, whatever they are the names of. */
  public static List<String> recordings(Path folder) {
    return names(
        folder,
        name ->
            bare(name).equals(COORDINATOR)
                || isRecording(name, WORKER)
                || isRecording(name, COMMIT_WAIT));
  }

  private static List<Path> named(Path folder, String prefix) {
    return paths(folder, name -> isRecording(name, prefix)).stream()
        .map(RunFolder::readable)
        .toList();
  }

  private static boolean isRecording(String name, String prefix) {
    return name.startsWith(prefix) && bare(name).length() > prefix.length();
  }

  /** The name without the end that says it is a recording; empty if it does not have any. */
  private static String bare(String name) {
    return ENDS.stream()
        .filter(name::endsWith)
        .map(end -> name.substring(0, name.length() - end.length()))
        .findFirst()
        .orElse("");
  }

  /** Files with such names, each recording once. */
  private static List<Path> paths(Path folder, Predicate<String> which) {
    Map<String, String> byBareName = new HashMap<>();
    List<String> names = names(folder, which);
    for (String name : names) {
      String other = byBareName.put(bare(name), name);
      if (other != null) {
        throw new CarillonException(
            ExitCode.USAGE,
            other
                + " and "
                + name
                + " in "
                + folder
                + " are one recording in two forms; take one of them away.");
      }
    }
    return names.stream().map(folder::resolve).toList();
  }

  private static List<String> names(Path folder, Predicate<String> which) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).filter(which).sorted().toList();
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot list " + folder + ": " + e.getMessage() + ".", e);
    }
  }

  /** What has a recording's name and is none would otherwise be missing in silence. */
  private static Path readable(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new CarillonException(
          ExitCode.USAGE,
          file
              + " is no file that can be read, but a folder, a pipe or a broken link; mend it, or"
              + " take it away to analyse without it.");
    }
    return file;
  }

  /** All files of the run, in the order of their numbers. */
  public List<Recording> recordings() {
    List<Recording> all = new ArrayList<>();
    all.add(new Recording(0, coordinator, Table.COORDINATOR, ""));
    add(all, workers, Table.WORKER, WORKER);
    add(all, commitWaits, Table.COMMIT_WAIT, COMMIT_WAIT);
    add(all, samples, Table.SAMPLES, SAMPLES);
    add(all, clocks, Table.CLOCK, CLOCK);
    add(all, receptions, Table.RECEPTION, RECEPTION);
    return all;
  }

  /** The size of the events' and arrivals' files, as they are stored. */
  public long sizeBytes() {
    return recordings().stream()
        .filter(Recording::isOfEvents)
        .mapToLong(Recording::sizeBytes)
        .sum();
  }

  private static void add(List<Recording> all, List<Path> paths, Table table, String prefix) {
    for (Path path : paths) {
      all.add(new Recording(all.size(), path, table, node(path, prefix)));
    }
  }

  /**
   * Reads all files, one after the other.
   *
   * @param models clock models to judge besides
   * @param sinks where the rows of each kind of file go
   */
  public List<InputFile> read(
      List<ClockModelFile> models, ParquetFile.Opener opener, Function<Table, RowSink> sinks) {
    List<InputFile> files = new ArrayList<>();
    for (Recording recording : recordings()) {
      files.add(recording.read(opener, sinks.apply(recording.table())));
    }
    for (ClockModelFile model : models) {
      files.add(model.read(files.size(), sinks.apply(Table.MODEL)));
    }
    return files;
  }

  private static String node(Path file, String prefix) {
    return bare(file.getFileName().toString()).substring(prefix.length());
  }
}
