package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.core.ExitCode;
import org.carillon.core.LongEnough;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The executable deploy on this machine. */
class DeployIT {

  private static final Duration SOON = Duration.ofSeconds(180);

  @TempDir private Path temporary;
  private ExperimentFolder experiments;

  @BeforeEach
  void useAFolderWithSpaces() throws IOException {
    experiments =
        new ExperimentFolder(
            Files.createDirectory(temporary.resolve("with spaces and 'quotes'")).toRealPath());
  }

  @AfterEach
  void nothingIsLeftRunning() {
    Program.await("no process of the run is left", SOON, () -> experiments.processes().isEmpty());
  }

  @Test
  void theQuickstartShowsWhatItIsThereToShow() throws Exception {
    Path yaml = Program.checkout().resolve("examples/quickstart.yaml");

    // With the options that users get, and not those of the tests.
    Program.Result result = experiments.deploy(yaml).env("CARILLON_JAVA_OPTIONS", "").run();

    assertThat(result.exitCode()).as(result.err()).isZero();
    Path run = experiments.run("quickstart");
    assertThat(result.out()).contains("Answer").contains(run.resolve("report.html").toString());
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    assertThat(run.resolve("state.json")).doesNotExist();
    assertThat(run.resolve("work")).doesNotExist();
    JsonNode summary = ExperimentFolder.json(run.resolve("statistics/summary.json"));
    assertThat(summary.at("/events/sent").asLong()).isGreaterThanOrEqualTo(1000);
    assertThat(summary.at("/events/workers").size()).isGreaterThanOrEqualTo(3);
    long systemViolations = 0;
    for (JsonNode worker : summary.at("/causality/system")) {
      systemViolations += worker.path("violations").asLong();
    }
    assertThat(systemViolations).as("the lesson").isPositive();
    assertThat(summary.at("/causality/bounded").size()).isGreaterThanOrEqualTo(3);
    for (JsonNode worker : summary.at("/causality/bounded")) {
      assertThat(worker.path("violations").asLong(-1)).isZero();
    }
    for (String clock : List.of("bounded", "hindsight")) {
      assertThat(summary.at("/coverage/" + clock).size()).as("nodes with %s", clock).isEqualTo(4);
      for (JsonNode node : summary.at("/coverage/" + clock)) {
        assertThat(node.path("n").asLong()).isPositive();
        assertThat(node.path("inside")).isEqualTo(node.path("n"));
      }
    }
    for (JsonNode node : summary.at("/hindsight/nodes")) {
      assertThat(node.path("p50_ns").asLong())
          .isLessThanOrEqualTo(node.path("online_p50_ns").asLong());
    }
    assertThat(ExperimentFolder.rows(run.resolve("statistics/hindsight_coordinator.csv")))
        .isEqualTo(summary.at("/events/sent").asLong());
    assertThat(ExperimentFolder.rows(run.resolve("commit_wait_slow.csv"))).isPositive();
    assertManifestIsTrue(run);
    assertThat(
            ExperimentFolder.read(run.resolve("results.tsv"))
                .lines()
                .map(line -> line.split("\t")[0]))
        .containsExactly("node", "slow", "fast", "drifting", "all");
  }

  private static void assertManifestIsTrue(Path run) throws Exception {
    JsonNode manifest = ExperimentFolder.json(run.resolve("manifest.json"));
    assertThat(manifest.path("exit_code").asInt(-1)).isZero();
    assertThat(manifest.path("run_id").asText()).matches("[0-9a-f]{16}");
    assertThat(manifest.path("files").size()).isGreaterThan(10);
    for (JsonNode file : manifest.path("files")) {
      byte[] content = Files.readAllBytes(run.resolve(file.path("name").asText()));
      assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)))
          .as(file.path("name").asText())
          .isEqualTo(file.path("sha256").asText());
    }
    assertThat(manifest.path("files").findValuesAsText("name"))
        .contains(
            "control.json",
            "coordinator.csv",
            "experiment.yaml",
            "report.html",
            "logs/coordinator.log");
    assertThat(manifest.at("/start/sentence").asText()).startsWith("3 workers started within ");
    // The clocks are simulated, so the true spread is known; they are up to 10 ms apart.
    assertThat(
            ExperimentFolder.json(run.resolve("control.json"))
                .at("/start/known_true_spread_ns")
                .asLong(-1))
        .isBetween(0L, manifest.at("/start/spread_max_ns").asLong());
  }

  @Test
  void theExampleOfACommandStartsItEverywhereAndKeepsItsOutput() {
    Path yaml = Program.checkout().resolve("examples/exec.yaml");

    Program.Result result =
        experiments
            .deploy(yaml)
            .with("--set", "workload.command=[sh, -c, 'echo out, here; echo err >&2']")
            .with("--set", "worker.warmup=2s")
            .run();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("3 workers started within ").containsPattern("slow +ok +0 ");
    Path run = experiments.run("exec");
    assertThat(run.resolve("exec_slow.out")).hasContent("out, here\n");
    assertThat(run.resolve("exec_right.err")).hasContent("err\n");
    assertThat(
            ExperimentFolder.read(run.resolve("results.tsv"))
                .lines()
                .map(line -> line.split("\t")[1] + " " + line.split("\t", -1)[2]))
        .containsExactly("outcome exit_code", "ok 0", "ok 0", "ok 0", "3/3 ok ");
    assertThat(run.resolve("report.html")).content().contains("The command was: sh -c ");
  }

  @Test
  void aCommandThatFailsOnEveryNodeIsNoSuccess() {
    Path yaml =
        experiments.write(
            "fail.yaml",
            """
            name: fail
            run: {fast_start: true}
            time: {serve: {}}
            nodes:
              only: {host: local}
            coordinator: {warmup: 1s}
            workload: {kind: exec, command: [sh, -c, 'exit 7']}
            worker: {warmup: 1s}
            """);

    Program.Result result = experiments.deploy(yaml).with(Deploying.WITHOUT_REPORT).run();

    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.out()).containsPattern("only +failed +7 ");
  }

  @Test
  void anIdentityForOnesOwnUseIsAFileForItsOwnerOnly() throws IOException {
    Path file = experiments.folder().resolve("run.pem");

    Program.Result made = Program.named("deploy").with("identity", file).run();
    Program.Result again = Program.named("deploy").with("identity", file).run();

    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(made.out()).startsWith(file + ": SHA-256 ");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(again.exitCode()).as("it is not replaced").isEqualTo(5);
  }

  @Test
  void quietSaysWhatWentWrong() {
    Path yaml = experiments.write("small.yaml", ExperimentFolder.small("small", "events: 5"));

    Program.Result result =
        experiments
            .deploy(yaml)
            .with(
                "--quiet", "--set", "time.serve.port=1", "--set", "time.serve.upstream=127.0.0.1:9")
            .with("--set", "deadlines.start=4s")
            .run();

    assertThat(result.exitCode()).isNotZero();
    assertThat(result.err()).contains("timeserver");
  }

  @Test
  void theCronExampleIsSilentAndKeepsTheLastRunsAndARunsOwnFileCanBeRunAgain() throws IOException {
    Path yaml =
        experiments.write("small.yaml", ExperimentFolder.small("small", "events: 50, rate: 100"));
    Path results = experiments.folder().resolve("runs");
    for (String old : new String[] {"2020-01-01T00-00-00Z", "2021-01-01T00-00-00Z", "notes"}) {
      Files.createDirectories(results.resolve("small").resolve(old));
    }
    Path leftBehind = Files.createDirectories(results.resolve("small/2019-01-01T00-00-00Z"));
    Files.writeString(leftBehind.resolve("state.json"), "{}");

    // As from cron, there is no terminal.
    Program.Result result =
        Program.of("setsid")
            .with("--wait", "env", "-u", "TERM")
            .with(Program.checkout().resolve("examples/cron/carillon-nightly"))
            .with(Program.home().resolve("bin/deploy"), yaml, results, "2")
            .run();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out() + result.err()).isEmpty();
    assertThat(experiments.runs("small"))
        .as("the new run, the newest old one, what is no run, and what somebody must look at")
        .hasSize(4)
        .extracting(path -> path.getFileName().toString())
        .contains("2019-01-01T00-00-00Z", "2021-01-01T00-00-00Z", "notes");
    Path first = experiments.runs("small").get(2);
    assertThat(first.resolve("report.html")).isNotEmptyFile();

    Program.Result again =
        experiments.deploy(first.resolve("experiment.yaml")).with("--log-level", "DEBUG").run();

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(experiments.runs("small")).hasSize(5);
    Path second = experiments.runs("small").get(3);
    assertThat(second.resolve("experiment.yaml"))
        .hasSameTextualContentAs(first.resolve("experiment.yaml"));
    assertThat(again.err()).contains("DEBUG").doesNotContain("PRIVATE KEY");
    assertNoFileHolds(second, "PRIVATE KEY");
  }

  /** What DEBUG logs is in the run directory, too. */
  private static void assertNoFileHolds(Path run, String secret) throws IOException {
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(secret);
      }
    }
  }

  @Test
  void theCronExamplePassesTheExitCodeOn() {
    Path yaml = experiments.write("bad.yaml", "name: bad\n");

    Program.Result result =
        Program.of(Program.checkout().resolve("examples/cron/carillon-nightly").toString())
            .with(Program.home().resolve("bin/deploy"), yaml, experiments.folder(), "2")
            .run();

    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err()).contains("nodes: name at least one node");
  }

  @Test
  void processesEndByThemselvesWhenDeployCannotEndThem() {
    Program.Result result =
        LongEnough.deadline(
            lifetime ->
                Program.named("worker")
                    .in(experiments.folder())
                    .with("--node-id", "a", "--listen-port", "0", "--output", "worker_a.csv")
                    .with("--warmup", "0s", "--max-runtime", lifetime.toSeconds() + "s")
                    .run(),
            it -> it.exitCode() != ExitCode.TIMEOUT.code());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).containsPattern("the --max-runtime of \\d+s is over");
  }

  @Test
  void allFaultsOfTheFileAreReportedAtOnceAndNothingIsStarted() {
    Path yaml =
        experiments.write(
            "bad.yaml",
            """
            name: bad
            nodes:
              comp11: {port: 99999}
            workload: {evnts: 3}
            """);

    Program.Result result = experiments.deploy(yaml).run();

    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("bad.yaml:3:18: nodes.comp11.port: 99999 is not a port (1–65535)")
        .contains("workload.evnts: unknown key; did you mean 'events'?")
        .contains("time: say where the nodes get the time from")
        .doesNotContain("\tat ");
    assertThat(experiments.folder().resolve("runs")).doesNotExist();
  }

  @Test
  void aNodeWithoutATimeServerFailsThePreflightAndLaterTheClockCheck() {
    Path yaml = experiments.write("small.yaml", ExperimentFolder.small("small", "events: 5"));
    // Port 9 of loopback: nobody answers there.
    Object[] silent = {
      "--set", "time=", "--set", "time.servers=127.0.0.1:9", "--set", "run.clock_gate=1s"
    };

    Program.Result checked = experiments.deploy(yaml).with(silent).run();
    assertThat(checked.exitCode()).isEqualTo(4);
    assertThat(checked.err()).contains("a: time server: 127.0.0.1:9 does not answer");

    Program.Result unchecked =
        experiments
            .deploy(yaml)
            .with(silent)
            .with("--stages", "start,warm-up,run,collect,analyze")
            .run();
    assertThat(unchecked.exitCode()).isEqualTo(8);
    assertThat(unchecked.err()).contains("clocks not good enough");
  }

  @Test
  void preflightAloneMakesNoRun() {
    Path yaml = experiments.write("small.yaml", ExperimentFolder.small("small", "events: 5"));

    Program.Result result = experiments.deploy(yaml).with("--stages", "preflight").run();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("free disk").contains("all 4 hosts are ready");
    assertThat(experiments.runs("small")).isEmpty();
  }

  @Test
  void hostsThatDoNotExistAreEachNamedOnceWithWhatToDo() {
    Path yaml =
        experiments.write(
            "away.yaml",
            ExperimentFolder.small("away", "events: 5")
                .replace("serve: {}", "serve: {address: 127.0.0.1}")
                .replace("host: local", "host: ssh, address: no-such-host.invalid"));

    Program.Result result = experiments.deploy(yaml).with("--stages", "preflight").run();

    assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
    assertThat(result.err().split("a: there is no host 'no-such-host.invalid'", -1)).hasSize(2);
    assertThat(result.err())
        .contains("correct its address, or")
        .containsPattern("preflight: \\d unreachable");
    assertThat(result.out()).contains("unreachable").doesNotContain("there is no host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"quickstart", "lab", "hpc-nfs", "exec"})
  void everyExampleCanBeResolvedAndItsResolvedFormToo(String example) {
    Path yaml = Program.checkout().resolve("examples/" + example + ".yaml");

    Program.Result result = experiments.deploy(yaml).with("--dry-run").run();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("# preflight, within").contains("coordinator --agents");
    Path resolved = experiments.write(example + ".yaml", result.out());
    Program.Result again = experiments.deploy(resolved).with("--dry-run").run();
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out().lines().skip(1)).isEqualTo(result.out().lines().skip(1).toList());
    assertThat(experiments.folder().resolve("runs")).doesNotExist();
  }

  @Test
  void stagesThatMakeNoSenseAreRefused() {
    Path yaml = experiments.write("small.yaml", ExperimentFolder.small("small", "events: 5"));
    for (List<String> wrong :
        List.of(List.of("run", "go together"), List.of("fly", "'fly' is not a stage"))) {
      Program.Result result = experiments.deploy(yaml).with("--stages", wrong.getFirst()).run();
      assertThat(result.exitCode()).isEqualTo(5);
      assertThat(result.err()).contains(wrong.getLast());
    }
  }
}
