package org.carillon.ntp.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.carillon.core.net.HostPort;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.ClockSpec;
import org.carillon.core.time.SystemClock;
import org.carillon.ntp.TimeKeeper;
import org.carillon.ntp.server.TimeServer;
import org.junit.jupiter.api.Test;

class ClockMeasuringTest {

  private static final TimeKeeper.Settings OFTEN =
      new TimeKeeper.Settings(Duration.ofMillis(50), Duration.ofSeconds(1), 50);

  private static TimeServer server() {
    return TimeServer.start(
        new SystemClock(),
        new TimeServer.Settings(
            List.of(InetAddress.getLoopbackAddress()),
            0,
            OptionalInt.empty(),
            List.of(),
            OptionalInt.of(5),
            OptionalDouble.empty(),
            TimeKeeper.Settings.defaults()));
  }

  @Test
  void theOffsetAndTheDriftOfAClockAreWithinTheirBounds() throws InterruptedException {
    ClockSource clock = ClockSpec.parse("simulated:offset=250ms,drift_ppm=20");
    List<ClockMeasuring.Progress> progress = new ArrayList<>();
    try (TimeServer server = server()) {
      ClockFindings findings =
          new ClockMeasuring(
                  clock,
                  List.of(new HostPort("127.0.0.1", server.port())),
                  Duration.ofMillis(2_300),
                  OFTEN)
              .run(progress::add);

      ClockFindings.Measured time = findings.time().orElseThrow();
      OffsetBounds offset = time.offset().orElseThrow();
      long driftedNs = 20_000L * 60; // in a minute, which no machine takes for this
      assertThat(-250_000_000L).isBetween(offset.lowestNs(), offset.highestNs() + driftedNs);
      time.drift()
          .ifPresent(drift -> assertThat(20.0).isBetween(drift.lowestPpm(), drift.highestPpm()));
      ServerFindings found = time.servers().getFirst();
      assertThat(found.accepted()).isBetween(1, found.asked());
      assertThat(found.best().orElseThrow().stratum()).isEqualTo(5);
      assertThat(found.best().orElseThrow().delayMinNs())
          .isLessThanOrEqualTo(found.best().orElseThrow().delayMedianNs());
      assertThat(time.measured()).isEqualTo(time.wanted());
      assertThat(time.moments()).extracting(TimedOffset::trueNs).isSorted();
      assertThat(progress).isNotEmpty();
      assertThat(findings.node()).isNotBlank();
    }
  }

  @Test
  void secondsAreThoseOfTrueTimeSoThatNodesCanBeCompared() {
    assertThat(ClockMeasuring.untilNextSecondNs(1_795_000_000_250_000_000L)).isEqualTo(750_000_000);
    assertThat(ClockMeasuring.untilNextSecondNs(1_795_000_000_000_000_000L))
        .isEqualTo(1_000_000_000);
    assertThat(ClockMeasuring.untilNextSecondNs(-1)).isEqualTo(1);
  }

  @Test
  void whoIsStoppedSaysWhatIsKnownByThen() throws InterruptedException, IOException {
    try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      ClockMeasuring measuring =
          new ClockMeasuring(
              new SystemClock(),
              List.of(new HostPort("127.0.0.1", taken.getLocalPort())),
              Duration.ofHours(1),
              OFTEN);

      ClockFindings findings = measuring.run(progress -> measuring.stop());

      ClockFindings.Measured time = findings.time().orElseThrow();
      assertThat(time.measured()).isLessThan(Duration.ofMinutes(10));
      assertThat(time.offset()).isEmpty();
      assertThat(time.isAnswered()).isFalse();
      assertThat(ClockReport.of(Samples.AT, findings, Thresholds.defaults()).isCutShort()).isTrue();
    }
  }

  @Test
  void withoutServersOnlyTheSystemIsLookedAt() throws InterruptedException {
    ClockFindings findings =
        new ClockMeasuring(new SystemClock(), List.of(), Duration.ofHours(1), OFTEN)
            .run(progress -> {});
    assertThat(findings.time()).isEmpty();
    assertThat(findings.node()).isNotBlank();
  }
}
