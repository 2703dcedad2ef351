package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executable deploy on this machine, when something dies or somebody ends it. */
class DeployDisturbedIT {

  private static final String LONG = "events: 60000, rate: 200";

  @TempDir private Path temporary;
  private ExperimentFolder experiments;

  @BeforeEach
  void useAFolder() throws IOException {
    experiments = new ExperimentFolder(temporary.toRealPath());
  }

  @AfterEach
  void nothingIsLeftRunning() {
    Program.await(
        "no process of the run is left",
        Deploying.DEADLINE,
        () -> experiments.processes().isEmpty());
  }

  @Test
  void aCoordinatorThatIsKilledIsNamedAndTheRowsAreKept() {
    Path yaml = experiments.write("kill.yaml", ExperimentFolder.small("kill", LONG));
    try (Deploying running =
        Deploying.start(experiments.deploy(yaml).with(Deploying.WITHOUT_REPORT))) {
      running.awaitEventsSent();
      running.kill("coordinator");

      Program.Result result = running.end();

      assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
      assertThat(result.err()).contains("coordinator: was killed by signal 9 (SIGKILL)");
    }
    Path run = experiments.run("kill");
    assertThat(ExperimentFolder.rows(run.resolve("worker_a.csv"))).isPositive();
    assertThat(ExperimentFolder.rows(run.resolve("worker_b.csv"))).isPositive();
  }

  @Test
  void aWorkerThatIsKilledIsNamedAndTheOthersAreAnalysed() {
    Path yaml =
        experiments.write("kill.yaml", ExperimentFolder.small("kill", "events: 400, rate: 100"));

    Program.Result result =
        experiments.deploy(yaml).with("--set", "nodes.b.inject=die-at-event=150").run();

    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains("b: the worker was killed by signal 9 (SIGKILL)");
    assertThat(result.out()).contains("Answer").containsPattern("(?m)^b +failed +[1-9]");
    Path run = experiments.run("kill");
    assertThat(ExperimentFolder.rows(run.resolve("worker_a.csv"))).isEqualTo(400);
    assertThat(ExperimentFolder.rows(run.resolve("worker_b.csv"))).isBetween(1L, 150L);
    JsonNode manifest = ExperimentFolder.json(run.resolve("manifest.json"));
    assertThat(manifest.path("exit_code").asInt()).isEqualTo(2);
    assertThat(manifest.path("outcome").asText()).contains("b: the worker was killed");
  }

  @Test
  void aRunWhoseWorkersAreAllKilledEndsWith1() {
    Path yaml = experiments.write("kill.yaml", ExperimentFolder.small("kill", LONG));
    try (Deploying running =
        Deploying.start(experiments.deploy(yaml).with(Deploying.WITHOUT_REPORT))) {
      running.awaitEventsSent();
      running.kill("a");
      running.kill("b");

      Program.Result result = running.end();

      assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
      assertThat(result.err()).contains("2 of 2 nodes failed").contains("a: the worker was killed");
    }
  }

  @Test
  void aSecondRunIsRefusedAnotherExperimentIsNotAndCtrlCEndsTheFirstWithItsData() {
    Path yaml = experiments.write("one.yaml", ExperimentFolder.small("one", LONG));
    Path other =
        experiments.write("two.yaml", ExperimentFolder.small("two", "events: 50, rate: 100"));
    try (Deploying first = Deploying.start(experiments.deploy(yaml))) {
      first.awaitErr("run directory: ");

      Program.Result second = experiments.deploy(yaml).run();
      assertThat(second.exitCode()).isEqualTo(5);
      assertThat(second.err())
          .contains("another run of this experiment is under way")
          .contains("process " + first.running().process().pid());
      assertThat(experiments.runs("one")).hasSize(1);

      Program.Result another = experiments.deploy(other).with(Deploying.WITHOUT_REPORT).run();
      assertThat(another.exitCode()).as(another.err()).isZero();

      first.awaitEventsSent();
      first.running().signal("INT");
      Program.Result result = first.end();

      assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
      assertThat(result.err()).containsOnlyOnce("stopped during run, as was asked for");
      assertThat(result.err().lines().toList().getLast()).endsWith(" - exit code 3: aborted");
      assertThat(experiments.processes()).isEmpty();
    }
    Path run = experiments.run("one");
    assertThat(ExperimentFolder.rows(run.resolve("coordinator.csv"))).isPositive();
    assertThat(ExperimentFolder.rows(run.resolve("worker_a.csv"))).isPositive();
    assertThat(run.resolve("report.html")).doesNotExist();
    assertThat(ExperimentFolder.json(run.resolve("manifest.json")).path("exit_code").asInt())
        .isEqualTo(3);
  }

  @Test
  void sigtermDuringWarmUpEndsEverythingAtOnce() {
    Path yaml = experiments.write("stop.yaml", ExperimentFolder.small("stop", LONG));
    try (Deploying running =
        Deploying.start(experiments.deploy(yaml).with("--set", "worker.warmup=10m"))) {
      running.awaitErr("warm-up: 2 workers");
      running.running().signal("TERM");

      Program.Result result = running.end();

      assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
      assertThat(result.err()).containsOnlyOnce("stopped during warm-up, as was asked for");
      assertThat(experiments.processes()).isEmpty();
    }
  }

  @Test
  void aDeployThatWasKilledWhileFilesCameHomeCanBeTidiedUp() throws IOException {
    Path yaml = experiments.write("left.yaml", ExperimentFolder.small("left", LONG));
    try (Deploying running = Deploying.start(experiments.deploy(yaml))) {
      running.awaitEventsSent();
      running.running().signal("KILL");
      running.end();
    }
    Path run = experiments.run("left");

    Program.Result status = leftovers("status", run);
    assertThat(status.exitCode()).as(status.err()).isZero();
    assertThat(status.out())
        .containsPattern("(?m)^a +running$")
        .contains("4 processes are running");

    Program.Result early = leftovers("collect", run);
    assertThat(early.exitCode()).isEqualTo(5);
    assertThat(early.err()).contains("still runs; end it first: deploy stop");

    Program.Result stop = leftovers("stop", run);
    assertThat(stop.exitCode()).as(stop.err()).isZero();
    assertThat(experiments.processes()).isEmpty();

    // One worker's file is home and its folder is gone; nothing of the time server is there.
    Path worker = run.resolve("work/a");
    Files.move(worker.resolve("worker_a.csv"), run.resolve("worker_a.csv"));
    Program.command("rm", "-r", worker.toString(), run.resolve("work/timeserver").toString());
    Program.Result collect = leftovers("collect", run);
    assertThat(collect.exitCode()).as(collect.err()).isZero();
    assertThat(collect.err()).contains("a: its files are home already").doesNotContain("ERROR");
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    assertThat(ExperimentFolder.rows(run.resolve("worker_b.csv"))).isPositive();

    Program.Result again = leftovers("collect", run);
    assertThat(again.exitCode()).isEqualTo(5);
    assertThat(again.err()).contains("nothing of").contains("is under way");
  }

  @Test
  void aSecondCtrlCEndsAtOnceAndTheRunCanBeStoppedLater() {
    Path yaml = experiments.write("twice.yaml", ExperimentFolder.small("twice", LONG));
    // The worker is frozen, so the first signal alone would wait for it.
    try (Deploying running =
        Deploying.start(experiments.deploy(yaml).with("--set", "deadlines.stop=2m"))) {
      running.awaitEventsSent();
      running.signal("a", "STOP");
      running.running().signal("INT");
      running.awaitErr("SIGINT: stopping what was started");
      running.running().signal("INT");
      Program.Result ended = running.running().await(Deploying.DEADLINE);
      running.signal("a", "CONT");
      assertThat(ended.exitCode()).isEqualTo(3);
      Path run = experiments.run("twice");
      assertThat(ended.err()).contains("deploy stop " + run, "deploy collect " + run);
    }
    Program.Result stop = leftovers("stop", experiments.run("twice"));
    assertThat(stop.exitCode()).as(stop.err()).isZero();
  }

  private static Program.Result leftovers(String what, Path run) {
    return Program.named("deploy").with(what, run).run();
  }
}
