package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

  private static final String ROOT = ".carillon/services/echo";
  private static final List<String> HOSTS = List.of("bell1", "bell2");

  @TempDir private static Path temporary;
  private static Path service;
  private static int changes;

  @BeforeAll
  static void makeTheLab() {
    assertThat(lab("up", "2").exitCode()).isZero();
    service = temporary.resolve("a service");
    Program.Result copied =
        Program.command(
            "cp",
            "-r",
            Program.checkout().resolve("examples/service").toString(),
            service.toString());
    assertThat(copied.exitCode()).isZero();
  }

  @AfterAll
  static void removeTheLab() {
    assertThat(lab("down").exitCode()).isZero();
  }

  private static Program.Result lab(String... arguments) {
    return Program.of("env")
        .with("CARILLON_LAB=" + temporary.resolve("lab"))
        .with(Program.checkout().resolve("scripts/lab"))
        .with((Object[]) arguments)
        .run();
  }

  private static Program deploy(String verb, Object... arguments) {
    return Program.named("deploy")
        .in(temporary)
        .with(verb, service.resolve("echo.yaml"), "--yes")
        .with("--set", "ssh.config=" + temporary.resolve("lab/ssh_config"))
        .with("--set", "hosts=bell[1-2]", "--set", "rollout.soak=300ms")
        .with("--set", "service.health.window=4s")
        .with(arguments);
  }

  private static String on(String host, String command) {
    return lab("ssh", host, command).out();
  }

  private static String current(String host) {
    return on(host, "readlink " + ROOT + "/current").strip();
  }

  /** Name, mode and content of what is in use, and what the service says. */
  private static String there(String host) {
    return on(
        host,
        "cd -P "
            + ROOT
            + "/current && find . -path ./.state -prune -o -type f -printf '%m ' -exec sha256sum {} \\;"
            + " | sort; curl -s http://127.0.0.1:7070/alive");
  }

  /** Makes the next release another one, with a line at the end of its check. */
  private static void change(String line) {
    try {
      changes++;
      Files.writeString(
          service.resolve("echo/bin/check"),
          line + "\n# " + changes + "\n",
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void serve(String text) throws IOException {
    Files.writeString(service.resolve("echo/bin/echo"), text);
  }

  @Test
  @Order(1)
  void theExampleIsReleasedAndUpgraded() {
    Program.Result first = deploy("release").run();
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).containsPattern("bell1 +- +echo-[0-9a-f]{12} +released");
    String old = current("bell1");

    change("");
    Program.Result second = deploy("release").run();
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(second.err()).contains("(1 file, ");
    assertThat(current("bell2")).isEqualTo(current("bell1")).isNotEqualTo(old);
    assertThat(there("bell2")).endsWith("alive\n").contains("640", "750");
  }

  @Test
  @Order(2)
  void aBadReleaseIsTakenBackEverywhere() throws IOException {
    String good = Files.readString(service.resolve("echo/bin/echo"));
    List<String> before = HOSTS.stream().map(ReleaseIT::there).toList();
    String old = current("bell1");
    record Bad(String script, String complaint) {}
    for (Bad bad :
        List.of(
            new Bad("#!/bin/sh\necho no room >&2\nexit 3\n", "health: the service has ended"),
            new Bad("#!/bin/sh\nexec sleep 1000\n", "health: the service is not healthy within 4s"),
            new Bad(good.replace("INFO", "ERROR"), "validate: patterns errors"))) {
      serve(bad.script());
      Program.Result result = deploy("release", "--canary", "0", "--batch", "100%").run();
      assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
      assertThat(result.err())
          .containsPattern("bell(1|\\[1-[23]]): " + Pattern.quote(bad.complaint()))
          .contains("in use everywhere: " + old.substring("releases/".length()));
      assertThat(HOSTS.stream().map(ReleaseIT::there).toList()).isEqualTo(before);
    }
    serve(good);
  }

  @Test
  @Order(3)
  void whatAKilledDeployLeavesIsFinishedOrTakenBack() throws IOException {
    boolean undo = false;
    for (String step : List.of("stage", "swap", "finish")) {
      String before = current("bell1");
      change("");
      killAt(step);
      Program.Result resumed = undo ? deploy("resume", "--undo").run() : deploy("resume").run();
      assertThat(resumed.exitCode()).as(step + ": " + resumed.err()).isZero();
      for (String host : HOSTS) {
        assertThat(there(host)).as(step + " on " + host).endsWith("alive\n");
        assertThat(on(host, "ls -A " + ROOT)).doesNotContain("pending", "lock");
        assertThat(current(host).equals(before)).as(step + " on " + host).isEqualTo(undo);
      }
      undo = !undo;
    }
  }

  private static void killAt(String step) throws IOException {
    List<Path> earlier = reports();
    try (Program.Running running = deploy("release", "--batch", "100%", "--canary", "0").start()) {
      Program.await(
          step + " begins",
          Duration.ofSeconds(60),
          () ->
              reports().stream()
                  .filter(report -> !earlier.contains(report))
                  .anyMatch(
                      report -> steps(report).contains("\"" + step + "\",\"event\":\"begin")));
      running.signal("KILL");
      running.await(Duration.ofSeconds(10));
    }
  }

  private static List<Path> reports() {
    try (Stream<Path> all = Files.list(service.resolve("reports"))) {
      return all.filter(Files::isDirectory).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
    List<String> before = HOSTS.stream().map(ReleaseIT::there).toList();
    List<Path> earlier = reports();
    byte[] large = new byte[600_000];
    new Random(7).nextBytes(large);
    Files.write(service.resolve("echo/large"), large);
    on("bell1", "mount --bind %1$s %1$s && mount -o remount,bind,ro %1$s".formatted(ROOT));
    on("bell2", "mount -t tmpfs -o size=256k none " + ROOT + "/incoming");
    Program.Result result = deploy("release").run();
    on("bell1", "umount " + ROOT);
    on("bell2", "umount " + ROOT + "/incoming");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.err())
        .containsPattern("bell1: lock: cannot take the lock .*Read-only file system")
        .containsPattern("bell2: stage: cannot upload .*No space left on device");
    assertThat(HOSTS.stream().map(ReleaseIT::there).toList()).isEqualTo(before);

    Program.Result backup = deploy("release", "--backup-only", "--limit", "bell2").run();
    assertThat(backup.exitCode()).as(backup.err()).isZero();
    assertThat(backup.out()).contains("was taken and read back", "Only bell2 was looked at");

    Path failed =
        reports().stream()
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
    Program.Result refused =
        Program.named("deploy").with("release", service.resolve("echo.yaml")).run();
    assertThat(refused.exitCode()).isEqualTo(5);
    assertThat(refused.err()).contains("nothing was changed", "--yes");
    Program.Result dry =
        Program.named("deploy").with("release", service.resolve("echo.yaml"), "--dry-run").run();
    assertThat(dry.exitCode()).isZero();
    assertThat(dry.out()).contains("# wave 1 of 3, canary", "bell[2-3]: swap: ");
  }
}
