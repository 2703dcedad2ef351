package org.carillon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.carillon.core.CheckVerdict;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.experiment.HostKind;
import org.carillon.core.net.HostPort;
import org.carillon.core.time.SystemClock;
import org.carillon.ssh.LocalHost;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  @TempDir Path temporary;
  private Distribution distribution;

  @BeforeEach
  void makeDistribution() {
    new FakeDistribution(temporary.resolve("dist"));
    distribution = Distribution.at(temporary.resolve("dist"));
  }

  /** This machine as if it were another one. */
  private Site site(String workFolder) {
    LocalHost host = new LocalHost("n1");
    return new Site(
        "n1",
        new Experiment.HostSpec(
            HostKind.SSH, "n1", OptionalInt.empty(), Optional.empty(), Optional.empty()),
        host,
        HostFacts.ask(host, DEADLINE),
        workFolder);
  }

  private List<Check> check(Preflight.Question question) {
    return new Preflight(distribution, 1, "abc", new ClockOffset(new SystemClock()))
        .check(question, DEADLINE);
  }

  private static Check named(List<Check> checks, String name) {
    return checks.stream().filter(check -> check.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void aGoodHostPassesAndNothingOfTheCheckStays() throws IOException {
    Path work = temporary.resolve("work 'here'");
    HostFacts facts = site(work.toString()).facts();
    Files.createDirectories(temporary.resolve("dist/share"));
    Files.writeString(distribution.archiveFile(facts.architecture()), "archive");

    List<Check> checks =
        check(new Preflight.Question(site(work.toString()), OptionalInt.empty(), List.of()));

    assertThat(checks)
        .allSatisfy(c -> assertThat(c.verdict()).as(c.text()).isEqualTo(CheckVerdict.PASS));
    assertThat(named(checks, "shared").sentence()).contains("shared with this machine");
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void anArchitectureWithoutAnArchiveFails() {
    Check check =
        named(
            check(
                new Preflight.Question(site(temporary + "/work"), OptionalInt.empty(), List.of())),
            "system");

    assertThat(check.verdict()).isEqualTo(CheckVerdict.FAIL);
    assertThat(check.text()).contains("put carillon-node-1.2.3-linux-");
  }

  @Test
  void aWorkFolderThatCannotBeMadeFails() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");

    List<Check> checks =
        check(new Preflight.Question(site(file + "/work"), OptionalInt.empty(), List.of()));

    assertThat(named(checks, "work folder").verdict()).isEqualTo(CheckVerdict.FAIL);
    assertThat(named(checks, "work folder").text()).contains("choose another work_dir");
    assertThat(named(checks, "noexec").verdict()).isEqualTo(CheckVerdict.UNKNOWN);
  }

  @Test
  void aTakenPortFailsAndAFreeOnePasses() throws IOException {
    int port;
    try (DatagramSocket taken = new DatagramSocket()) {
      port = taken.getLocalPort();
      Check check = named(check(question(port)), "port");
      assertThat(check.verdict()).isEqualTo(CheckVerdict.FAIL);
    }
    assertThat(named(check(question(port)), "port").verdict()).isEqualTo(CheckVerdict.PASS);
  }

  private Preflight.Question question(int port) {
    return new Preflight.Question(site(temporary + "/work"), OptionalInt.of(port), List.of());
  }

  @Test
  void aTimeServerThatAnswersIsToldFromOneThatDoesNot() throws IOException {
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answer(server));
      HostPort good = new HostPort("127.0.0.1", server.getLocalPort());
      HostPort bad = new HostPort("127.0.0.1", silent.getLocalPort());

      List<Check> checks =
          check(
              new Preflight.Question(
                  site(temporary + "/work"), OptionalInt.empty(), List.of(good, bad)));

      assertThat(checks)
          .filteredOn(check -> check.name().equals("time server"))
          .extracting(Check::verdict)
          .containsExactly(CheckVerdict.PASS, CheckVerdict.FAIL);
    }
  }

  /** An answer of the right size to whoever asks with the right size. */
  private static void answer(DatagramSocket server) {
    DatagramPacket request = new DatagramPacket(new byte[512], 512);
    try {
      server.receive(request);
      if (request.getLength() == 48 && request.getData()[0] == 0x23) {
        server.send(new DatagramPacket(new byte[48], 48, request.getSocketAddress()));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  @Test
  void theClockOffsetIsBoundedByTheRoundTrip() {
    ClockOffset.Bounds bounds =
        new ClockOffset(new SystemClock()).measure(site(temporary + "/work").host()).orElseThrow();

    assertThat(bounds.earliestNs()).as("it is the same clock").isLessThanOrEqualTo(0);
    assertThat(bounds.latestNs()).isGreaterThanOrEqualTo(0);
  }

  @Test
  void aClockThatIsFarOffIsAWarning() {
    assertThat(ClockOffset.judge(new ClockOffset.Bounds(2_000_000_000L, 2_004_000_000L)).verdict())
        .isEqualTo(CheckVerdict.WARN);
    assertThat(ClockOffset.judge(new ClockOffset.Bounds(-900_000_000L, 2_004_000_000L)).verdict())
        .as("it may be right")
        .isEqualTo(CheckVerdict.PASS);
    assertThat(new ClockOffset.Bounds(1_000_000, 3_000_000)).hasToString("+2.000 ms ± 1.000 ms");
  }
}
