package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * deploy release with the service of examples/service, on hosts with addresses and sshd of their
 * own, which only root can make. The tests go on from each other: what one leaves, the next finds.
 */
@EnabledIfSystemProperty(named = "user.name", matches = "root")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReleaseIT {

  private static final String ROOT = EchoService.ROOT;
  private static final List<String> ALL = EchoService.bells(8);
  private static final List<String> HOSTS = EchoService.bells(2);

  @TempDir private static Path temporary;
  private static Lab lab;
  private static EchoService service;

  @BeforeAll
  static void makeTheLab() {
    lab = Lab.up(temporary.resolve("lab"), ALL.size());
    service = new EchoService(lab, temporary.resolve("a service"));
  }

  @AfterAll
  static void removeTheLab() {
    lab.close();
  }

  private static Program deploy(String verb, Object... arguments) {
    return service.deploy(verb, HOSTS, arguments);
  }

  private static String on(String host, String command) {
    return lab.on(host, command);
  }

  private static String current(String host) {
    return service.current(host);
  }

  @Test
  @Order(1)
  void theExampleIsReleasedAndUpgraded() {
    Program.Result first = service.deploy("release", ALL, "--batch", "100%").run();
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).containsPattern("bell1 +- +echo-[0-9a-f]{12} +released");
    String old = current("bell1");

    service.change("");
    Program.Result second = service.releaseAtOnce(ALL).run();
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(second.err()).contains("(1 file, ");
    assertThat(current("bell1")).isNotEqualTo(old);
    assertThat(service.there(ALL))
        .allSatisfy(
            there ->
                assertThat(there)
                    .startsWith(current("bell1") + "\n")
                    .contains("f 750 ./bin/echo", "d 750 ./bin", "l 777 ./logs")
                    .endsWith("alive\n"));
  }

  /** A program, and what is said of it. */
  private record Bad(String script, String complaint, String window) {}

  @Test
  @Order(2)
  void aBadReleaseIsTakenBackOnAllEightHosts() throws IOException {
    String good = Files.readString(service.program("echo"));
    List<String> before = service.there(ALL);
    String old = current("bell1");
    for (Bad bad :
        List.of(
            // Does not start, and that on one host alone.
            new Bad(
                good.replace(
                    "import sys\n",
                    "import sys, socket\nif socket.gethostname() == 'bell7': sys.exit('no room')\n"),
                "health: the service has ended with exit code 1; its last words: no room",
                "60s"),
            new Bad(
                "#!/bin/sh\nexec sleep 1000\n",
                "health: the service is not healthy within 4s",
                "4s"),
            new Bad(good.replace("INFO", "ERROR"), "validate: patterns errors", "60s"))) {
      service.serve(bad.script());
      Program.Result result =
          service.releaseAtOnce(ALL).with("--set", "service.health.window=" + bad.window()).run();
      assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
      assertThat(result.err())
          .containsPattern("bell(7|1|\\[1-[-0-9,]+]): " + Pattern.quote(bad.complaint()))
          .contains("in use everywhere: " + old.substring("releases/".length()));
      assertThat(service.there(ALL)).isEqualTo(before);
    }
    service.serve(good);
  }

  @Test
  @Order(3)
  void whatAKilledDeployLeavesIsFinishedOrTakenBack() throws IOException {
    boolean undo = false;
    for (String step : List.of("stage", "swap", "finish")) {
      String before = current("bell1");
      service.change("");
      killAt(step);
      Program.Result resumed = undo ? deploy("resume", "--undo").run() : deploy("resume").run();
      assertThat(resumed.exitCode()).as(step + ": " + resumed.err()).isZero();
      for (String host : HOSTS) {
        assertThat(service.there(List.of(host)).getFirst())
            .as(step + " on " + host)
            .endsWith("alive\n");
        assertThat(on(host, "ls -A " + ROOT)).doesNotContain("pending", "lock");
        assertThat(current(host).equals(before)).as(step + " on " + host).isEqualTo(undo);
      }
      undo = !undo;
    }
  }

  private static void killAt(String step) throws IOException {
    List<Path> earlier = service.reports();
    try (Program.Running running = service.releaseAtOnce(HOSTS).start()) {
      Program.await(
          step + " begins",
          Duration.ofSeconds(180),
          () ->
              service.reports().stream()
                  .filter(report -> !earlier.contains(report))
                  .anyMatch(
                      report -> steps(report).contains("\"" + step + "\",\"event\":\"begin")));
      running.signal("KILL");
      running.await(Duration.ofSeconds(60));
    }
  }

  private static String steps(Path report) {
    try {
      Path file = report.resolve("steps.jsonl");
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Order(4)
  void aHostThatCannotTakeItIsNamedWithItsStepAndTriedAgainAlone() throws IOException {
    List<String> before = service.there(HOSTS);
    List<Path> earlier = service.reports();
    byte[] large = new byte[600_000];
    new Random(7).nextBytes(large);
    Files.write(service.folder().resolve("echo/large"), large);
    on("bell1", "mount --bind %1$s %1$s && mount -o remount,bind,ro %1$s".formatted(ROOT));
    on("bell2", "mount -t tmpfs -o size=256k none " + ROOT + "/incoming");
    Program.Result result = deploy("release").run();
    on("bell1", "umount " + ROOT);
    on("bell2", "umount " + ROOT + "/incoming");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.err())
        .containsPattern("bell1: lock: cannot take the lock .*Read-only file system")
        .containsPattern("bell2: stage: cannot upload .*No space left on device");
    assertThat(service.there(HOSTS)).isEqualTo(before);

    Program.Result backup = deploy("release", "--backup-only", "--limit", "bell2").run();
    assertThat(backup.exitCode()).as(backup.err()).isZero();
    assertThat(backup.out()).contains("was taken and read back", "Only bell2 was looked at");

    Path failed =
        service.reports().stream()
            .filter(report -> !earlier.contains(report))
            .map(report -> report.resolve("failed-hosts.txt"))
            .filter(file -> file.toFile().length() > 0)
            .findFirst()
            .orElseThrow();
    Program.Result again = deploy("release", "--only-failed", failed, "--skip-tests").run();
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err()).contains("NOT CHECKED: the tests were skipped");
    assertThat(current("bell1")).isEqualTo(current("bell2"));
  }

  @Test
  @Order(5)
  void nobodyIsAskedWithoutATerminal() {
    Program.Result refused = Program.named("deploy").with("release", service.file()).run();
    assertThat(refused.exitCode()).isEqualTo(5);
    assertThat(refused.err()).contains("nothing was changed", "--yes");
    Program.Result dry = Program.named("deploy").with("release", service.file(), "--dry-run").run();
    assertThat(dry.exitCode()).isZero();
    assertThat(dry.out()).contains("# wave 1 of 3, canary", "bell[2-3]: swap: ");
  }
}
