package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.carillon.cli.Program.Result;
import org.carillon.ssh.Command;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;
import org.carillon.ssh.HostKeyPolicy;
import org.carillon.ssh.SshHosts;
import org.carillon.ssh.SshLimits;
import org.carillon.ssh.SshTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * scripts/lab. A lab needs root; without it the tests here prove that it says so and touches
 * nothing, and hosts over SSH are proved against a private sshd in the ssh module.
 */
class LabIT {
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

  @TempDir Path folder;

  private Path state() {
    return folder.resolve("my lab 100%");
  }

  private Result lab(Object... arguments) {
    return lab(state(), System.getenv("PATH"), arguments);
  }

  private static Result lab(Path state, String path, Object... arguments) {
    return Program.of(Program.checkout().resolve("scripts/lab").toString())
        .with(arguments)
        .env("CARILLON_LAB", state.toString())
        .env("PATH", path)
        .run();
  }

  @AfterEach
  void takeItDown() {
    if (ROOT) {
      assertThat(lab("down").exitCode()).isZero();
    }
  }

  /** Whether the lab could be made. Without root it must have been refused in so many words. */
  private boolean isUp(int hosts) {
    Result up = lab("up", hosts);
    if (ROOT) {
      assertThat(up.exitCode()).as(up.err()).isZero();
      return true;
    }
    assertThat(up.exitCode()).isEqualTo(5);
    assertThat(up.err()).contains("up needs root");
    assertThat(state()).doesNotExist();
    return false;
  }

  private static String namespaces() {
    return Program.command("ip", "netns", "list").out();
  }

  private static String links() {
    return Program.command("ip", "-o", "link").out();
  }

  @Test
  void hostsHaveNamesFoldersAndProcessesOfTheirOwnAndKnowEachOther() {
    if (!isUp(2)) {
      return;
    }
    assertThat(lab("ssh", "bell2", "hostname").out()).isEqualTo("bell2\n");
    assertThat(lab("ssh", "bell1", "echo one >mark; echo two >/tmp/mark").exitCode()).isZero();
    assertThat(lab("ssh", "bell2", "ls mark /tmp/mark").exitCode()).isNotZero();
    assertThat(state().resolve("hosts/bell1/home/mark")).hasContent("one");
    assertThat(lab("ssh", "bell2", "cat /proc/1/cmdline").out()).contains("bell2");
    assertThat(lab("ssh", "bell2", "getent hosts bell1").out()).contains("bell1");
    Result status = lab("status");
    assertThat(status.exitCode()).isZero();
    assertThat(status.out().lines()).hasSize(2).allMatch(line -> line.contains("runs  connected"));
  }

  @Test
  void aLabTakesNothingFromAnotherWhoseFolderGivesTheSameNumber() {
    if (!ROOT) {
      return;
    }
    String number =
        Program.command(
                "sh",
                "-c",
                "printf %04x $(($(printf %s \"$1\" | cksum | cut -d ' ' -f 1) % 65536))",
                "",
                state().toString())
            .out();
    String other = "carillon-" + number + "-tower";
    assertThat(Program.command("ip", "netns", "add", other).exitCode()).isZero();
    try {
      assertThat(isUp(1)).isTrue();
      assertThat(lab("ssh", "bell1", "hostname").out()).isEqualTo("bell1\n");
      assertThat(lab("down").exitCode()).isZero();
      assertThat(Path.of("/run/netns", other)).exists();
    } finally {
      Program.command("ip", "netns", "delete", other);
    }
  }

  @Test
  void theFirstHostServesTimeToTheOthers() {
    if (!isUp(2)) {
      return;
    }
    Result measured = lab("ssh", "bell2", "chronyd -Q -t 10 'server bell1 iburst' 2>&1");
    assertThat(measured.out()).contains("System clock wrong by");
    assertThat(measured.exitCode()).isZero();
  }

  @Test
  void aHostWhoseCableIsCutIsLostUntilItIsHealed() throws IOException {
    if (!isUp(2)) {
      return;
    }
    SshLimits limits =
        new SshLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2));
    try (SshHosts hosts = new SshHosts(limits)) {
      Host bell2 = hosts.connect(target("bell2"));
      Command hostname = Command.script("hostname", Duration.ofSeconds(60));
      assertThat(bell2.run(hostname).text()).isEqualTo("bell2");

      assertThat(lab("cut", "bell2").exitCode()).isZero();
      assertThat(lab("status").exitCode()).isEqualTo(2);
      assertThat(lab("status").out()).containsPattern("bell2 .* cut");
      HostException lost = catchThrowableOfType(HostException.class, () -> bell2.run(hostname));
      assertThat(lost.kind())
          .isIn(
              HostException.Kind.LOST, HostException.Kind.TIMEOUT, HostException.Kind.UNREACHABLE);
      assertThat(lab("ssh", "bell1", "hostname").out()).isEqualTo("bell1\n");

      assertThat(lab("heal", "bell2").exitCode()).isZero();
      assertThat(lab("status").exitCode()).isZero();
      assertThat(bell2.run(hostname).text()).isEqualTo("bell2");
    }
  }

  @Test
  void aCommandOnAHostThatFallsSilentIsLostLongBeforeItsDeadline() throws IOException {
    if (!isUp(2)) {
      return;
    }
    // The same host directly, and through another: each way has its own signs of life.
    Path config = Path.of(lab("config").out().strip());
    String hostName =
        Files.readString(config).replaceFirst("(?s).*Host bell2\\s+(HostName \\S+).*", "$1");
    Files.writeString(
        config,
        "Host behind\n  %s\n  HostKeyAlias bell2\n  ProxyJump bell1\n%s"
            .formatted(hostName, Files.readString(config)));
    SshLimits limits =
        new SshLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2));
    try (SshHosts hosts = new SshHosts(limits)) {
      for (String name : List.of("bell2", "behind")) {
        Host host = hosts.connect(target(name));
        Path begun = state().resolve("hosts/bell2/home/begun-" + name);
        CompletableFuture<HostException> failure =
            CompletableFuture.supplyAsync(
                () ->
                    catchThrowableOfType(
                        HostException.class,
                        () ->
                            host.run(
                                Command.script(
                                    "touch begun-" + name + "; exec sleep 600",
                                    Duration.ofMinutes(5)))));
        Program.await("the command runs", Duration.ofSeconds(90), () -> Files.exists(begun));
        assertThat(lab("cut", "bell2").exitCode()).isZero();
        assertThat(failure.join().kind()).as(name).isEqualTo(HostException.Kind.LOST);
        assertThat(lab("heal", "bell2").exitCode()).isZero();
      }
    }
  }

  private SshTarget target(String node) {
    return new SshTarget(
        node,
        node,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Path.of(lab("config").out().strip())),
        Optional.empty(),
        HostKeyPolicy.STRICT);
  }

  @Test
  void downLeavesNoProcessNoNamespaceNoLinkAndNoFile() throws IOException {
    if (!isUp(2)) {
      return;
    }
    assertThat(
            lab("ssh", "bell1", "setsid sleep 600 </dev/null >/dev/null 2>&1 & sleep 0.1")
                .exitCode())
        .isZero();
    String prefix = prefix();
    List<Long> processes =
        Stream.of("bell1", "bell2")
            .flatMap(node -> Program.command("ip", "netns", "pids", prefix + node).out().lines())
            .map(Long::valueOf)
            .toList();
    // unshare, sh and sshd on each; chronyd and the orphan on the first.
    assertThat(processes).hasSizeGreaterThanOrEqualTo(8);
    assertThat(namespaces()).contains(prefix + "bell1", prefix + "bell2", prefix + "tower");

    assertThat(lab("down").out()).isEqualTo("the lab is down\n");

    // Killed they are; that init takes notice may need another moment.
    Program.await(
        "all processes are gone: " + processes,
        Duration.ofSeconds(60),
        () -> processes.stream().noneMatch(pid -> Files.exists(Path.of("/proc/" + pid))));
    assertThat(namespaces()).doesNotContain(prefix);
    assertThat(links()).doesNotContain(prefix.replaceFirst("carillon-", "clab-"));
    assertThat(state()).doesNotExist();
    assertThat(lab("down").out()).startsWith("there is no lab in ");
    assertThat(lab("status").exitCode()).isEqualTo(1);
  }

  /** What the names of this lab's namespaces begin with. */
  private String prefix() throws IOException {
    String pid = Files.readAllLines(state().resolve("nodes")).getFirst().split(" ")[2];
    return Program.command("ip", "netns", "identify", pid).out().strip().replaceFirst("bell1$", "");
  }

  @Test
  void aSecondLabStandsBesideTheFirstAndASecondUpIsRefused() {
    if (!isUp(1)) {
      return;
    }
    Result again = lab("up", 1);
    assertThat(again.exitCode()).isEqualTo(5);
    assertThat(again.err()).contains("a lab is up in " + state()).contains("scripts/lab down");

    Path other = folder.resolve("other");
    try {
      assertThat(lab(other, System.getenv("PATH"), "up", 1).exitCode()).isZero();
      assertThat(lab("ssh", "bell1", "hostname -I").out())
          .isNotEqualTo(lab(other, System.getenv("PATH"), "ssh", "bell1", "hostname -I").out());
    } finally {
      assertThat(lab(other, System.getenv("PATH"), "down").exitCode()).isZero();
    }
    assertThat(lab("ssh", "bell1", "hostname").out()).isEqualTo("bell1\n");
  }

  @Test
  void anUpThatFailsHalfWayLeavesNothing() throws IOException {
    if (!ROOT) {
      assertThat(isUp(2)).isFalse();
      return;
    }
    Path tools = Files.createDirectory(folder.resolve("tools"));
    Path ip =
        Files.writeString(
            tools.resolve("ip"),
            """
            #!/bin/sh
            case "$*" in "netns add "*-bell2) echo "$3"; echo "no more namespaces" >&2; exit 1 ;; esac
            exec /sbin/ip "$@"
            """);
    Files.setPosixFilePermissions(ip, PosixFilePermissions.fromString("rwxr-xr-x"));
    Result up = lab(state(), tools + ":" + System.getenv("PATH"), "up", 3);
    assertThat(up.exitCode()).isNotZero();
    assertThat(up.err()).contains("no more namespaces").contains("the lab could not be made");
    assertThat(up.out()).contains("carillon-");
    assertThat(namespaces()).doesNotContain(up.out().strip().replaceFirst("bell2$", ""));
    assertThat(state()).doesNotExist();
  }

  @Test
  void wrongUseIsExplained() {
    for (String[] wrong :
        new String[][] {
          {"up", "0"}, {"up", "many"}, {"up"}, {"ssh"}, {"cut", "bell1"}, {"config"}, {"tower"}, {}
        }) {
      Result result = lab((Object[]) wrong);
      assertThat(result.exitCode()).as(Arrays.toString(wrong)).isEqualTo(5);
      assertThat(result.err()).as(Arrays.toString(wrong)).contains("scripts/lab");
    }
    Result help = lab("--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("scripts/lab up N").contains("CARILLON_LAB");
  }

  @Test
  void whoIsNotRootIsToldSo() throws IOException {
    String script = Files.readString(Program.checkout().resolve("scripts/lab"));
    // Handed over as a text: the checkout may be in a folder that others cannot read.
    Result up =
        ROOT
            ? Program.command(
                "setpriv",
                "--reuid=65534",
                "--clear-groups",
                "bash",
                "-c",
                script,
                "lab",
                "up",
                "2")
            : Program.command("bash", "-c", script, "lab", "up", "2");
    assertThat(up.exitCode()).isEqualTo(5);
    assertThat(up.err()).contains("up needs root").contains("use sudo");
  }
}
