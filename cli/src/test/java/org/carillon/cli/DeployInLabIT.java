package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

  /** One for all tests: to copy the release to its hosts takes longer than a run. */
  @TempDir private static Path lab;

  private static Path distribution;
  private static Program.Result staged;

  @TempDir private Path temporary;
  private ExperimentFolder experiments;

  @BeforeAll
  static void makeTheLab() {
    assertThat(lab("up", "3").exitCode()).isZero();
    // The hosts have a /tmp of their own, so they cannot see this one: the release must be copied.
    distribution = lab.resolve("moved");
    assertThat(
            Program.command("cp", "-r", Program.home().toString(), distribution.toString())
                .exitCode())
        .isZero();
    staged = deploy(new ExperimentFolder(lab)).with("--stages", "preflight,stage").run();
  }

  @BeforeEach
  void useAFolder() throws IOException {
    experiments = new ExperimentFolder(temporary.toRealPath());
  }

  @AfterAll
  static void removeTheLab() {
    assertThat(lab("down").exitCode()).isZero();
  }

  private static Program.Result lab(String... arguments) {
    return Program.command(
        concat(
            "env",
            "CARILLON_LAB=" + lab.resolve("lab"),
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
    return deploy(experiments);
  }

  private static Program deploy(ExperimentFolder experiments) {
    return Program.of(distribution.resolve("bin/deploy").toString())
        .in(experiments.folder())
        .with(Program.checkout().resolve("examples/lab.yaml"))
        .with("--set", "ssh.config=" + lab.resolve("lab/ssh_config"))
        .with("--set", "worker.warmup=3s", "--set", "worker.commit_wait=1s")
        .with("--set", "run.max_clock_bound=5ms");
  }

  @Test
  void theReleaseIsBroughtToEveryHost() {
    assertThat(staged.exitCode()).as(staged.err()).isZero();
    assertThat(staged.err()).contains("bell3: release uploaded and unpacked");
    assertThat(staged.out()).contains("time server").contains("bell1:123 answers");
  }

  @Test
  void theExampleRunsWithTheReleaseThatIsThereAndAStepOfAClockMakesNoIntervalWrong()
      throws IOException {
    Program.Result result =
        deploy()
            .with("--set", "nodes.bell1.clock=simulated")
            .with("--set", "nodes.bell2.clock=simulated:offset=5ms,drift_ppm=20")
            .with("--set", "nodes.bell3.clock=simulated:offset=-5ms,drift_ppm=-30")
            .with("--set", "nodes.bell2.inject=clock-step=1s@9s")
            .with("--set", "nodes.bell3.inject=clock-step=-1s@9s")
            .run();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("bell3: release there already");
    Path run = experiments.run("lab");
    JsonNode summary = ExperimentFolder.json(run.resolve("statistics/summary.json"));
    for (String node : new String[] {"bell1", "bell2", "bell3"}) {
      assertThat(ExperimentFolder.rows(run.resolve("worker_" + node + ".csv")))
          .as("every event is accounted for at " + node)
          .isEqualTo(1000);
      assertThat(summary.at("/coverage/bounded/" + node + "/inside").asInt())
          .as("readings of " + node + " that hold true time")
          .isEqualTo(1000);
    }
    assertThat(Files.readString(run.resolve("clock_bell2.csv"))).contains(",step,");
    assertThat(Files.readString(run.resolve("clock_bell3.csv"))).contains(",step,-");
  }

  @Test
  void aWorkerThatDiesIsNamedAndOneWhoseCableIsPulledForAWhileLosesOnlyWhatTheNetworkLost() {
    // That the stream is lost is known after 15 s at most; then there is time to take it up again.
    try (Deploying running = Deploying.start(deploy().with(workload(40)))) {
      running.awaitEventsSent();
      assertThat(lab("ssh", "bell2", "kill -9 " + running.process("bell2")).exitCode()).isZero();
      assertThat(lab("cut", "bell3").exitCode()).isZero();
      running.awaitErr("bell3: control stream lost");
      assertThat(lab("heal", "bell3").exitCode()).isZero();

      Program.Result result = running.end();

      assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
      assertThat(result.err()).contains("bell2: the worker was killed by signal 9 (SIGKILL)");
      assertThat(result.out()).contains("Answer");
    }
    Path run = experiments.run("lab");
    assertThat(eventIds(run, "bell1")).hasSize(4000).doesNotHaveDuplicates();
    assertThat(eventIds(run, "bell2")).isNotEmpty().doesNotHaveDuplicates();
    assertThat(eventIds(run, "bell3")).doesNotHaveDuplicates().contains("4000");
    JsonNode bell3 = ExperimentFolder.json(run.resolve("control.json")).at("/workers/2");
    assertThat(bell3.path("state").asText()).isEqualTo("completed");
    assertThat(bell3.path("reconnects").asInt()).isPositive();
    assertThat(bell3.at("/counters/rows_written").asInt())
        .isEqualTo(eventIds(run, "bell3").size())
        .isEqualTo(4000 - bell3.at("/counters/missing").asInt());
    assertThat(ExperimentFolder.json(run.resolve("manifest.json")).at("/members").toString())
        .contains("\"outcome\":\"failed\",\"reason\":\"bell2: the worker was killed");
  }

  @Test
  void aKilledCoordinatorAndAPulledCableLeaveWorkersThatEndByThemselves() {
    Path run;
    String worker;
    try (Deploying running =
        Deploying.start(
            deploy()
                .with("--set", "worker.grace=10s")
                .with("--set", "deadlines.collect=10s", "--set", "deadlines.stop=5s")
                .with(Deploying.WITHOUT_REPORT)
                .with(workload(600)))) {
      running.awaitEventsSent();
      worker = running.process("bell3");
      assertThat(lab("cut", "bell3").exitCode()).isZero();
      assertThat(lab("ssh", "bell1", "kill -9 " + running.process("coordinator")).exitCode())
          .isZero();

      Program.Result result = running.end();

      assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
      assertThat(result.err())
          .contains("coordinator: was killed by signal 9 (SIGKILL)")
          .contains("something may still run: deploy stop");
      run = experiments.run("lab");
    }
    assertThat(eventIds(run, "bell1")).isNotEmpty().doesNotHaveDuplicates();
    assertThat(lab("heal", "bell3").exitCode()).isZero();
    assertThat(lab("ssh", "bell3", "while test -d /proc/" + worker + "; do sleep 0.1; done"))
        .as("it ends by itself")
        .isEqualTo(new Program.Result(0, "", ""));
    assertThat(leftovers("status", run).out()).contains("0 processes are running");
    assertThat(leftovers("collect", run).exitCode()).isZero();
    assertThat(eventIds(run, "bell3")).isNotEmpty().doesNotHaveDuplicates();
    assertThat(ExperimentFolder.read(run.resolve("worker_bell3.csv"))).endsWith("\n");
  }

  private static Object[] workload(int seconds) {
    return new Object[] {"--set", "workload.rate=100", "--set", "workload.events=" + 100 * seconds};
  }

  private static Program.Result leftovers(String what, Path run) {
    return Program.of(distribution.resolve("bin/deploy").toString()).with(what, run).run();
  }

  private static List<String> eventIds(Path run, String node) {
    return ExperimentFolder.column(run.resolve("worker_" + node + ".csv"), "event_id");
  }
}
