package org.carillon.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.ForwardingHost;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;
import org.carillon.ssh.LocalHost;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Units of a real {@code systemd --user}: in namespaces of its own, which only root can make, since
 * this machine need not have been booted with systemd. Its socket is in a folder that both see.
 */
@EnabledIfSystemProperty(named = "user.name", matches = "root")
class UserUnitTest {

  private static final Duration WINDOW = Duration.ofSeconds(5);

  /** Prepares what systemd wants to find, then runs it until nothing is to be read any more. */
  private static final String SYSTEMD =
      """
      set -e
      cgroups=$(findmnt -n -t cgroup2 -o TARGET | head -n 1)
      [ -n "$cgroups" ]
      mine=$cgroups/carillon-test-$$
      mkdir "$mine"
      end() {
        echo 1 >"$mine/cgroup.kill"
        wait
        find "$mine" -depth -type d -exec rmdir {} ';'
      }
      trap end EXIT
      trap exit TERM INT
      sh -c '
        echo $$ >"$1/cgroup.procs"
        exec unshare -m -C --propagation private sh -c "
          mount -t tmpfs none /run && mkdir -p /run/systemd/system
          umount -R /sys/fs/cgroup && mount -t cgroup2 none /sys/fs/cgroup
          exec /lib/systemd/systemd --user"' sh "$mine" &
      # Its end is that of what is to be read here.
      cat >/dev/null
      """;

  @TempDir private static Path folder;
  private static Process systemd;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Assumptions.assumeTrue(canRun(), "no systemd, or no cgroup2 that one may add to");
    for (String target : List.of("default", "basic", "shutdown")) {
      unit(target + ".target", "[Unit]\nDescription=Nothing\n");
    }
    Files.createDirectory(folder.resolve("rt"));
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", SYSTEMD)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .directory(folder.toFile());
    builder.environment().put("XDG_RUNTIME_DIR", folder.resolve("rt").toString());
    builder.environment().put("SYSTEMD_UNIT_PATH", folder.resolve("units").toString());
    builder.environment().put("HOME", folder.toString());
    systemd = builder.start();
    CommandResult up =
        host()
            .run(
                Command.script(
                    "for i in $(seq 200); do systemctl --user show -p Version && exit; sleep 0.1;"
                        + " done 2>/dev/null; exit 1",
                    Duration.ofSeconds(60)));
    assertThat(up.exitCode()).as(Files.readString(folder.resolve("log"))).isZero();
  }

  private static boolean canRun() {
    String script =
        """
        [ -x /lib/systemd/systemd ] && m=$(findmnt -n -t cgroup2 -o TARGET | head -n 1) &&
          mkdir "$m/carillon-test-$$" && rmdir "$m/carillon-test-$$" && unshare -m -C true
        """;
    return new LocalHost("a").run(Command.script(script, Duration.ofSeconds(30))).succeeded();
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (systemd != null) {
      systemd.getOutputStream().close();
      assertThat(systemd.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void unit(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve("units"));
    Files.writeString(folder.resolve("units").resolve(name), text);
  }

  /** This machine, with that systemd as the account's own, and something before each command. */
  private static Host host(String... before) {
    return new ForwardingHost(new LocalHost("a")) {
      @Override
      public CommandResult run(Command command) {
        String first = "export XDG_RUNTIME_DIR='" + folder.resolve("rt") + "'\n";
        return super.run(
            Command.script(
                    first + String.join("\n", before) + "\n" + command.shellText(),
                    command.deadline())
                .withInput(command.input())
                .labelled(command.summary()));
      }
    };
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
