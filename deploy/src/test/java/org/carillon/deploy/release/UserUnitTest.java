package org.carillon.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Units of a real {@code systemd --user}; {@link UserSystemd} tells where that can be. */
@EnabledIfSystemProperty(named = "user.name", matches = "root")
class UserUnitTest {

  private static final Duration WINDOW = Duration.ofSeconds(60);

  @TempDir private static Path folder;
  private static UserSystemd systemd;

  @BeforeAll
  static void start() throws IOException {
    systemd = new UserSystemd(folder);
  }

  @AfterAll
  static void stop() throws IOException {
    if (systemd != null) {
      systemd.close();
    }
  }

  private static void unit(String name, String text) throws IOException {
    systemd.unit(name, text);
  }

  private static Host host(String... before) {
    return systemd.host(before);
  }

  @Test
  void aUnitIsStartedAndStoppedAsOftenAsOneLikes() throws IOException {
    unit("good.service", "[Service]\nExecStart=/bin/sleep 1000\n");
    UserUnit good = new UserUnit("good.service");
    good.check(host());
    good.stop(host(), WINDOW);
    assertThat(good.running(host())).isFalse();
    assertThat(good.dead(host()))
        .hasValue(
            "the unit good.service is inactive, not active; see journalctl --user -u good.service");
    for (int i = 0; i < 2; i++) {
      good.start(host(), WINDOW);
      assertThat(good.dead(host())).isEmpty();
    }
    good.stop(host(), WINDOW);
    good.stop(host(), WINDOW);
    assertThat(good.running(host())).isFalse();
  }

  @Test
  void aUnitThatIsNotThereIsStoppedAndCannotBeStarted() {
    UserUnit none = new UserUnit("none.service");
    none.stop(host(), WINDOW);
    assertThat(none.running(host())).isFalse();
    assertThatThrownBy(() -> none.start(host(), WINDOW))
        .isInstanceOf(HostException.class)
        .hasMessageContaining("systemd knows no unit none.service: put its file");
  }

  @Test
  void aUnitThatEndsIsNotRunningAndStartsAgainHoweverOftenItFailed() throws IOException {
    unit("bad.service", "[Service]\nExecStart=/bin/sh -c 'exit 3'\n");
    UserUnit bad = new UserUnit("bad.service");
    for (int i = 0; i < 7; i++) {
      bad.start(host(), WINDOW);
    }
    awaitState("bad.service", "failed");
    assertThat(bad.dead(host()))
        .hasValueSatisfying(
            said ->
                assertThat(said)
                    .startsWith("the unit bad.service has failed (exit-code, status 3)"));
    unit("bad.service", "[Service]\nExecStart=/bin/sleep 1000\n");
    bad.start(host(), WINDOW);
    assertThat(bad.running(host())).isTrue();
    bad.stop(host(), WINDOW);
  }

  @Test
  void aUnitThatIsAboutToRunIsWaitedForAndIsNotTakenForOneThatIsDown() throws IOException {
    unit(
        "slow.service",
        "[Service]\nExecStartPre=%s\nExecStart=/bin/sleep 1000\nExecReload=%s\nExecStop=%s\n"
            .formatted(await("go"), await("read"), await("end")));
    UserUnit slow = new UserUnit("slow.service");
    systemctl("daemon-reload");
    systemctl("start --no-block slow.service");
    awaitState("slow.service", "activating");
    assertThat(slow.running(host())).isTrue();
    assertThat(slow.dead(host())).isEmpty();
    assertThat(slow.isUp(host())).isFalse();
    assertThat(slow.starting(host()))
        .hasValue("the unit slow.service is activating (start-pre), not active yet");
    Files.createFile(folder.resolve("go"));
    slow.start(host(), WINDOW);
    assertThat(slow.isUp(host())).isTrue();
    assertThat(slow.starting(host())).isEmpty();

    systemctl("reload --no-block slow.service");
    awaitState("slow.service", "reloading");
    assertThat(slow.isUp(host())).as("it serves meanwhile").isTrue();
    assertThat(slow.dead(host())).isEmpty();
    Files.createFile(folder.resolve("read"));
    awaitState("slow.service", "active");

    systemctl("stop --no-block slow.service");
    awaitState("slow.service", "deactivating");
    assertThat(slow.running(host())).isFalse();
    assertThat(slow.dead(host()))
        .hasValueSatisfying(
            said -> assertThat(said).contains("slow.service is deactivating, not active"));
    Files.createFile(folder.resolve("end"));
    slow.stop(host(), WINDOW);
  }

  /** A command that ends when there is a file. */
  private static String await(String file) {
    return "/bin/sh -c 'while [ ! -e \"%s\" ]; do sleep 0.05; done'"
        .formatted(folder.resolve(file));
  }

  private static void systemctl(String words) {
    CommandResult result = host().run(Command.script("systemctl --user " + words, WINDOW));
    assertThat(result.succeeded()).as(result.complaint()).isTrue();
  }

  private static void awaitState(String unit, String state) {
    systemctl(
        "show -p ActiveState %1$s; until [ \"$(systemctl --user show -p ActiveState --value %1$s)\" = %2$s ]; do sleep 0.05; done"
            .formatted(unit, state));
  }

  @Test
  void aUnitThatDoesNotListenIsKilled() throws IOException {
    unit(
        "deaf.service",
        "[Service]\nExecStart=/bin/sh -c \"trap '' TERM; while :; do sleep 1; done\"\n");
    UserUnit deaf = new UserUnit("deaf.service");
    deaf.start(host(), WINDOW);
    deaf.stop(host(), Duration.ofSeconds(1));
    assertThat(deaf.running(host())).isFalse();
  }

  @Test
  void aSystemdThatDoesNotAnswerIsNoUnitThatIsDown() throws IOException {
    UserUnit unit = new UserUnit("good.service");
    Host away = host("export XDG_RUNTIME_DIR=/nonexistent");
    assertThatThrownBy(() -> unit.running(away))
        .hasMessageContaining("does not answer")
        .hasMessageContaining("loginctl enable-linger");
    // Recorded from a machine with logind, which is not here: the account does not linger.
    Path loginctl = Files.createDirectory(folder.resolve("bin")).resolve("loginctl");
    Files.writeString(loginctl, "#!/bin/sh\necho no\n");
    assertThat(loginctl.toFile().setExecutable(true)).isTrue();
    assertThatThrownBy(() -> unit.check(host("PATH='" + folder.resolve("bin") + "':$PATH")))
        .hasMessageContaining("good.service would end with our login: run loginctl enable-linger");
  }
}
