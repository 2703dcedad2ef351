package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * deploy on a laboratory of hosts with addresses and sshd of their own, which only root can make;
 * {@link DeployOverSshIT} covers SSH without root.
 */
@EnabledIfSystemProperty(named = "user.name", matches = "root")
class DeployInLabIT {

  private static final Duration WHOLE = Duration.ofSeconds(110);

  @TempDir private Path temporary;
  private ExperimentFolder experiments;
  private Path distribution;

  @BeforeEach
  void makeTheLab() throws IOException {
    experiments = new ExperimentFolder(Files.createDirectory(temporary.resolve("e")).toRealPath());
    assertThat(lab("up", "3").exitCode()).isZero();
    // The hosts have a /tmp of their own, so they cannot see this one: the release must be copied.
    distribution = temporary.resolve("moved");
    assertThat(
            Program.command("cp", "-r", Program.home().toString(), distribution.toString())
                .exitCode())
        .isZero();
  }

  @AfterEach
  void removeTheLab() {
    assertThat(lab("down").exitCode()).isZero();
  }

  private Program.Result lab(String... arguments) {
    return Program.command(
        concat(
            "env",
            "CARILLON_LAB=" + temporary.resolve("lab"),
            Program.checkout().resolve("scripts/lab").toString(),
            arguments));
  }

  private static String[] concat(String a, String b, String c, String... rest) {
    String[] all = new String[rest.length + 3];
    all[0] = a;
    all[1] = b;
    all[2] = c;
    System.arraycopy(rest, 0, all, 3, rest.length);
    return all;
  }

  private Program deploy() {
    return Program.of(distribution.resolve("bin/deploy").toString())
        .in(experiments.folder())
        .with(Program.checkout().resolve("examples/lab.yaml"))
        .with("--set", "ssh.config=" + temporary.resolve("lab/ssh_config"))
        .with("--set", "worker.warmup=3s", "--set", "worker.commit_wait=1s")
        .with("--set", "run.max_clock_bound=5ms");
  }

  @Test
  void theExampleRunsAndTheSecondTimeTheReleaseIsThere() {
    Program.Result first = deploy().run();
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.err()).contains("bell3: release uploaded and unpacked");
    Path run = experiments.run("lab");
    for (String node : new String[] {"bell1", "bell2", "bell3"}) {
      assertThat(ExperimentFolder.rows(run.resolve("worker_" + node + ".csv")))
          .as("every event is accounted for at " + node)
          .isEqualTo(1000);
    }

    Program.Result second = deploy().with("--stages", "preflight,stage").run();
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(second.err()).contains("bell3: release there already");
    assertThat(second.out()).contains("time server").contains("bell1:123 answers");
  }

  @Test
  void aWorkerThatDiesIsNamedAndOneWhoseCableIsPulledForAWhileLosesOnlyWhatTheNetworkLost() {
    try (Program.Running running = deploy().with("--progress", "json").with(workload(60)).start()) {
      awaitEventsSent(running);
      assertThat(lab("ssh", "bell2", "kill -9 " + process(running, "bell2")).exitCode()).isZero();
      assertThat(lab("cut", "bell3").exitCode()).isZero();
      awaitErr(running, "bell3: control stream lost");
      assertThat(lab("heal", "bell3").exitCode()).isZero();

      Program.Result result = running.await(WHOLE);

      assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
      assertThat(result.err()).contains("bell2: the worker was killed by signal 9 (SIGKILL)");
      assertThat(result.out()).contains("Findings", "3 workers started within ");
    }
    Path run = experiments.run("lab");
    assertThat(eventIds(run, "bell1")).hasSize(6000).doesNotHaveDuplicates();
    assertThat(eventIds(run, "bell2")).isNotEmpty().doesNotHaveDuplicates();
    assertThat(eventIds(run, "bell3")).doesNotHaveDuplicates().contains("6000");
    JsonNode bell3 = ExperimentFolder.json(run.resolve("control.json")).at("/workers/2");
    assertThat(bell3.path("state").asText()).isEqualTo("completed");
    assertThat(bell3.path("reconnects").asInt()).isPositive();
    assertThat(bell3.at("/counters/rows_written").asInt())
        .isEqualTo(eventIds(run, "bell3").size())
        .isEqualTo(6000 - bell3.at("/counters/missing").asInt());
    assertThat(ExperimentFolder.json(run.resolve("manifest.json")).at("/members").toString())
        .contains("\"outcome\":\"failed\",\"reason\":\"bell2: the worker was killed");
  }

  @Test
  void aKilledCoordinatorAndAPulledCableLeaveWorkersThatEndByThemselves() {
    Path run;
    try (Program.Running running =
        deploy()
            .with("--progress", "json", "--set", "worker.grace=10s")
            .with("--set", "deadlines.collect=10s", "--set", "deadlines.stop=5s")
            .with(workload(600))
            .start()) {
      awaitEventsSent(running);
      assertThat(lab("cut", "bell3").exitCode()).isZero();
      assertThat(lab("ssh", "bell1", "kill -9 " + process(running, "coordinator")).exitCode())
          .isZero();

      Program.Result result = running.await(WHOLE);

      assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
      assertThat(result.err())
          .contains("coordinator: was killed by signal 9 (SIGKILL)")
          .contains("something may still run: deploy stop");
      run = experiments.run("lab");
    }
    assertThat(eventIds(run, "bell1")).isNotEmpty().doesNotHaveDuplicates();
    assertThat(lab("heal", "bell3").exitCode()).isZero();
    Program.await(
        "bell3 has ended by itself",
        WHOLE,
        () -> leftovers("status", run).out().contains("0 processes are running"));
    assertThat(leftovers("collect", run).exitCode()).isZero();
    assertThat(eventIds(run, "bell3")).isNotEmpty().doesNotHaveDuplicates();
    assertThat(ExperimentFolder.read(run.resolve("worker_bell3.csv"))).endsWith("\n");
  }

  private static Object[] workload(int seconds) {
    return new Object[] {"--set", "workload.rate=100", "--set", "workload.events=" + 100 * seconds};
  }

  private Program.Result leftovers(String what, Path run) {
    return Program.of(distribution.resolve("bin/deploy").toString()).with(what, run).run();
  }

  private static void awaitEventsSent(Program.Running running) {
    awaitThat(
        running,
        "events are sent",
        () -> Pattern.compile("\"sent\":[1-9]").matcher(running.out()).find());
  }

  private static void awaitErr(Program.Running running, String text) {
    awaitThat(running, "'" + text + "' on standard error", () -> running.err().contains(text));
  }

  private static void awaitThat(Program.Running running, String what, BooleanSupplier condition) {
    Program.await(
        what,
        WHOLE,
        () -> {
          assertThat(running.process().isAlive()).as(running.err()).isTrue();
          return condition.getAsBoolean();
        });
  }

  private static String process(Program.Running running, String name) {
    Matcher started =
        Pattern.compile(name + ": \\w+ started as process (\\d+)").matcher(running.err());
    assertThat(started.find()).isTrue();
    return started.group(1);
  }

  private static List<String> eventIds(Path run, String node) {
    return ExperimentFolder.column(run.resolve("worker_" + node + ".csv"), "event_id");
  }
}
