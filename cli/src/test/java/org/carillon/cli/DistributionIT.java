package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionIT {

  static List<String> executables() throws IOException {
    try (Stream<Path> files = Files.list(Program.home().resolve("bin"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("executables")
  void everyExecutableExplainsItselfWithExamplesAndExitCodes(String name) {
    Program.Result help = Program.named(name).with("--help").run();
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("Usage: " + name, "Examples:", "Exit codes:");
    Arrays.stream(ExitCode.values())
        .forEach(code -> assertThat(help.out()).contains(code.meaning()));
    assertThat(help.err()).isEmpty();
    assertThat(help.out().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("executables")
  void everyExecutableRefusesAnUnknownOptionInOneSentence(String name) {
    Program.Result result = Program.named(name).with("--no-such-option").run();
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith(name + ": ").doesNotContain("\tat ", "Exception");
    assertThat(result.err().lines().count()).isLessThanOrEqualTo(2);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("executables")
  void everyExecutableHasACompletionThatBashAccepts(String name) {
    Path completion = Program.home().resolve("share/bash-completion/completions").resolve(name);
    assertThat(Program.command("bash", "-n", completion.toString()).exitCode()).isZero();
    assertThat(completion).content().contains("--help");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"worker --version", "hosts list -w n[1-9]", "analyze --help"})
  void anAnswerThatTheDiskHasNoRoomForIsNoSuccess(String command) {
    Program.Result result = inShell(command + " >/dev/full");
    assertThat(result.err())
        .isEqualTo(
            "standard output could not be written, and what stands there is not all:"
                + " No space left on device\n");
    assertThat(result.exitCode()).isEqualTo(ExitCode.SOME_FAILED.code());
  }

  @Test
  void aReaderThatHasEnoughIsNoFault() {
    Program.Result result = inShell("hosts list -w n[1-100000] | head -n 1; exit ${PIPESTATUS[0]}");
    assertThat(result).isEqualTo(new Program.Result(0, "n1\n", ""));
  }

  private static Program.Result inShell(String command) {
    return Program.command("bash", "-c", Program.home().resolve("bin") + "/" + command);
  }

  @Test
  void aMovedFolderRunsWithoutAnyJavaAndStillFitsItsCaches(@TempDir Path temporary) {
    Path moved = temporary.resolve("a folder with spaces é");
    assertThat(Program.command("cp", "-a", Program.home().toString(), moved.toString()).exitCode())
        .isZero();
    for (String name : List.of("worker", "analyze", "clockcheck")) {
      assertThat(versionWithoutAnythingElse(moved, name))
          .isEqualTo(new Program.Result(0, "Carillon " + Version.number() + "\n", ""));
    }
  }

  @Test
  void aLinkToAnExecutableRunsIt(@TempDir Path temporary) throws IOException {
    Path link =
        Files.createSymbolicLink(temporary.resolve("link"), Program.home().resolve("bin/worker"));
    assertThat(Program.command(link.toString(), "--version").exitCode()).isZero();
  }

  @Test
  void theDatabaseUnpacksNothingSoThatTemporaryFoldersMayBeNoexec(@TempDir Path run)
      throws IOException {
    writeRun(run);
    Program.Result result =
        Program.named("analyze")
            .with(run)
            .env("CARILLON_JAVA_OPTIONS", "-Djava.io.tmpdir=/nonexistent")
            .run();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(run.resolve("report.html")).exists();
  }

  @Test
  void aMovedFolderLoadsItsOwnDatabaseAndNeverThatOfTheFolderInWhichItWasBuilt(
      @TempDir Path temporary) throws IOException {
    Path run = Files.createDirectory(temporary.resolve("run"));
    writeRun(run);
    Path moved = temporary.resolve("a folder with spaces é");
    assertThat(Program.command("cp", "-a", Program.home().toString(), moved.toString()).exitCode())
        .isZero();
    String analyze = moved.resolve("bin/analyze").toString();
    Program.Result result = Program.command(analyze, run.toString());
    assertThat(result.exitCode()).as(result.err()).isZero();

    // Where it was built there is one still; if that were taken, this would go unnoticed.
    Files.delete(moved.resolve("lib/head/libduckdb_java.so"));
    Program.Result without = Program.command(analyze, run.toString());
    assertThat(without.exitCode()).isEqualTo(ExitCode.INTERNAL.code());
    assertThat(without.err())
        .contains("the embedded database cannot start: ", "libduckdb_java.so")
        .doesNotContain("null");
  }

  private static void writeRun(Path run) throws IOException {
    Files.writeString(
        run.resolve("coordinator.csv"), "event_id,sequence_number,send_time_ns\n1,0,1000\n");
    Files.writeString(
        run.resolve("worker_a.csv"),
        "event_id,receive_time_ns,coordinator_send_time_ns\n1,2000,1000\n");
  }

  @Test
  void theArchiveForComputeNodesIsSmallAndRunsAlone(@TempDir Path temporary) throws IOException {
    Path archive = nodeArchive();
    assertThat(Files.size(archive))
        .as("bytes of %s; it is copied to every node, so look what made it larger", archive)
        .isLessThanOrEqualTo(45_000_000);
    assertThat(Program.command("tar", "-tzf", archive.toString()).out())
        .contains("bin/worker")
        .doesNotContain("duckdb", "xchart", "jsch", "libawt", "bcprov", "bcpkix");
    assertThat(
            Program.command("tar", "-C", temporary.toString(), "-xzf", archive.toString())
                .exitCode())
        .isZero();
    Path home = temporary.resolve("carillon-node-" + Version.number());
    for (String name : List.of("worker", "coordinator", "timeserver", "clockcheck")) {
      assertThat(versionWithoutAnythingElse(home, name))
          .isEqualTo(new Program.Result(0, "Carillon " + Version.number() + "\n", ""));
    }
    assertRefusesOtherHosts(home);
  }

  /** The archive of what a compute node needs. */
  static Path nodeArchive() throws IOException {
    try (Stream<Path> files = Files.list(Program.home().resolve("share"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("carillon-node-.*\\.tar\\.gz"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void assertRefusesOtherHosts(Path home) {
    Program.Result result =
        Program.command(home.resolve("bin/clockcheck").toString(), "--hosts", "a,b");
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.err()).startsWith("clockcheck: --hosts needs the whole distribution");
  }

  /** With an empty environment, and refusing to start if the ahead-of-time cache does not fit. */
  private static Program.Result versionWithoutAnythingElse(Path home, String name) {
    return Program.command(
        "env",
        "-i",
        "PATH=/usr/bin:/bin",
        "CARILLON_JAVA_OPTIONS=-XX:AOTMode=on",
        home.resolve("bin").resolve(name).toString(),
        "--version");
  }
}
