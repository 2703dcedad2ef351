package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * validate of a real service on hosts with addresses and sshd of their own, which only root can
 * make. In this order, since each trouble stays.
 */
@EnabledIfSystemProperty(named = "user.name", matches = "root")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ValidateInLabIT {

  private static final String ROOT = ".carillon/services/web";

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private static Path folder;
  private static Lab lab;

  @BeforeAll
  static void makeTheLabAndTheService() throws IOException {
    lab = Lab.up(folder.resolve("lab"), 3);
    // Of 8 MB, so that a disk can be filled without filling the machine's.
    lab.must("ssh", "bell3", "mkdir -p " + ROOT + " && mount -t tmpfs -o size=8m web " + ROOT);
    Path program = Files.createDirectories(folder.resolve("files/bin")).resolve("web");
    Files.writeString(program, "#!/bin/sh\nexec python3 -u -m http.server 7070\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        folder.resolve("web.yaml"),
        """
        name: web
        hosts: "bell[1-3]"
        ssh: {config: lab/ssh_config}
        release: {files: files}
        service:
          start: [bin/web]
          health: {http: "http://127.0.0.1:7070/", window: 20s, interval: 100ms}
        validate:
          tests: [{name: there, command: [test, -x, bin/web]}]
          patterns: [{name: errors, regex: "ERROR"}]
          limits: {clock_bound: 200ms}
          ports: [7070]
          connectivity: {probes: 10}
          experiment: short.yaml
        """);
    Files.writeString(
        folder.resolve("short.yaml"),
        """
        name: short
        run: {work_dir: ~/.carillon, max_clock_bound: 100ms, fast_start: true}
        time: {servers: bell1}
        nodes: {bell1: , bell2: }
        coordinator: {node: bell1}
        workload: {events: 50, rate: 50}
        worker: {warmup: 1s}
        ssh: {config: lab/ssh_config}
        """);
    Program.Result released =
        Program.named("deploy").with("release", folder.resolve("web.yaml"), "--yes").run();
    assertThat(released.exitCode()).as(released.out() + released.err()).isZero();
  }

  @AfterAll
  static void removeTheLab() {
    lab.close();
  }

  private static Program validate(Object... arguments) {
    return Program.named("validate").with(folder.resolve("web.yaml")).with(arguments);
  }

  @Test
  @Order(1)
  void allIsWellAndTheReportAndTheStateSaySo() throws IOException {
    Program.Result none = validate("--report-only").run();
    assertThat(none.exitCode()).isEqualTo(7);
    assertThat(none.err()).contains("there is no report of an earlier validation in ");

    Program.Result result = validate("--json").run();

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    JsonNode report =
        ExperimentFolder.json(folder.resolve("reports/validate-web.json")).path("report");
    assertThat(report.path("verdict").asText()).isIn("pass", "warn");
    assertThat(report.path("hosts").findValuesAsText("check"))
        .contains("health", "response", "versions", "tests", "patterns", "ports", "clocks");
    assertThat(report.path("ways")).hasSize(6);
    assertThat(report.path("ways").findValuesAsText("answered")).containsOnly("10");
    assertThat(report.at("/whole/0/sentence").asText())
        .contains("the experiment short: all 2 nodes ran to the end; see ");
    assertThat(Files.readString(folder.resolve("reports/history.jsonl"))).contains("\"validate\"");
  }

  @Test
  @Order(2)
  void aSignalEndsContinuousValidationInGoodOrderAndAChangeIsOneLine() {
    try (Program.Running running =
        validate("--continuous", "1s", "--check", "health,patterns", "--no-report").start()) {
      Program.await("first report", PATIENCE, () -> running.out().contains("3 hosts: ok"));
      lab.must("ssh", "bell1", "echo ERROR one >> " + ROOT + "/run/service.log");
      Program.await(
          "the change",
          PATIENCE,
          () -> running.out().contains("bell1 patterns errors: pass → fail: 1 line: "));
      running.signal("INT");
      Program.Result result = running.await(PATIENCE);

      assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    }
    Program.Result last = validate("--report-only", "--nagios").run();
    assertThat(last.exitCode()).isEqualTo(2);
    assertThat(last.out()).startsWith("web CRITICAL - 2 of 3 hosts ok: bell1 patterns errors: ");
  }

  @Test
  @Order(3)
  void whatTheHostsHaveTogetherFailsOrIsUnknown() throws IOException {
    lab.must(
        "ssh",
        "bell3",
        "mv ROOT/current ROOT/kept && ln -s releases/web-other ROOT/current".replace("ROOT", ROOT));
    String address = lab.on("bell2", "hostname -I").strip();
    lab.must("ssh", "bell1", "ip route add blackhole " + address);
    Files.writeString(folder.resolve("torn.yaml"), "name: torn\nnodes: [");
    Program.Result failed =
        validate("--check", "versions,connectivity,clocks,experiment")
            .with("--set", "validate.experiment=torn.yaml")
            .with("--set", "validate.limits.clock_bound=1ns", "--limit", "bell[1-3]")
            .run();
    lab.must("ssh", "bell1", "ip route del blackhole " + address);
    lab.must("ssh", "bell3", "mv -T ROOT/kept ROOT/current".replace("ROOT", ROOT));

    assertThat(failed.exitCode()).as(failed.out() + failed.err()).isEqualTo(1);
    assertThat(failed.out())
        .containsPattern("FAIL +versions +bell3 +it has web-other and not web-")
        .containsPattern("FAIL +connectivity +bell")
        .containsPattern("UNKNOWN +clocks +bell")
        .containsPattern("UNKNOWN +experiment ");
  }

  @Test
  @Order(4)
  void aFullDiskAndADeadServiceAreNamedWithTheirHosts() {
    lab.must("ssh", "bell3", "head -c 7800000 /dev/zero > " + ROOT + "/fill");
    lab.must("ssh", "bell2", "read pid rest < " + ROOT + "/run/service.pid; kill -9 $pid");

    Program.Result well =
        validate("--limit", "bell1", "--check", "health,ports", "--quiet", "--no-report").run();
    assertThat(well.exitCode()).as(well.err()).isZero();
    assertThat(well.out()).isEmpty();
    Program.Result result = validate("--check", "health,patterns,disk,ports").run();

    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(1);
    assertThat(result.out())
        .containsPattern("FAIL +disk +bell3 +disk 9\\d % full; the limit is 90; make room")
        .containsPattern("FAIL +health +bell2 +the service has ended with exit code 137")
        .containsPattern("FAIL +ports 7070 +bell2 +nothing listens on TCP port 7070")
        .containsPattern("FAIL +patterns errors +bell1 +1 line: run/service.log:\\d+: ERROR one");
  }

  @Test
  @Order(5)
  void aHostThatIsCutOffFailsAndTheOthersAreLookedAt() {
    lab.must("cut", "bell2");

    Program.Result result =
        Program.named("validate")
            .with(Program.checkout().resolve("examples/lab.yaml"))
            .with("--set", "ssh.config=" + folder.resolve("lab/ssh_config"))
            .with("--check", "reachable,disk")
            .in(folder)
            .run();

    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(2);
    assertThat(result.out())
        .containsPattern("FAIL +reachable +bell2 ")
        .contains("2 of 3 hosts are ok");
  }
}
