package org.carillon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carillon.ssh.HostContract.DEADLINE;
import static org.carillon.ssh.HostContract.failure;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SequencedMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.carillon.core.net.FreePort;
import org.carillon.core.run.Sha256;
import org.carillon.ssh.HostException.Kind;
import org.carillon.ssh.fanout.FanOut;
import org.carillon.ssh.fanout.FanOutListener;
import org.carillon.ssh.fanout.FanOutSettings;
import org.carillon.ssh.fanout.HostOutcome;
import org.carillon.ssh.fanout.HostSource;
import org.carillon.ssh.fanout.HostTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts behind other hosts, as ~/.ssh/config says, each one a real sshd. */
class SshJumpIT {
  @TempDir Path folder;
  private SshdFixture gateway;
  private SshdFixture inner;
  private SshdFixture node;
  private SshHosts hosts;

  @BeforeEach
  void start() throws IOException {
    gateway = sshd("gateway");
    inner = sshd("inner");
    node = sshd("node");
    hosts = gateway.hosts();
  }

  private SshdFixture sshd(String name) throws IOException {
    return new SshdFixture(Files.createDirectory(folder.resolve(name)));
  }

  @AfterEach
  void stop() {
    hosts.close();
    gateway.close();
    inner.close();
    node.close();
  }

  private String block(String host, SshdFixture server, String... more) {
    server.knownHosts("known_hosts", "host_ed25519");
    return """
    Host %s
      HostName 127.0.0.1
      Port %d
      User %s
      IdentityFile "%s"
      UserKnownHostsFile "%s"
      %s
    """
        .formatted(
            host,
            server.port(),
            System.getProperty("user.name"),
            server.path("id_ed25519"),
            server.path("known_hosts"),
            String.join("\n  ", more));
  }

  private SshTarget target(String host, String... blocks) throws IOException {
    // A file of its own each time, since one is read once.
    Path config =
        Files.writeString(Files.createTempFile(folder, "config", ""), String.join("", blocks));
    return new SshTarget(
        "bell",
        host,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(config),
        Optional.empty(),
        HostKeyPolicy.STRICT);
  }

  private static long logins(SshdFixture server) {
    return server.log().lines().filter(line -> line.startsWith("Accepted publickey")).count();
  }

  @Test
  void areReachedThroughTheirGatewayWithAKeyOfTheirOwn() throws IOException {
    Host host =
        hosts.connect(
            target("node1", block("login", gateway), block("node1", node, "ProxyJump login")));
    assertThat(host.run(Command.script("echo \"$SSH_CONNECTION\"", DEADLINE)).text())
        .endsWith(" " + node.port());
    assertThat(logins(gateway)).isEqualTo(1);
    assertThat(logins(node)).isEqualTo(1);

    byte[] content = new byte[10_000_000];
    new Random(1).nextBytes(content);
    Path source = Files.write(folder.resolve("source"), content);
    host.upload(source, folder + "/up", DEADLINE);
    host.download(folder + "/up", folder.resolve("down"), DEADLINE);
    assertThat(folder.resolve("down")).hasSameBinaryContentAs(source);
  }

  @Test
  void areReachedThroughSeveralGatewaysOneBehindTheOther() throws IOException {
    String chain =
        "ProxyJump %s@login:%d,inside".formatted(System.getProperty("user.name"), gateway.port());
    Host host =
        hosts.connect(
            target(
                "node1",
                block("login", gateway).replaceAll("  (Port|User) .*\n", ""),
                block("inside", inner),
                block("node1", node, chain)));
    assertThat(host.run(Command.script("echo there", DEADLINE)).text()).isEqualTo("there");
    assertThat(logins(gateway)).isEqualTo(1);
    assertThat(logins(inner)).isEqualTo(1);
    assertThat(logins(node)).isEqualTo(1);
  }

  @Test
  void shareTheConnectionToTheirGateway() throws IOException {
    String[] blocks = {
      block("login", gateway),
      block("node1", node, "ProxyJump login"),
      block("node2", inner, "ProxyCommand ssh -W %h:%p login")
    };
    Host first = hosts.connect(target("node1", blocks));
    Host second = hosts.connect(target("node2", blocks));
    assertThat(first.run(Command.script("echo 1", DEADLINE)).text()).isEqualTo("1");
    assertThat(second.run(Command.script("echo 2", DEADLINE)).text()).isEqualTo("2");
    assertThat(logins(gateway)).isEqualTo(1);
  }

  /** What is behind the gateway hears each login begin, and answers none. */
  @Test
  void logInThroughTheirGatewayEightAtATimeOverOneConnection() throws Exception {
    Semaphore begun = new Semaphore(0);
    AtomicBoolean seen = new AtomicBoolean();
    AtomicBoolean ninth = new AtomicBoolean();
    try (ServerSocket behind = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> hearLogins(behind, begun));
      String nodes =
          block("n*", node, "ProxyJump login")
              .replaceAll("Port .*", "Port " + behind.getLocalPort());
      SshTarget any = target("n1", block("login", gateway), nodes);
      SequencedMap<String, HostSource> sources = new LinkedHashMap<>();
      for (int i = 1; i <= 24; i++) {
        SshTarget one =
            new SshTarget(
                "n" + i,
                "n" + i,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                any.configFile(),
                Optional.empty(),
                HostKeyPolicy.STRICT);
        sources.put(one.name(), HostSource.of(hosts, one));
      }
      Thread.ofVirtual()
          .start(
              new FutureTask<>(
                  () -> {
                    begun.acquireUninterruptibly(HandshakePlaces.AT_ONCE);
                    ninth.set(begun.tryAcquire(300, TimeUnit.MILLISECONDS));
                    seen.set(true);
                    return null;
                  }));
      var outcomes =
          FanOut.run(
              FanOutSettings.of("the test", DEADLINE).withStop(seen::get),
              sources,
              HostTask.running(Command.script("true", DEADLINE)),
              FanOutListener.NONE);
      assertThat(outcomes.values()).hasSize(24).noneMatch(HostOutcome::succeeded);
      assertThat(ninth).isFalse();
      assertThat(logins(gateway)).isEqualTo(1);
    }
  }

  private static void hearLogins(ServerSocket server, Semaphore begun) {
    try {
      while (true) {
        Socket login = server.accept();
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    if (login.getInputStream().read() >= 0) {
                      begun.release();
                    }
                    login.getInputStream().transferTo(OutputStream.nullOutputStream());
                  } catch (IOException e) {
                    // It was given up.
                  }
                });
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  @Test
  void areReachedAgainAfterTheirGatewayDroppedEverybody() throws IOException {
    Host host =
        hosts.connect(
            target("node1", block("login", gateway), block("node1", node, "ProxyJump login")));
    gateway.dropSessions();
    // Whoever notices first: the command itself, the readers before it began, or a new login that
    // is tried through the gateway's connection before that is known to be dead.
    Await.until("a command gets through", () -> runs(host));
    assertThat(logins(gateway)).isEqualTo(2);
  }

  private static boolean runs(Host host) {
    try {
      return host.run(Command.script("true", DEADLINE)).succeeded();
    } catch (HostException e) {
      assertThat(e.kind()).isIn(Kind.LOST, Kind.UNREACHABLE);
      return false;
    }
  }

  @Test
  void haveTheirOwnHostKeyCheckedBehindTheGateway() throws IOException {
    String wrong = block("node1", node, "ProxyJump login");
    Files.writeString(
        node.path("known_hosts"),
        "[127.0.0.1]:" + node.port() + " " + SshdFixture.read(gateway.path("host_ed25519.pub")));
    HostException refusal =
        failure(() -> hosts.connect(target("node1", block("login", gateway), wrong)));
    assertThat(refusal.kind()).isEqualTo(Kind.HOST_KEY);
    assertThat(refusal).hasMessageStartingWith("bell: its key has CHANGED");
  }

  @Test
  void areToldApartFromTheirGatewayWhenOneOfThemFails() throws IOException {
    int nobody = FreePort.next();
    String dead = block("node1", node, "ProxyJump login").replaceAll("Port \\d+", "Port " + nobody);
    HostException behind =
        failure(() -> hosts.connect(target("node1", block("login", gateway), dead)));
    assertThat(behind.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(behind)
        .hasMessageContaining("bell: the gateway cannot connect to ")
        .hasMessageContaining("127.0.0.1:" + nobody);

    HostException before =
        failure(
            () ->
                hosts.connect(
                    target(
                        "node1",
                        block("login", inner).replaceAll("Port \\d+", "Port " + nobody),
                        block("node1", node, "ProxyJump login"))));
    assertThat(before.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(before).hasMessageContaining("gateway").hasMessageContaining("refuses connections");
  }

  @Test
  void costTheDeadlineAndNoMoreWhenTheySwallowEverything() throws IOException {
    try (java.net.ServerSocket hole =
            new java.net.ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress());
        SshHosts impatient = gateway.hosts(SshdFixture.shortLogins())) {
      String dead =
          block("node1", node, "ProxyJump login")
              .replaceAll("Port \\d+", "Port " + hole.getLocalPort());
      HostException refusal =
          failure(() -> impatient.connect(target("node1", block("login", gateway), dead)));
      assertThat(refusal.kind()).isEqualTo(Kind.TIMEOUT);
    }
  }

  @Test
  void keepNoOrderOfBytesLost() throws IOException {
    Host host =
        hosts.connect(
            target("node1", block("login", gateway), block("node1", node, "ProxyJump login")));
    byte[] input = new byte[3_000_000];
    new Random(2).nextBytes(input);
    CommandResult result =
        host.run(
            Command.script("sha256sum; head -c 3000000 /dev/zero | tr '\\0' x", DEADLINE)
                .withInput(input));
    assertThat(result.out().split("  -\n"))
        .satisfies(
            parts ->
                assertThat(Arrays.asList(parts))
                    .containsExactly(
                        java.util.HexFormat.of().formatHex(Sha256.digest().digest(input)),
                        "x".repeat(3_000_000)));
  }
}
