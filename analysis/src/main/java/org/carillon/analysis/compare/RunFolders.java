package org.carillon.analysis.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.carillon.analysis.condition.SummaryFile;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/** Finds runs: folders of one run each, and folders that have such folders in them. */
final class RunFolders {

  private RunFolders() {}

  /**
   * The runs that somebody named, each once. What is none is kept, to be complained of when it is
   * read.
   *
   * @throws CarillonException NO_DATA if a folder has neither a run nor runs in it
   */
  static List<Path> in(List<Path> named) {
    Set<Path> known = new LinkedHashSet<>();
    List<Path> runs = new ArrayList<>();
    for (Path one : named) {
      for (Path run : Files.isDirectory(one) && !isRun(one) ? below(one) : List.of(one)) {
        if (known.add(real(run))) {
          runs.add(run);
        }
      }
    }
    return runs;
  }

  /** Whether somebody recorded or analysed a run here, or tried to. */
  private static boolean isRun(Path folder) {
    return hasRecording(folder)
        || Files.exists(folder.resolve(SummaryFile.NAME))
        || Files.exists(folder.resolve("manifest.json"));
  }

  /** Whether there is something to analyse: a coordinator's file, packed or not. */
  static boolean hasRecording(Path folder) {
    return list(folder).stream()
        .anyMatch(
            file ->
                file.getFileName().toString().startsWith("coordinator.")
                    && Files.isRegularFile(file));
  }

  private static List<Path> below(Path folder) {
    List<Path> runs =
        list(folder).stream().filter(Files::isDirectory).filter(RunFolders::isRun).toList();
    if (runs.isEmpty()) {
      throw new CarillonException(
          ExitCode.NO_DATA,
          "there is no run in "
              + folder
              + ": neither it nor a folder in it has coordinator.csv or "
              + SummaryFile.NAME
              + ".");
    }
    return runs;
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      return List.of(); // whoever reads it will say why
    }
  }

  private static Path real(Path run) {
    try {
      return run.toRealPath();
    } catch (IOException e) {
      return run.toAbsolutePath().normalize();
    }
  }
}
