package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.core.net.FreePort;

/** A real sshd of a test's own, on one port of 127.0.0.1 and 127.0.0.2, with keys of its own. */
final class PrivateSshd implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(180);

  private final Path keys;
  private final int port;
  private final Process process;

  private PrivateSshd(Path keys, int port, Process process) {
    this.keys = keys;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts one, and returns when it listens.
   *
   * @param keys an empty folder; gets {@code id}, {@code known_hosts} and {@code empty_config}
   * @param environment of all sessions besides, each {@code NAME=VALUE}
   */
  static PrivateSshd start(Path keys, String... environment) throws IOException {
    keygen(keys, "host");
    keygen(keys, "id");
    Files.copy(keys.resolve("id.pub"), keys.resolve("authorized_keys"));
    if (System.getProperty("user.name").equals("root")) {
      Files.createDirectories(Path.of("/run/sshd")); // which sshd wants when root starts it
    }
    int port = FreePort.next();
    Files.write(
        keys.resolve("sshd_config"),
        List.of(
            "ListenAddress 127.0.0.1:" + port,
            "ListenAddress 127.0.0.2:" + port,
            "HostKey " + keys + "/host",
            "AuthorizedKeysFile " + keys + "/authorized_keys",
            "PidFile none",
            "MaxStartups 100", // one that plays many hosts
            "UsePAM no",
            "StrictModes no",
            "PermitRootLogin yes",
            "PasswordAuthentication no",
            // Nor must its start files, which cost more than what is tested.
            "SetEnv HOME=%s CARILLON_JAVA_OPTIONS=%s %s"
                .formatted(keys, Program.JAVA_OPTIONS, String.join(" ", environment)),
            "Subsystem sftp internal-sftp"));
    // The account's own configuration must not decide the test.
    Files.createFile(keys.resolve("empty_config"));
    Files.writeString(
        keys.resolve("known_hosts"),
        "[127.0.0.1]:%1$d,[127.0.0.2]:%1$d %2$s"
            .formatted(port, Files.readString(keys.resolve("host.pub"))));
    Process process =
        new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", keys + "/sshd_config")
            .redirectErrorStream(true)
            .redirectOutput(keys.resolve("sshd.log").toFile())
            .start();
    Program.await(
        "sshd listens",
        SOON,
        () ->
            Stream.of("127.0.0.1", "127.0.0.2")
                .allMatch(it -> log(keys).contains("listening on " + it + " port " + port)));
    return new PrivateSshd(keys, port, process);
  }

  private static void keygen(Path keys, String name) {
    String file = keys.resolve(name).toString();
    assertThat(
            Program.command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file).exitCode())
        .isZero();
  }

  private static String log(Path keys) {
    return ExperimentFolder.read(keys.resolve("sshd.log"));
  }

  Path keys() {
    return keys;
  }

  int port() {
    return port;
  }

  /** Ends it and all its sessions. */
  @Override
  public void close() {
    List<ProcessHandle> sessions = process.descendants().toList();
    process.destroyForcibly();
    sessions.forEach(ProcessHandle::destroyForcibly);
  }
}
