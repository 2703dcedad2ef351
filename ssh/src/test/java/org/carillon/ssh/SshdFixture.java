package org.carillon.ssh;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.carillon.core.net.FreePort;

/**
 * A real sshd of one's own on a free loopback port, with keys of its own, which lets in the account
 * that runs the tests. Needs no root.
 */
final class SshdFixture implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  final Path folder;
  private final List<String> settings;
  private int port;
  private Process process;

  /**
   * @param folder empty, and this fixture's alone
   * @param settings lines of sshd_config on top of the usual ones
   */
  SshdFixture(Path folder, String... settings) {
    this.folder = folder;
    this.settings = List.of(settings);
    keygen("host_ed25519", "ed25519", "");
    keygen("id_ed25519", "ed25519", "");
    authorize("id_ed25519");
    start();
  }

  /** Makes a key pair, NAME and NAME.pub, in the folder. */
  Path keygen(String name, String type, String passphrase) {
    Path file = folder.resolve(name);
    run("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", name, "-f", file.toString());
    return file;
  }

  /** Lets a key in. */
  void authorize(String name) {
    append("authorized_keys", read(folder.resolve(name + ".pub")));
  }

  private void start() {
    try {
      // sshd wants this folder when root starts it; its package makes it only with the service.
      if ("root".equals(System.getProperty("user.name"))) {
        Files.createDirectories(Path.of("/run/sshd"));
      }
      for (int attempt = 0; attempt < 5; attempt++) {
        port = FreePort.next();
        Files.writeString(folder.resolve("sshd_config"), config());
        process =
            new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", folder + "/sshd_config")
                .redirectErrorStream(true)
                .redirectOutput(
                    ProcessBuilder.Redirect.appendTo(folder.resolve("sshd.log").toFile()))
                .start();
        // By its own word: whoever has got the port in the meantime would answer, too.
        String listening = "Server listening on 127.0.0.1 port " + port + ".";
        Await.until(
            "sshd listens or has ended", () -> log().contains(listening) || !process.isAlive());
        if (log().contains(listening)) {
          return;
        }
      }
    } catch (IOException e) {
      throw new AssertionError("sshd cannot be started; install openssh-server", e);
    }
    throw new AssertionError("sshd does not start: " + log());
  }

  private String config() {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "ListenAddress 127.0.0.1:" + port,
                "HostKey " + folder + "/host_ed25519",
                "AuthorizedKeysFile \"" + folder + "/authorized_keys\"",
                "PidFile none",
                "UsePAM no",
                "StrictModes no",
                "PermitRootLogin yes",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "LogLevel VERBOSE",
                // A bash that believes to be an inner one leaves the account's .bashrc alone.
                "SetEnv SHLVL=9",
                "Subsystem sftp internal-sftp"));
    // The first value of a setting counts.
    lines.addAll(0, settings);
    return String.join("\n", lines) + "\n";
  }

  /** As {@link #greeted}, once sshd has a place for it. */
  Socket occupied() {
    AtomicReference<Socket> socket = new AtomicReference<>();
    Await.until(
        "sshd has a place",
        () -> {
          try {
            socket.set(greeted());
            return true;
          } catch (IOException e) {
            return false;
          }
        });
    return socket.get();
  }

  /** A connection that has got the server's first line and goes no further. */
  Socket greeted() throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(LOOPBACK, port), 5_000);
      socket.setSoTimeout(5_000);
      String line =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      if (line == null || !line.startsWith("SSH-2.0-")) {
        throw new IOException("got " + line);
      }
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  int port() {
    return port;
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** A known_hosts file with this server's key of that name. */
  Path knownHosts(String file, String keyName) {
    append(file, "[127.0.0.1]:" + port + " " + read(folder.resolve(keyName + ".pub")));
    return folder.resolve(file);
  }

  /** This server with the right key and the right host key. */
  SshTarget target() {
    Path known = folder.resolve("known_hosts");
    if (!Files.exists(known)) {
      knownHosts("known_hosts", "host_ed25519");
    }
    return target("id_ed25519", known, HostKeyPolicy.STRICT);
  }

  SshTarget target(String identity, Path knownHosts, HostKeyPolicy policy) {
    return new SshTarget(
        "bell",
        "127.0.0.1",
        OptionalInt.of(port),
        Optional.of(System.getProperty("user.name")),
        Optional.of(folder.resolve(identity)),
        Optional.of(emptyConfig()),
        Optional.of(knownHosts),
        policy);
  }

  /** An OpenSSH configuration without a line: the tests must not depend on the account's own. */
  Path emptyConfig() {
    return append("empty_config", "");
  }

  /** An account with nothing in its home folder and the given agent. */
  Account account(Optional<Path> agent) {
    try {
      Path home = Files.createDirectories(folder.resolve("home"));
      return new Account(System.getProperty("user.name"), home, agent, home.resolve("etc"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SshHosts hosts() {
    return hosts(SshLimits.defaults());
  }

  SshHosts hosts(SshLimits limits) {
    return new SshHosts(limits, account(Optional.empty()));
  }

  /** Limits short enough for a test that waits for a login that comes to nothing. */
  static SshLimits shortLogins() {
    SshLimits usual = SshLimits.defaults();
    return new SshLimits(
        Duration.ofSeconds(2), Duration.ofSeconds(2), usual.silence(), usual.keepAlive());
  }

  /** Limits short enough for a test that waits for a host that has fallen silent. */
  static SshLimits shortSilences() {
    SshLimits usual = SshLimits.defaults();
    return new SshLimits(
        usual.connect(), usual.authentication(), Duration.ofSeconds(2), Duration.ofSeconds(2));
  }

  String log() {
    return Files.exists(folder.resolve("sshd.log")) ? read(folder.resolve("sshd.log")) : "";
  }

  Path append(String name, String text) {
    try {
      return Files.writeString(
          folder.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a program to its end and returns what it wrote. */
  static String run(String... argv) {
    try {
      Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", argv) + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new AssertionError(argv[0] + " cannot be run; install it", e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Ends the sessions of clients as if the network had gone, and lets the server live. */
  void dropSessions() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
  }

  /** Ends the connections of clients, but not what these have begun. */
  void dropConnections() {
    process
        .descendants()
        .filter(it -> name(it).startsWith("sshd"))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static String name(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/comm"));
    } catch (IOException e) {
      return ""; // it is gone
    }
  }

  /** Stops the sessions of clients where they are: connected, and silent. */
  void freezeSessions() {
    process.descendants().forEach(session -> run("kill", "-STOP", Long.toString(session.pid())));
  }

  @Override
  public void close() {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }
}
