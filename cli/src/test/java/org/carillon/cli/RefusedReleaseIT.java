package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What keeps a host from taking a release is said with its step before anything is changed on any
 * host, and written down: a wrong clock, missing permission, an sshd that refuses, a changed key.
 */
@EnabledIfSystemProperty(named = "user.name", matches = "root")
class RefusedReleaseIT {

  private static final List<String> HOSTS = EchoService.bells(2);

  @TempDir private static Path temporary;
  private static Lab lab;
  private static EchoService service;
  private static List<String> before;

  @BeforeAll
  static void releaseSomething() {
    lab = Lab.up(temporary.resolve("lab"), HOSTS.size());
    service = new EchoService(lab, temporary.resolve("service"));
    Program.Result released = service.releaseAtOnce(HOSTS).run();
    assertThat(released.exitCode()).as(released.err()).isZero();
    before = service.there(HOSTS);
    service.change("");
  }

  @AfterAll
  static void removeTheLab() {
    lab.close();
  }

  @AfterEach
  void nothingWasChanged() {
    assertThat(service.there(HOSTS)).isEqualTo(before);
  }

  /** What the last report says of a host. */
  private static String inTheReport(String host) throws IOException {
    Path report = service.reports().getLast();
    for (JsonNode said : ExperimentFolder.json(report.resolve("report.json")).path("hosts")) {
      if (said.path("host").asText().equals(host)) {
        return said.path("sentence").asText();
      }
    }
    throw new AssertionError(host + " is not in " + report);
  }

  @Test
  void aClockThatIsWrongByADayIsFoundByTheReleaseAndByValidation() throws IOException {
    lab.must("clock", "bell2", "+1d");
    try {
      Program.Result refused = service.releaseAtOnce(HOSTS).run();
      assertThat(refused.exitCode()).as(refused.err()).isEqualTo(1);
      assertThat(refused.err())
          .contains("bell2: check: its clock is off by 24 h: set it, since times in logs and");
      assertThat(inTheReport("bell2")).contains("check: its clock is off by 24 h");

      Program.Result looked = service.ask("validate", HOSTS, "--check", "clocks").run();
      assertThat(looked.exitCode()).as(looked.out()).isEqualTo(8);
      assertThat(looked.out())
          .containsPattern(
              "FAIL +clocks +bell2 +its clock is \\+1d ± \\S+ from this machine's; the limit is 1s;"
                  + " let a time service set it; clockcheck says more");
    } finally {
      lab.must("clock", "bell2", "+0");
    }
  }

  @Test
  void whatTheAccountMayNotWriteIsNamedWithItsFolder() throws IOException {
    lab.on("bell1", "mkdir -p /tmp/locked");
    lab.on("bell2", "mkdir -p /tmp/locked && chown ringer /tmp/locked");
    Program.Result refused =
        service
            .releaseAtOnce(HOSTS)
            .with("--set", "ssh.user=ringer", "--set", "root=/tmp/locked/echo")
            .run();
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(1);
    assertThat(refused.err()).contains("bell1: lock: ", "/tmp/locked/echo", "Permission denied");
    assertThat(inTheReport("bell1")).contains("Permission denied");
    assertThat(lab.on("bell1", "ls -A /tmp/locked")).isEmpty();

    Path file = Files.writeString(temporary.resolve("file"), "new");
    Program.Result copied =
        Program.named("hosts")
            .with(
                "copy", "-F", lab.config(), "-l", "ringer", "-w", "bell[1-2]", file, "/tmp/locked/")
            .run();
    assertThat(copied.exitCode()).as(copied.err()).isEqualTo(2);
    assertThat(copied.err())
        .contains("bell1: remote-exit: the copy to /tmp/locked/ failed: ")
        .contains("cannot go into /tmp/locked/: Permission denied");
    assertThat(lab.on("bell1", "ls -A /tmp/locked")).isEmpty();
    assertThat(lab.on("bell2", "cat /tmp/locked/file")).isEqualTo("new");
  }

  @Test
  void anSshdThatTakesNoMoreLoginsIsToldFromAHostThatIsAway() throws IOException {
    lab.must("sshd", "bell2", "MaxStartups 1");
    String address = lab.on("bell2", "hostname -I").strip();
    Program.Result refused;
    // It says nothing, and so is in the middle of its login until sshd has had enough of it.
    try (Socket silent = new Socket(address, 22)) {
      refused = service.releaseAtOnce(HOSTS).run();
      assertThat(silent.isConnected()).isTrue();
    } finally {
      lab.must("sshd", "bell2", "");
    }
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(1);
    assertThat(refused.err())
        .containsPattern("bell2: connect: .*closed the connection during the login.*MaxStartups");
    assertThat(inTheReport("bell2")).contains("connect: ", "MaxStartups");
  }

  @Test
  void aHostWhoseKeyHasChangedGetsNothing() throws IOException {
    Path key = lab.folder("bell2").resolve("host_ed25519");
    byte[] known = Files.readAllBytes(key);
    Files.delete(key);
    assertThat(
            Program.command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .exitCode())
        .isZero();
    lab.must("sshd", "bell2", "");
    Program.Result refused;
    try {
      refused = service.releaseAtOnce(HOSTS).run();
    } finally {
      Files.write(key, known);
      lab.must("sshd", "bell2", "");
    }
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(1);
    assertThat(refused.err())
        .containsPattern("bell2: connect: its key has CHANGED: .*ssh-keygen -R");
    assertThat(inTheReport("bell2")).contains("connect: its key has CHANGED");
  }
}
