package org.carillon.analysis.partial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.carillon.analysis.Analysis;
import org.carillon.analysis.AnalysisRequest;
import org.carillon.analysis.Effort;
import org.carillon.analysis.FigureFormat;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** States of shares as files: made, joined, and refused where they are of no use. */
class PartialAnalysisTest {

  @TempDir Path folder;
  private Path run;
  private Path states;

  @BeforeEach
  void writeRun() {
    run = folder.resolve("a run");
    states = folder.resolve("it's shares");
    // Half of the ids are in the first block of shares, and half in the second.
    new MixedRun(run, new Random(7)).from(Share.BLOCK - 36).write(60, 2, 5, true);
  }

  private AnalysisRequest request(Path out) {
    return new AnalysisRequest(
        run, out, AnalysisRequest.DEFAULT_WINDOWS, Set.of(FigureFormat.SVG), false, List.of());
  }

  private Path reduce(int number, int of) {
    return PartialAnalysis.reduce(request(states), new Share(number, of), Effort.USUAL, step -> {});
  }

  private void merge(Path out) {
    Analysis.merge(request(out), List.of(states), Effort.USUAL, step -> {});
  }

  private void refused(ExitCode code, String... words) {
    assertThatThrownBy(() -> merge(folder.resolve("refused")))
        .isInstanceOfSatisfying(
            CarillonException.class, e -> assertThat(e.exitCode()).isEqualTo(code))
        .hasMessageContainingAll(words);
  }

  private static Map<String, String> files(Path of) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(of)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = of.relativize(file).toString();
        // What an analysis of all files keeps for the next one, a merge does not make.
        if (!name.matches(
            "statistics/(merged\\.(parquet|json)|hindsight\\.parquet|answers\\.json)")) {
          files.put(name, Files.readString(file));
        }
      }
    }
    return files;
  }

  @Test
  void everyFileOfTheResultsIsTheSameByteForByte() throws IOException {
    Analysis.analyze(request(folder.resolve("whole")), step -> {});
    reduce(1, 2);
    Path second = reduce(2, 2);
    assertThat(second).isEqualTo(states.resolve("share-2-of-2"));
    merge(folder.resolve("joined"));
    Map<String, String> whole = files(folder.resolve("whole"));
    assertThat(whole).containsKeys("report.html", "statistics/summary.json");
    assertThat(files(folder.resolve("joined"))).isEqualTo(whole);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(second)))
        .isEqualTo("rwxr-x---");
    try (Stream<Path> all = Files.list(second)) {
      assertThat(all)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-r-----"));
    }
  }

  @Test
  void aStateIsReplacedAndOnlyWhatIsSurelyLeftBehindGoes() throws IOException {
    Path state = reduce(1, 1);
    Path old = Files.createDirectory(states.resolve(".share-1-of-1.123"));
    Files.writeString(old.resolve("merged.parquet"), "PAR1");
    Path fresh = Files.createDirectory(states.resolve(".share-1-of-1.456"));
    for (Path left : List.of(old.resolve("merged.parquet"), old)) {
      Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    }
    Files.writeString(state.resolve("merged.parquet"), "damage", StandardOpenOption.APPEND);
    refused(ExitCode.USAGE, state.toString(), "damaged", "merged.parquet", "make share 1/1 again");
    reduce(1, 1);
    merge(folder.resolve("joined"));
    try (Stream<Path> all = Files.list(states)) {
      assertThat(all).containsExactlyInAnyOrder(state, fresh);
    }
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() throws IOException {
    refused(ExitCode.USAGE, "cannot list " + states);
    Files.createDirectories(states);
    refused(ExitCode.NO_DATA, "there is no share of a run in " + states);
    Path state = reduce(2, 3);
    refused(ExitCode.NO_DATA, "2 of 3 shares are missing: 1/3, 3/3");
    reduce(1, 2);
    refused(ExitCode.USAGE, "different divisions");
    Path about = state.resolve(StateJson.NAME);
    String written = Files.readString(about);
    Files.writeString(about, written.replaceFirst("\"version\" : \"", "\"version\" : \"9"));
    refused(ExitCode.USAGE, state.toString(), "was made by version 9");
    for (String garbage : List.of("", "{", "[]", written.replace(": 3", ": -3"))) {
      Files.writeString(about, garbage);
      refused(ExitCode.USAGE, state + " is damaged: its share.json cannot be read");
    }
    Files.delete(about);
    refused(ExitCode.USAGE, state + " is damaged: its share.json cannot be read");
  }

  @Test
  void sharesOfOtherFilesAreRefused() throws IOException {
    reduce(1, 2);
    List<String> rows = new ArrayList<>(Files.readAllLines(run.resolve("worker_n1.csv")));
    rows.removeLast();
    Files.writeString(run.resolve("worker_n1.csv"), String.join("\n", rows) + "\n");
    reduce(2, 2);
    refused(ExitCode.USAGE, "share-2-of-2 is of other files than", "worker_n1.csv changed");
    reduce(1, 2);
    merge(folder.resolve("joined"));
    Files.writeString(run.resolve("worker_n0.csv"), "\n", StandardOpenOption.APPEND);
    refused(ExitCode.USAGE, "the shares are not of " + run + " as it is now");
  }

  @Test
  void aRunThatCannotBeDividedIsRefusedAndLeavesNothing() throws IOException {
    List<String> rows = new ArrayList<>(Files.readAllLines(run.resolve("coordinator.csv")));
    rows.add(rows.get(1));
    Files.writeString(run.resolve("coordinator.csv"), String.join("\n", rows) + "\n");
    assertThatThrownBy(() -> reduce(1, 2))
        .isInstanceOf(CarillonException.class)
        .hasMessageContainingAll(
            run + " cannot be divided: event ids do not rise in coordinator.csv",
            "without --partial");
    assertThat(states).isEmptyDirectory();
  }
}
