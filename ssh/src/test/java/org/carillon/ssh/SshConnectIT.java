package org.carillon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carillon.ssh.HostContract.DEADLINE;
import static org.carillon.ssh.HostContract.failure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.carillon.core.net.FreePort;
import org.carillon.ssh.HostException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Getting in, and being kept out, by a real sshd. */
class SshConnectIT {
  @TempDir Path folder;
  private SshdFixture sshd;

  @BeforeEach
  void startSshd() {
    sshd = new SshdFixture(folder);
  }

  @AfterEach
  void stopSshd() {
    sshd.close();
  }

  private static String whoAmI(Host host) {
    return host.run(Command.script("id -un", DEADLINE)).text();
  }

  private static String me() {
    return System.getProperty("user.name");
  }

  private HostException refusal(SshTarget target) {
    return refusal(target, SshLimits.defaults());
  }

  private HostException refusal(SshTarget target, SshLimits limits) {
    try (SshHosts hosts = sshd.hosts(limits)) {
      return failure(() -> hosts.connect(target));
    }
  }

  private void isLetIn(SshTarget target, Optional<Path> agent) {
    try (SshHosts hosts = new SshHosts(SshLimits.defaults(), sshd.account(agent))) {
      assertThat(whoAmI(hosts.connect(target))).isEqualTo(me());
    }
  }

  @Nested
  class HostKeys {

    @Test
    void anUnknownHostIsRefusedWithItsFingerprint() throws IOException {
      Path empty = Files.createFile(folder.resolve("empty_hosts"));
      HostException refusal = refusal(sshd.target("id_ed25519", empty, HostKeyPolicy.STRICT));
      assertThat(refusal.kind()).isEqualTo(Kind.HOST_KEY);
      String fingerprint =
          SshdFixture.run("ssh-keygen", "-lf", folder + "/host_ed25519.pub").split(" ")[1];
      assertThat(refusal)
          .hasMessageStartingWith("bell: [127.0.0.1]:" + sshd.port() + " is in none of " + empty)
          .hasMessageContaining(fingerprint);
      assertThat(empty).isEmptyFile();
    }

    @Test
    void anUnknownHostIsAcceptedOnceAndThenKnownToOpenSshToo() {
      Path known = folder.resolve("new folder/known");
      isLetIn(sshd.target("id_ed25519", known, HostKeyPolicy.ACCEPT_NEW), Optional.empty());
      assertThat(known)
          .hasContent(
              "[127.0.0.1]:"
                  + sshd.port()
                  + " "
                  + String.join(
                      " ",
                      List.of(SshdFixture.read(folder.resolve("host_ed25519.pub")).split(" "))
                          .subList(0, 2)));
      isLetIn(sshd.target("id_ed25519", known, HostKeyPolicy.STRICT), Optional.empty());
      assertThat(openSsh(known, "true")).isEmpty();
    }

    private String openSsh(Path known, String command) {
      return SshdFixture.run(
          "ssh",
          "-F",
          "none",
          "-i",
          folder + "/id_ed25519",
          "-o",
          "UserKnownHostsFile=\"" + known + "\"",
          "-o",
          "StrictHostKeyChecking=yes",
          "-o",
          "BatchMode=yes",
          "-p",
          Integer.toString(sshd.port()),
          "127.0.0.1",
          command);
    }

    @Test
    void aHashedNameIsRecognized() {
      Path known = sshd.knownHosts("hashed", "host_ed25519");
      SshdFixture.run("ssh-keygen", "-q", "-H", "-f", known.toString());
      assertThat(known).content().startsWith("|1|").doesNotContain("127.0.0.1");
      isLetIn(sshd.target("id_ed25519", known, HostKeyPolicy.STRICT), Optional.empty());
    }

    @Test
    void theTypeOfTheKnownKeyIsAskedFor() throws IOException {
      Path both = Files.createDirectory(folder.resolve("both"));
      sshd.keygen("host_rsa", "rsa", "");
      try (SshdFixture server = new SshdFixture(both, "HostKey " + folder + "/host_rsa");
          SshHosts hosts = server.hosts()) {
        Path known =
            server.append(
                "rsa_only",
                "[127.0.0.1]:"
                    + server.port()
                    + " "
                    + SshdFixture.read(folder.resolve("host_rsa.pub")));
        Host host = hosts.connect(server.target("id_ed25519", known, HostKeyPolicy.STRICT));
        assertThat(whoAmI(host)).isEqualTo(me());
      }
    }

    @ParameterizedTest(name = "whatever the policy: {0}")
    @CsvSource({"STRICT", "ACCEPT_NEW"})
    void aChangedKeyIsRefused(HostKeyPolicy policy) {
      sshd.keygen("another", "ed25519", "");
      Path known = sshd.knownHosts("changed", "another");
      String before = SshdFixture.read(known);
      HostException refusal = refusal(sshd.target("id_ed25519", known, policy));
      assertThat(refusal.kind()).isEqualTo(Kind.HOST_KEY);
      assertThat(refusal)
          .hasMessageContaining("has CHANGED")
          .hasMessageContaining(known + ":1")
          .hasMessageContaining("ssh-keygen -R '[127.0.0.1]:" + sshd.port() + "'");
      assertThat(known).hasContent(before);
    }

    @Test
    void aRevokedKeyIsRefusedThoughItIsKnown() {
      Path known = sshd.knownHosts("revoked", "host_ed25519");
      sshd.append("revoked", "@revoked * " + SshdFixture.read(folder.resolve("host_ed25519.pub")));
      HostException refusal = refusal(sshd.target("id_ed25519", known, HostKeyPolicy.ACCEPT_NEW));
      assertThat(refusal.kind()).isEqualTo(Kind.HOST_KEY);
      assertThat(refusal).hasMessageContaining("is revoked in " + known + ":2");
    }
  }

  @Nested
  class Certificates {
    private Path own;

    /** An sshd whose only host key has a certificate; known_hosts has the authority alone. */
    private SshdFixture certified(String... options) throws IOException {
      own = Files.createDirectory(folder.resolve("certified"));
      for (String name : List.of("authority", "host")) {
        SshdFixture.run(
            "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", own.resolve(name).toString());
      }
      List<String> signing =
          new ArrayList<>(
              List.of("ssh-keygen", "-q", "-h", "-s", own + "/authority", "-I", "bell"));
      signing.addAll(List.of(options));
      signing.add(own + "/host.pub");
      SshdFixture.run(signing.toArray(String[]::new));
      SshdFixture server =
          new SshdFixture(
              Files.createDirectory(own.resolve("sshd")),
              "HostKey " + own + "/host",
              "HostCertificate " + own + "/host-cert.pub",
              "HostKeyAlgorithms ssh-ed25519-cert-v01@openssh.com,ssh-ed25519");
      Files.writeString(
          own.resolve("known"),
          "@cert-authority [127.0.0.*]:* " + SshdFixture.read(own.resolve("authority.pub")));
      return server;
    }

    private HostException refusedBy(SshdFixture server, HostKeyPolicy policy) {
      try (SshHosts hosts = server.hosts()) {
        return failure(
            () -> hosts.connect(server.target("id_ed25519", own.resolve("known"), policy)));
      }
    }

    @Test
    void ofAKnownAuthorityOpenTheDoor() throws IOException {
      try (SshdFixture server = certified("-n", "127.0.0.1");
          SshHosts hosts = server.hosts()) {
        SshTarget target = server.target("id_ed25519", own.resolve("known"), HostKeyPolicy.STRICT);
        assertThat(whoAmI(hosts.connect(target))).isEqualTo(me());
      }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
      "-n other, invalid principal",
      "-n 127.0.0.1 -V 20200101:20210101, certificate not valid (expired",
    })
    void thatDoNotHoldAreRefusedWhateverThePolicy(String options, String reason)
        throws IOException {
      try (SshdFixture server = certified(options.split(" "))) {
        HostException refusal = refusedBy(server, HostKeyPolicy.ACCEPT_NEW);
        assertThat(refusal.kind()).isEqualTo(Kind.HOST_KEY);
        assertThat(refusal)
            .hasMessageContaining("its certificate cannot be trusted")
            .hasMessageContaining(reason);
      }
    }

    @Test
    void ofAnotherAuthorityAreRefused() throws IOException {
      try (SshdFixture server = certified("-n", "127.0.0.1")) {
        Files.writeString(
            own.resolve("known"),
            "@cert-authority * " + SshdFixture.read(server.path("host_ed25519.pub")));
        assertThat(refusedBy(server, HostKeyPolicy.STRICT))
            .hasMessageContaining("its certificate cannot be trusted");
      }
    }
  }

  @Nested
  class Keys {

    @ParameterizedTest(name = "{0}")
    @CsvSource({"ed25519", "rsa", "ecdsa"})
    void ofEveryUsualTypeOpen(String type) {
      sshd.keygen("key", type, "");
      sshd.authorize("key");
      Path known = sshd.knownHosts("known", "host_ed25519");
      isLetIn(sshd.target("key", known, HostKeyPolicy.STRICT), Optional.empty());
    }

    @Test
    void thatTheHostDoesNotKnowAreRefusedByName() {
      sshd.keygen("stranger", "ed25519", "");
      HostException refusal =
          refusal(
              sshd.target(
                  "stranger", sshd.knownHosts("known", "host_ed25519"), HostKeyPolicy.STRICT));
      assertThat(refusal.kind()).isEqualTo(Kind.AUTHENTICATION);
      assertThat(refusal)
          .hasMessageContaining("bell: " + me() + "@127.0.0.1:" + sshd.port())
          .hasMessageContaining("offered " + folder + "/stranger (ssh-ed25519)");
    }

    @Test
    void withAPassphraseAreNamedInsteadOfAskedFor() {
      sshd.keygen("locked", "ed25519", "secret");
      sshd.authorize("locked");
      HostException refusal =
          refusal(
              sshd.target(
                  "locked", sshd.knownHosts("known", "host_ed25519"), HostKeyPolicy.STRICT));
      assertThat(refusal.kind()).isEqualTo(Kind.AUTHENTICATION);
      assertThat(refusal)
          .hasMessageContaining(folder + "/locked has a passphrase and is not in the agent");
    }

    @Test
    void thatDoNotExistAreNamed() {
      HostException refusal =
          refusal(
              sshd.target(
                  "absent", sshd.knownHosts("known", "host_ed25519"), HostKeyPolicy.STRICT));
      assertThat(refusal.kind()).isEqualTo(Kind.AUTHENTICATION);
      assertThat(refusal).hasMessageContaining(folder + "/absent does not exist");
    }
  }

  @Nested
  class Agents {
    private Path socket;
    private long agent;

    @BeforeEach
    void startAgent() {
      // Not in the test's folder: a socket's path has at most 107 bytes.
      String said = SshdFixture.run("ssh-agent", "-s");
      socket = Path.of(said.replaceAll("(?s).*SSH_AUTH_SOCK=([^;]+);.*", "$1"));
      agent = Long.parseLong(said.replaceAll("(?s).*SSH_AGENT_PID=(\\d+);.*", "$1"));
    }

    @AfterEach
    void stopAgent() {
      Processes.kill(agent);
    }

    private void add(String key) {
      try {
        ProcessBuilder builder =
            new ProcessBuilder("ssh-add", "-q", folder.resolve(key).toString());
        builder.environment().put("SSH_AUTH_SOCK", socket.toString());
        assertThat(builder.inheritIO().start().waitFor()).isZero();
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    private SshTarget withoutIdentity() {
      SshTarget target = sshd.target();
      return new SshTarget(
          target.name(),
          target.address(),
          target.port(),
          target.user(),
          Optional.empty(),
          target.configFile(),
          target.knownHosts(),
          target.hostKeyPolicy());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"ed25519", "rsa", "ecdsa"})
    void openWithAKeyThatNoFileHolds(String type) throws IOException {
      sshd.keygen("held", type, "");
      sshd.authorize("held");
      add("held");
      Files.delete(folder.resolve("held"));
      isLetIn(withoutIdentity(), Optional.of(socket));
    }

    @Test
    void areAskedForTheNamedKeyBeforeTheServerHasHadEnough() {
      for (int i = 0; i < 8; i++) {
        sshd.keygen("other" + i, "ed25519", "");
        add("other" + i);
      }
      sshd.keygen("named", "ed25519", "secret");
      sshd.authorize("named");
      // The agent holds it without its passphrase, behind all the others.
      SshdFixture.run("ssh-keygen", "-q", "-p", "-P", "secret", "-N", "", "-f", folder + "/named");
      add("named");
      SshdFixture.run("ssh-keygen", "-q", "-p", "-P", "", "-N", "secret", "-f", folder + "/named");
      Path known = sshd.knownHosts("known", "host_ed25519");
      isLetIn(sshd.target("named", known, HostKeyPolicy.STRICT), Optional.of(socket));

      try (SshHosts hosts = new SshHosts(SshLimits.defaults(), sshd.account(Optional.of(socket)))) {
        HostException refusal = failure(() -> hosts.connect(withoutIdentity()));
        assertThat(refusal.kind()).isEqualTo(Kind.AUTHENTICATION);
        assertThat(refusal).hasMessageContaining("Name the right key");
      }
    }

    @Test
    void thatDoNotAnswerAreNamed() throws IOException {
      Path nowhere = folder.resolve("no-agent");
      try (SshHosts hosts =
          new SshHosts(SshLimits.defaults(), sshd.account(Optional.of(nowhere)))) {
        HostException refusal = failure(() -> hosts.connect(withoutIdentity()));
        assertThat(refusal.kind()).isEqualTo(Kind.AUTHENTICATION);
        assertThat(refusal).hasMessageContaining("no agent answers at " + nowhere);
      }
    }
  }

  @Nested
  class Networks {

    private SshTarget at(int port) {
      return new SshTarget(
          "bell",
          "127.0.0.1",
          OptionalInt.of(port),
          Optional.of(me()),
          Optional.of(folder.resolve("id_ed25519")),
          Optional.of(sshd.emptyConfig()),
          Optional.of(folder.resolve("known_hosts")),
          HostKeyPolicy.STRICT);
    }

    @Test
    void whereNobodyListensAreUnreachable() throws IOException {
      int port = FreePort.next();
      HostException refusal = refusal(at(port));
      assertThat(refusal.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(refusal)
          .hasMessageContaining("127.0.0.1:" + port + " refuses connections")
          .hasMessageContaining("(tried 5 times)");
    }

    @Test
    void whoseNameNobodyKnowsAreUnreachable() {
      HostException refusal = refusal(withAddress("no-such-host.invalid"));
      assertThat(refusal.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(refusal).hasMessageContaining("there is no host 'no-such-host.invalid'");
    }

    private SshTarget withAddress(String address) {
      SshTarget target = sshd.target();
      return new SshTarget(
          target.name(),
          address,
          target.port(),
          target.user(),
          target.identity(),
          target.configFile(),
          target.knownHosts(),
          target.hostKeyPolicy());
    }

    @Test
    void thatSwallowEverythingCostTheDeadlineAndNoMore() throws IOException {
      try (ServerSocket hole = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
        HostException refusal = refusal(at(hole.getLocalPort()), SshdFixture.shortLogins());
        assertThat(refusal.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(refusal)
            .hasMessageContaining("took the connection but did not let us in within 2s");
      }
    }

    @Test
    void thatDribbleCostTheDeadlineAndNoMore() throws IOException {
      try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
        Thread dribbler = Thread.ofVirtual().start(() -> dribble(server));
        HostException refusal = refusal(at(server.getLocalPort()), SshdFixture.shortLogins());
        assertThat(refusal.kind()).isEqualTo(Kind.TIMEOUT);
        dribbler.interrupt();
      }
    }

    /** A line every 100 ms that is no greeting: no single read ever times out. */
    private static void dribble(ServerSocket server) {
      Deadline deadline = Deadline.in(DEADLINE);
      try (Socket socket = server.accept()) {
        while (!deadline.passed()) {
          socket.getOutputStream().write("wait\r\n".getBytes());
          deadline.pause(Duration.ofMillis(100));
        }
      } catch (IOException | InterruptedException e) {
        // The client has given up.
      }
    }
  }

  @Nested
  class Crowds {

    @Test
    void thatSshdTurnsAwayComeBackAndAreLetIn() throws Exception {
      try (SshdFixture narrow =
              new SshdFixture(
                  Files.createDirectory(folder.resolve("narrow")), "MaxStartups 1:100:1");
          SshHosts hosts = narrow.hosts()) {
        Socket occupier = narrow.occupied();
        CompletableFuture<Host> connecting =
            CompletableFuture.supplyAsync(() -> hosts.connect(narrow.target()));
        Await.until("sshd has turned us away", () -> narrow.log().contains("drop connection"));
        occupier.close();
        assertThat(whoAmI(connecting.join())).isEqualTo(me());
      }
    }

    @Test
    void thatSshdKeepsTurningAwayLearnOfMaxStartups() throws Exception {
      try (SshdFixture narrow =
              new SshdFixture(
                  Files.createDirectory(folder.resolve("narrow")), "MaxStartups 1:100:1");
          SshHosts hosts = narrow.hosts();
          Socket occupier = narrow.occupied()) {
        HostException refusal = failure(() -> hosts.connect(narrow.target()));
        assertThat(occupier.isConnected()).isTrue();
        assertThat(refusal.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(refusal)
            .hasMessageContaining("MaxStartups")
            .hasMessageContaining("(tried 5 times)");
      }
    }

    @Test
    void ofThirtyLoginsAtOnceAreAllLetIn() throws Exception {
      // The usual limits of sshd: from the eleventh login in progress on it turns some away.
      try (SshdFixture usual =
          new SshdFixture(
              Files.createDirectory(folder.resolve("usual")), "MaxStartups 10:30:100")) {
        usual.target();
        List<CompletableFuture<String>> users = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
          users.add(
              CompletableFuture.supplyAsync(
                  () -> {
                    try (SshHosts hosts = usual.hosts()) {
                      return whoAmI(hosts.connect(usual.target()));
                    }
                  },
                  task -> Thread.ofVirtual().start(task)));
        }
        assertThat(users.stream().map(CompletableFuture::join)).containsOnly(me()).hasSize(30);
        assertThat(usual.log()).doesNotContain("drop connection");
      }
    }
  }

  @Nested
  class Shells {

    private Host with(SshHosts hosts, SshdFixture server) {
      return hosts.connect(server.target());
    }

    /**
     * What sshd runs for {@code argv}, with the login shell replaced: as if /etc/passwd said so.
     */
    private SshdFixture withShell(String shell) throws IOException {
      return new SshdFixture(
          Files.createDirectory(folder.resolve("shell")),
          "ForceCommand exec " + shell + " \"$SSH_ORIGINAL_COMMAND\"");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"csh -c", "tcsh -c", "bash -c", "dash -c"})
    void ofAnyKindRunTheSameScripts(String shell) throws IOException {
      try (SshdFixture server = withShell(shell);
          SshHosts hosts = server.hosts()) {
        CommandResult result =
            with(hosts, server)
                .run(
                    Command.script(
                            "x='a!b $HOME `id`'\nif [ -n \"$x\" ]; then echo \"$x\" 2>&1; fi; cat; exit 3",
                            DEADLINE)
                        .withInput("read this"));
        assertThat(result).isEqualTo(new CommandResult(3, "a!b $HOME `id`\nread this", ""));
      }
    }

    @Test
    void thatSayHelloDoNotDisturbTheOutput() throws IOException {
      try (SshdFixture server = withShell("sh -c 'echo hello from the profile; eval \"$1\"' sh");
          SshHosts hosts = server.hosts()) {
        assertThat(with(hosts, server).run(Command.script("echo text", DEADLINE)))
            .isEqualTo(new CommandResult(0, "text\n", ""));
      }
    }

    @Test
    void thatRunNothingAreNoSuccess() throws IOException {
      try (SshdFixture server = withShell("echo 'This account is not available.' #");
          SshHosts hosts = server.hosts()) {
        HostException refusal =
            failure(() -> with(hosts, server).run(Command.script("true", DEADLINE)));
        assertThat(refusal.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refusal)
            .hasMessageContaining("ran no command")
            .hasMessageContaining("This account is not available.");
      }
    }

    @Test
    void areSilentAboutABanner() throws IOException {
      Path banner =
          Files.writeString(folder.resolve("banner"), "Authorized users only!\n".repeat(50));
      try (SshdFixture server =
              new SshdFixture(Files.createDirectory(folder.resolve("shell")), "Banner " + banner);
          SshHosts hosts = server.hosts()) {
        assertThat(with(hosts, server).run(Command.script("echo text", DEADLINE)))
            .isEqualTo(new CommandResult(0, "text\n", ""));
      }
    }
  }

  @Test
  void aClosedConnectionRunsNothingMore() {
    SshHosts hosts = sshd.hosts();
    Host host = hosts.connect(sshd.target());
    hosts.close();
    assertThat(failure(() -> host.run(Command.script("true", DEADLINE))).kind())
        .isEqualTo(Kind.LOST);
  }

  @Test
  void aHostThatIsClosedDoesNotCloseItsTwin() {
    try (SshHosts hosts = sshd.hosts()) {
      Host first = hosts.connect(sshd.target());
      Host second = hosts.connect(sshd.target());
      first.close();
      first.close();
      assertThat(failure(() -> first.run(Command.script("true", DEADLINE))).kind())
          .isEqualTo(Kind.LOST);
      assertThat(whoAmI(second)).isEqualTo(me());
      second.close();
      assertThat(whoAmI(hosts.connect(sshd.target()))).isEqualTo(me());
    }
  }

  @Test
  void waitingForALoginEndsWhenInterrupted() throws IOException {
    try (ServerSocket hole = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        SshHosts hosts = sshd.hosts()) {
      SshTarget target =
          new SshTarget(
              "bell",
              "127.0.0.1",
              OptionalInt.of(hole.getLocalPort()),
              Optional.of(me()),
              Optional.empty(),
              Optional.of(sshd.emptyConfig()),
              Optional.empty(),
              HostKeyPolicy.STRICT);
      CompletableFuture<HostException> result = new CompletableFuture<>();
      Thread thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      hosts.connect(target);
                      result.completeExceptionally(new AssertionError("connected"));
                    } catch (HostException e) {
                      result.complete(e);
                    }
                  });
      try (Socket accepted = hole.accept()) {
        thread.interrupt();
        assertThat(result.join().kind()).isEqualTo(Kind.INTERRUPTED);
        assertThat(accepted.isConnected()).isTrue();
      } catch (CompletionException e) {
        throw new AssertionError(e.getCause());
      }
    }
  }
}
