package org.carillon.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.ForwardingHost;
import org.carillon.ssh.Host;
import org.carillon.ssh.LocalHost;
import org.carillon.ssh.ShellWords;
import org.junit.jupiter.api.Assumptions;

/** A real {@code systemd --user}, that of scripts/user-systemd. */
final class UserSystemd implements AutoCloseable {

  private static final Path SCRIPT =
      Path.of("../scripts/user-systemd").toAbsolutePath().normalize();

  private final Path folder;
  private final Process systemd;

  /** Starts it; the test is passed over where that cannot be. */
  UserSystemd(Path folder) throws IOException {
    this.folder = folder;
    CommandResult able =
        new LocalHost("a")
            .run(
                Command.script(
                    ShellWords.quote(SCRIPT.toString()) + " --check", Duration.ofSeconds(30)));
    assertThat(able.exitCode()).as(able.complaint()).isIn(0, 1); // else a tool is missing
    Assumptions.assumeTrue(able.succeeded(), able::complaint);
    systemd =
        new ProcessBuilder(SCRIPT.toString(), folder.toString())
            .redirectError(folder.resolve("err").toFile())
            .start();
    assertThat(systemd.inputReader().readLine())
        .as(Files.readString(folder.resolve("err")))
        .isEqualTo("ready");
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
        String first = "export XDG_RUNTIME_DIR='" + folder.resolve("run") + "'\n";
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
