package org.carillon.analysis.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  private static final String COORDINATOR = "coordinator.csv";
  private static final String WORKER = "worker_";
  private static final String COMMIT_WAIT = "commit_wait_";
  private static final String SAMPLES = "samples_";
  private static final String CLOCK = "clock_";
  private static final String RECEPTION = "reception_";
  private static final String CSV = ".csv";

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
    Path coordinator = folder.resolve(COORDINATOR);
    if (!Files.isRegularFile(coordinator)) {
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
        coordinator,
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
            name.equals(COORDINATOR)
                || isRecording(name, WORKER)
                || isRecording(name, COMMIT_WAIT));
  }

  private static List<Path> named(Path folder, String prefix) {
    return names(folder, name -> isRecording(name, prefix)).stream()
        .map(folder::resolve)
        .map(RunFolder::readable)
        .toList();
  }

  private static boolean isRecording(String name, String prefix) {
    return name.startsWith(prefix)
        && name.endsWith(CSV)
        && name.length() > prefix.length() + CSV.length();
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

  /**
   * Reads all files, one after the other.
   *
   * @param sinks where the rows of each kind of file go
   */
  public List<InputFile> read(Function<Table, RowSink> sinks) {
    return read(List.of(), sinks);
  }

  /** As above, and those of clock models besides. */
  public List<InputFile> read(List<ClockModelFile> models, Function<Table, RowSink> sinks) {
    List<InputFile> files = new ArrayList<>();
    files.add(read(0, coordinator, Table.COORDINATOR, "", sinks));
    read(files, workers, Table.WORKER, WORKER, sinks);
    read(files, commitWaits, Table.COMMIT_WAIT, COMMIT_WAIT, sinks);
    read(files, samples, Table.SAMPLES, SAMPLES, sinks);
    read(files, clocks, Table.CLOCK, CLOCK, sinks);
    read(files, receptions, Table.RECEPTION, RECEPTION, sinks);
    for (ClockModelFile model : models) {
      files.add(model.read(files.size(), sinks.apply(Table.MODEL)));
    }
    return files;
  }

  private static void read(
      List<InputFile> files,
      List<Path> paths,
      Table table,
      String prefix,
      Function<Table, RowSink> sinks) {
    for (Path path : paths) {
      files.add(read(files.size(), path, table, node(path, prefix), sinks));
    }
  }

  private static InputFile read(
      int index, Path file, Table table, String node, Function<Table, RowSink> sinks) {
    return new CsvFile(index, file, table, node, sinks.apply(table)).read();
  }

  private static String node(Path file, String prefix) {
    String name = file.getFileName().toString();
    return name.substring(prefix.length(), name.length() - CSV.length());
  }
}
