package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service that is a unit of a real {@code systemd --user}, released, upgraded and brought back by
 * the distribution; passed over where scripts/user-systemd says that none can run.
 */
class UserUnitIT {

  private static final Path SCRIPT = Program.checkout().resolve("scripts/user-systemd");
  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir Path folder;
  private Process systemd;

  @BeforeEach
  void startSystemd() throws IOException {
    Program.Result able = Program.command(SCRIPT.toString(), "--check");
    assertThat(able.exitCode()).as(able.err()).isIn(0, 1); // else a tool is missing
    Assumptions.assumeTrue(able.exitCode() == 0, able.err());
    Files.createDirectories(folder.resolve("units"));
    Files.writeString(
        folder.resolve("units/bell.service"),
        """
        [Service]
        ExecStartPre=/bin/rm -f %1$s/rings
        ExecStart=%1$s/n1/current/serve %1$s
        """
            .formatted(folder));
    Path out = folder.resolve("out");
    systemd =
        new ProcessBuilder(SCRIPT.toString(), folder.toString())
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    Program.await("systemd answers", SOON, () -> out.toFile().length() > 0);
    Files.createDirectory(folder.resolve("build"));
    Files.writeString(
        folder.resolve("bell.yaml"),
        """
        name: bell
        hosts: n1
        host: local
        root: "%s/%%h"
        release: {files: build}
        rollout: {soak: 100ms}
        service:
          systemd_user_unit: bell.service
          health: {command: [test, -s, "%s/rings"], window: 20s, interval: 200ms}
        """
            .formatted(folder, folder));
  }

  @AfterEach
  void endSystemd() throws IOException, InterruptedException {
    if (systemd != null) {
      systemd.getOutputStream().close();
      assertThat(systemd.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  private Program.Result ask(String executable, Object... arguments) {
    return Program.named(executable)
        .with(arguments)
        .env("XDG_RUNTIME_DIR", folder.resolve("run").toString())
        .run();
  }

  private Program.Result release(String does) throws IOException {
    Path serve = folder.resolve("build/serve");
    Files.writeString(serve, "#!/bin/sh\n" + does + "\n");
    assertThat(serve.toFile().setExecutable(true)).isTrue();
    return ask("deploy", "release", folder.resolve("bell.yaml"), "--yes");
  }

  private static String rings(String what) {
    return "echo %s >\"$1/rings\"; exec sleep 1000".formatted(what);
  }

  private static void good(Program.Result result) {
    assertThat(result.exitCode()).as(result.err() + result.out()).isZero();
  }

  /** What the unit that runs now has written. */
  private String running() throws IOException {
    Program.Result state =
        Program.of("systemctl")
            .with("--user", "show", "-p", "ActiveState", "--value", "bell.service")
            .env("XDG_RUNTIME_DIR", folder.resolve("run").toString())
            .run();
    assertThat(state.out()).as(state.err()).isEqualTo("active\n");
    return Files.readString(folder.resolve("rings")).strip();
  }

  @Test
  void aUnitIsReleasedUpgradedTakenBackWhenItIsBadAndRolledBack() throws IOException {
    good(release(rings("one")));
    assertThat(running()).isEqualTo("one");
    good(release(rings("two")));
    assertThat(running()).isEqualTo("two");

    Program.Result bad = release("exit 3");
    assertThat(bad.exitCode()).as(bad.err()).isEqualTo(1);
    assertThat(bad.err())
        .contains("n1: health: the unit bell.service has failed (exit-code, status 3)");
    assertThat(running()).isEqualTo("two");

    good(ask("rollback", folder.resolve("bell.yaml"), "--to", "previous", "--yes"));
    assertThat(running()).isEqualTo("one");
    good(ask("validate", folder.resolve("bell.yaml"), "--check", "health,versions"));
  }
}
