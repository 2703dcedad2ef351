package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        .with("--set", "worker.warmup=3s", "--set", "worker.commit_wait=1s");
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
  void oneWorkerIsKilledAndOneCableIsPulled() {
    try (Program.Running running =
        deploy()
            .with("--progress", "json", "--set", "workload.events=1500")
            .with("--set", "deadlines.collect=15s", "--set", "deadlines.stop=5s")
            .start()) {
      Program.await(
          "events are sent",
          WHOLE,
          () -> {
            assertThat(running.process().isAlive()).as(running.err()).isTrue();
            return Pattern.compile("\"sent\":[1-9]").matcher(running.out()).find();
          });
      Matcher started =
          Pattern.compile("bell2: worker started as process (\\d+)").matcher(running.err());
      assertThat(started.find()).isTrue();
      assertThat(lab("ssh", "bell2", "kill -9 " + started.group(1)).exitCode()).isZero();
      assertThat(lab("cut", "bell3").exitCode()).isZero();

      Program.Result result = running.await(Duration.ofSeconds(200));

      assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
      assertThat(result.err())
          .contains("bell2: the worker was killed by signal 9 (SIGKILL)")
          .contains("no contact with bell3")
          .contains("something may still run: deploy stop");
      assertThat(result.out()).contains("Findings");
    }
    Path run = experiments.run("lab");
    assertThat(ExperimentFolder.rows(run.resolve("worker_bell1.csv"))).isEqualTo(1500);
    assertThat(ExperimentFolder.rows(run.resolve("worker_bell2.csv"))).isPositive();

    assertThat(lab("heal", "bell3").exitCode()).isZero();
    Program.Result stop =
        Program.of(distribution.resolve("bin/deploy").toString()).with("stop", run).run();
    assertThat(stop.exitCode()).as(stop.err()).isZero();
    Program.Result collect =
        Program.of(distribution.resolve("bin/deploy").toString()).with("collect", run).run();
    assertThat(collect.exitCode()).as(collect.err()).isZero();
    assertThat(ExperimentFolder.rows(run.resolve("worker_bell3.csv"))).isPositive();
  }
}
