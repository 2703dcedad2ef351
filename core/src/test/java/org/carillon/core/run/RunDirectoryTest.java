package org.carillon.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

  /** 2026-11-22 10:15:30 UTC. */
  private static final long START_NS = 1_795_342_530L * 1_000_000_000;

  @TempDir Path results;

  @Test
  void aRunIsNamedByItsStartAndTwoInOneSecondNeverShare() {
    RunDirectory first = RunDirectory.create(results, "demo", START_NS);
    RunDirectory second = RunDirectory.create(results, "demo", START_NS + 999_999_999);

    assertThat(first.path()).isEqualTo(results.resolve("demo/2026-11-22T10-15-30Z"));
    assertThat(second.path()).isEqualTo(results.resolve("demo/2026-11-22T10-15-30Z-2"));
    assertThat(second.path().resolve("logs")).isDirectory();
  }

  @Test
  void foldersAndFilesHaveTheirModes() throws IOException {
    RunDirectory run = RunDirectory.create(results, "demo", START_NS);
    RunFiles.publish(run.manifest(), "{}\n");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run.path())))
        .isEqualTo("rwxr-x---");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run.manifest())))
        .isEqualTo("rw-r-----");
  }

  @Test
  void publishingReplacesAndLeavesNothingElse() throws IOException {
    Path file = results.resolve("manifest.json");
    RunFiles.publish(file, "first");
    RunFiles.publish(file, "second");

    assertThat(file).hasContent("second");
    try (var files = Files.list(results)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFolderWithoutAnExperimentIsNoRun() {
    assertThatThrownBy(() -> RunDirectory.open(results))
        .isInstanceOf(CarillonException.class)
        .hasMessageContaining("is not a run directory");
  }

  @Test
  void resultsThatCannotBeWrittenAreRefusedInOneSentence() throws IOException {
    Path file = Files.writeString(results.resolve("file"), "");

    assertThatThrownBy(() -> RunDirectory.create(file, "demo", START_NS))
        .isInstanceOf(CarillonException.class)
        .hasMessageStartingWith("cannot write " + file);
  }

  @Test
  void factsOfATableCountItsWholeRows() throws IOException {
    Path file =
        Files.writeString(
            results.resolve("coordinator.csv"), "event_id,why\n1,\"a\n\"\"b\"\"\"\n2,c\n3,to");

    FileFacts facts = FileFacts.of(results, file);

    assertThat(facts.name()).isEqualTo("coordinator.csv");
    assertThat(facts.rows()).as("the torn third row does not count").hasValue(2);
    assertThat(facts.sizeBytes()).isEqualTo(Files.size(file));
  }

  @Test
  void factsHoldTheChecksumThatEverybodyKnows() throws IOException {
    Path file = Files.writeString(results.resolve("abc.txt"), "abc"); // FIPS 180-2, appendix B.1

    FileFacts facts = FileFacts.of(results, file);

    assertThat(facts.sha256())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(facts.rows()).isEmpty();
  }

  @Test
  void theManifestSaysWhatTheRunWas() {
    Manifest manifest =
        new Manifest(
            "00ff00ff00ff00ff",
            "demo",
            START_NS,
            Optional.of(START_NS + 1),
            Optional.of(ExitCode.SOME_FAILED),
            "worker b died",
            Map.of("carillon", "0.1.0"),
            List.of(
                new Manifest.Member(
                    "b",
                    "local",
                    Optional.of("127.0.0.1:9000"),
                    "system",
                    Map.of("architecture", "x86_64"),
                    1,
                    "failed",
                    "killed by signal 9",
                    OptionalInt.of(137))),
            List.of(new Manifest.Started("local", "b", List.of("worker", "--node-id", "b"))),
            Optional.of(new Manifest.Start(START_NS, 2, 41_000, 0, 163_000, "2 workers started")),
            Map.of("b", "drop=0.1"),
            List.of(),
            List.of(),
            List.of("b died"));

    assertThat(manifest.toJson().replaceAll("\\s+", ""))
        .isEqualTo(
            "{\"schema\":1,\"run_id\":\"00ff00ff00ff00ff\",\"experiment\":\"demo\","
                + "\"start_time_ns\":1795342530000000000,"
                + "\"start_time_iso\":\"2026-11-22T10:15:30Z\","
                + "\"end_time_ns\":1795342530000000001,"
                + "\"end_time_iso\":\"2026-11-22T10:15:30.000000001Z\","
                + "\"exit_code\":2,\"outcome\":\"workerbdied\","
                + "\"versions\":{\"carillon\":\"0.1.0\"},"
                + "\"members\":[{\"name\":\"b\",\"host\":\"local\",\"address\":\"127.0.0.1:9000\","
                + "\"clock\":\"system\",\"facts\":{\"architecture\":\"x86_64\"},\"attempts\":1,"
                + "\"outcome\":\"failed\",\"reason\":\"killedbysignal9\",\"exit_code\":137}],"
                + "\"commands\":[{\"host\":\"local\",\"name\":\"b\","
                + "\"command\":[\"worker\",\"--node-id\",\"b\"]}],"
                + "\"start\":{\"true_time_ns\":1795342530000000000,"
                + "\"true_time_iso\":\"2026-11-22T10:15:30Z\",\"workers\":2,"
                + "\"spread_ns\":41000,\"spread_min_ns\":0,\"spread_max_ns\":163000,"
                + "\"sentence\":\"2workersstarted\"},"
                + "\"injected_faults\":{\"b\":\"drop=0.1\"},"
                + "\"files\":[],\"findings\":[],\"warnings\":[\"bdied\"]}");
  }
}
