package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A folder with an experiment file and the runs of that experiment, for tests of deploy. */
record ExperimentFolder(Path folder) {

  private static final JsonMapper JSON = new JsonMapper();

  /** Two local workers, a second of warm-up, and the workload as given. */
  static String small(String name, String workload) {
    return """
    name: %s
    run: {fast_start: true}
    time: {serve: {}}
    nodes:
      a: {host: local, clock: 'simulated:offset=2ms'}
      b: {host: local, clock: 'simulated:offset=-3ms'}
    coordinator: {warmup: 1s}
    workload: {%s}
    worker: {warmup: 1s, settle: 500ms}
    deadlines: {stop: 10s}
    """
        .formatted(name, workload);
  }

  /** Writes an experiment file. */
  Path write(String fileName, String yaml) {
    try {
      return Files.writeString(folder.resolve(fileName), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code deploy} on a file, with the runs going into this folder. */
  Program deploy(Path file) {
    return Program.named("deploy").in(folder).with(file);
  }

  /** The directories of all runs of an experiment. */
  List<Path> runs(String experiment) {
    Path parent = folder.resolve("runs").resolve(experiment);
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(parent)) {
      return paths.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The directory of the only run of an experiment. */
  Path run(String experiment) {
    assertThat(runs(experiment)).hasSize(1);
    return runs(experiment).getFirst();
  }

  static JsonNode json(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows of a CSV file without its heading. */
  static long rows(Path file) {
    return read(file).lines().count() - 1;
  }

  /** What stands in a column of a CSV file, of whole rows. */
  static List<String> column(Path file, String name) {
    List<List<String>> lines =
        read(file).lines().map(line -> Arrays.asList(line.split(",", -1))).toList();
    int index = lines.getFirst().indexOf(name);
    assertThat(lines)
        .as("rows of " + file)
        .allSatisfy(row -> assertThat(row).hasSameSizeAs(lines.getFirst()));
    return lines.stream().skip(1).map(row -> row.get(index)).toList();
  }

  /** The command lines of the processes that work somewhere in this folder. */
  List<String> processes() {
    List<String> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      for (Path process :
          all.filter(path -> path.getFileName().toString().matches("\\d+")).toList()) {
        try {
          if (Files.readSymbolicLink(process.resolve("cwd")).startsWith(folder.resolve("runs"))) {
            found.add(Files.readString(process.resolve("cmdline")).replace('\0', ' '));
          }
        } catch (IOException e) {
          // It has just ended, or is not ours to look at.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
