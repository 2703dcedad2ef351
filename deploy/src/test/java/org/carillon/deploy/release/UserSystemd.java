package org.carillon.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.carillon.ssh.LocalHost;
import org.junit.jupiter.api.Assumptions;

/**
 * A real {@code systemd --user} in namespaces of its own, which only root can make, since this
 * machine need not have been booted with systemd. Its socket is in a folder that both see.
 */
final class UserSystemd implements AutoCloseable {

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

  private final Path folder;
  private final Process systemd;

  /** Starts it; the test is passed over where that cannot be. */
  UserSystemd(Path folder) throws IOException {
    this.folder = folder;
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

  @Override
  public void close() throws IOException {
    systemd.getOutputStream().close();
    systemd.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** Writes the file of a unit. */
  void unit(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve("units"));
    Files.writeString(folder.resolve("units").resolve(name), text);
  }

  /** This machine, with that systemd as the account's own, and something before each command. */
  Host host(String... before) {
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
}
