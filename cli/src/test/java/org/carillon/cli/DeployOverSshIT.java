package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** deploy with nodes behind a real sshd of the test's own, on a port of the loopback. */
class DeployOverSshIT {

  private static final Duration SOON = Duration.ofSeconds(180);

  @TempDir private Path temporary;
  private ExperimentFolder experiments;
  private PrivateSshd sshd;

  @BeforeEach
  void startSshd() throws IOException {
    experiments = new ExperimentFolder(Files.createDirectory(temporary.resolve("e")).toRealPath());
    sshd = PrivateSshd.start(Files.createDirectory(temporary.resolve("keys")).toRealPath());
  }

  @AfterEach
  void endSshd() {
    sshd.close();
  }

  private Path experiment(String workload) {
    String node = "{address: 127.0.0.1, ssh_port: %d}".formatted(sshd.port());
    return experiments.write(
        "ssh.yaml",
        """
        name: ssh
        run: {work_dir: '%s/work here', fast_start: true}
        time: {serve: {address: 127.0.0.1}}
        nodes:
          near: %s
          far: %s
        coordinator: {node: near, warmup: 1s}
        workload: {%s}
        worker: {warmup: 1s, settle: 500ms}
        ssh:
          identity: %s/id
          known_hosts: %s/known_hosts
          config: %s/empty_config
        """
            .formatted(
                experiments.folder(), node, node, workload, sshd.keys(), sshd.keys(), sshd.keys()));
  }

  @Test
  void everyEventIsAccountedForAndNothingStaysOnTheNodes() throws IOException {
    Path yaml = experiment("events: 200, rate: 100");

    Program.Result result = experiments.deploy(yaml).with(Deploying.WITHOUT_REPORT).run();

    assertThat(result.exitCode()).as(result.err()).isZero();
    Path run = experiments.run("ssh");
    assertThat(ExperimentFolder.rows(run.resolve("coordinator.csv"))).isEqualTo(200);
    assertThat(ExperimentFolder.rows(run.resolve("worker_near.csv"))).isEqualTo(200);
    assertThat(ExperimentFolder.rows(run.resolve("worker_far.csv"))).isEqualTo(200);
    assertThat(experiments.folder().resolve("work here/runs/ssh")).doesNotExist();
    assertThat(result.err()).contains("far: release shared with this machine");
    assertThat(result.out()).contains("2 workers started within ");
  }

  @Test
  void aWorkerIsKilledAndCtrlCEndsTheOthersInGoodOrder() throws IOException {
    Path yaml = experiment("events: 60000, rate: 100");
    try (Deploying running = Deploying.start(experiments.deploy(yaml))) {
      running.awaitEventsSent();
      running.kill("far");
      running.awaitErr("far: the worker was");
      running.running().signal("INT");

      Program.Result result = running.end();

      assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
      assertThat(result.err()).contains("far: the worker was killed by signal 9");
      assertThat(result.out())
          .contains("2 workers started within ")
          .containsPattern("near +stopped")
          .containsPattern("far +failed");
    }
    Path run = experiments.run("ssh");
    assertThat(ExperimentFolder.column(run.resolve("worker_near.csv"), "event_id"))
        .isNotEmpty()
        .doesNotHaveDuplicates();
    JsonNode near = ExperimentFolder.json(run.resolve("control.json")).at("/workers/0");
    assertThat(near.path("state").asText()).isEqualTo("stopped");
    assertThat(near.at("/counters/rows_written").asLong())
        .isEqualTo(ExperimentFolder.rows(run.resolve("worker_near.csv")));
  }

  @Test
  void whenDeployAndCoordinatorAreKilledTheWorkersEndByThemselves() throws IOException {
    Path yaml = experiment("events: 60000, rate: 100");
    List<Path> workers;
    try (Deploying running =
        Deploying.start(experiments.deploy(yaml).with("--set", "worker.grace=3s"))) {
      running.awaitEventsSent();
      workers = Stream.of("near", "far").map(it -> Path.of("/proc", running.process(it))).toList();
      running.running().signal("KILL");
      running.kill("coordinator");
      running.end();
    }
    Path run = experiments.run("ssh");
    Program.await(
        "the workers have ended", SOON, () -> workers.stream().noneMatch(Files::isDirectory));
    Program.Result status = Program.named("deploy").with("status", run).run();
    assertThat(status.out()).as("the time server").contains("1 process is running");
    Program.Result stop = Program.named("deploy").with("stop", run).run();
    assertThat(stop.exitCode()).as(stop.err()).isZero();
    Program.Result collect = Program.named("deploy").with("collect", run).run();
    assertThat(collect.exitCode()).as(collect.err()).isZero();
    assertThat(ExperimentFolder.column(run.resolve("worker_far.csv"), "event_id"))
        .isNotEmpty()
        .doesNotHaveDuplicates();
    assertThat(ExperimentFolder.read(run.resolve("logs/far.log")))
        .contains("the coordinator was lost and did not come back within 3s");
  }

  @Test
  void aCommandThatFailsOnOneNodeFailsThatNodeOnly() throws IOException {
    String command = "echo out; case $PWD in */far) exit 7 ;; esac";
    Path yaml = experiment("kind: exec, command: [sh, -c, '" + command + "'], timeout: 30s");

    Program.Result result =
        experiments
            .deploy(yaml)
            .with("--set", "worker.settle=")
            .with(Deploying.WITHOUT_REPORT)
            .run();

    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err())
        .contains("far: ")
        .contains("the command exited with 7")
        .contains("Progress: ");
    assertThat(result.out())
        .contains("2 workers started within ")
        .containsPattern("near +ok +0 ")
        .containsPattern("far +failed +7 ");
    Path run = experiments.run("ssh");
    assertThat(run.resolve("exec_near.out")).hasContent("out");
    assertThat(run.resolve("exec_far.out")).hasContent("out");
  }

  @Test
  void anUnknownHostKeyIsRefusedAndKeepGoingGoesOnWithoutThatNode() throws IOException {
    Path yaml = experiment("events: 20, rate: 100");
    Files.writeString(sshd.keys().resolve("known_hosts"), "");

    Program.Result strict = experiments.deploy(yaml).run();
    assertThat(strict.exitCode()).as(strict.err()).isEqualTo(4);
    assertThat(strict.err()).contains("near: ").contains("far: ").contains("key");

    Program.Result going =
        experiments
            .deploy(yaml)
            .with("--keep-going", "--set", "nodes.here.host=local", "--set", "coordinator.node=")
            .with(Deploying.WITHOUT_REPORT)
            .run();
    assertThat(going.exitCode()).as(going.err()).isEqualTo(2);
    assertThat(going.err()).contains("going on without near, far");
    Path run = experiments.runs("ssh").getLast();
    assertThat(ExperimentFolder.rows(run.resolve("worker_here.csv"))).isEqualTo(20);
  }

  @Test
  void aNodeThatIsNotThereIsReportedWithinItsDeadline() throws IOException {
    Path yaml = experiment("events: 20, rate: 100");
    endSshd();

    Program.Result result = experiments.deploy(yaml).with("--stages", "preflight").run();

    assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
    assertThat(result.err())
        .contains("near: ")
        .contains("2 of 3 hosts are not ready")
        .doesNotContain("\tat ");
  }
}
