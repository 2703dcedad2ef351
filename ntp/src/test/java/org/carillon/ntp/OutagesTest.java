package org.carillon.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.carillon.clock.Assumptions;
import org.carillon.clock.BoundedClock;
import org.carillon.clock.ClockState;
import org.carillon.core.time.ManualClock;
import org.carillon.core.time.SimulatedClock;

/** Servers that are asked at random moments, through outages. */
class OutagesTest {

  private static final long EPOCH_NS = 1_800_000_000_000_000_000L;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long MS_NS = 1_000_000L;
  private static final Assumptions ASSUMPTIONS = Assumptions.defaults();

  /**
   * Simulated hours against a clock whose errors are known: whatever the drift within the bound and
   * however asymmetric the delays, true time is inside.
   */
  @Property(tries = 60)
  void trueTimeIsAlwaysInsideTheInterval(
      @ForAll @DoubleRange(min = -49, max = 49) double driftPpm,
      @ForAll @LongRange(min = -5_000_000_000L, max = 5_000_000_000L) long offsetNs,
      @ForAll @IntRange(min = 1, max = 3) int servers,
      @ForAll @IntRange(min = 1, max = 60) int pollSeconds,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ManualClock trueTime = new ManualClock(EPOCH_NS);
    // A random walk of 0.0005 ppm a second makes about 0.04 ppm in 2 h: well inside the last ppm.
    SimulatedClock local =
        new SimulatedClock(
            trueTime, new SimulatedClock.Errors(offsetNs, driftPpm, 0.0005, seed), EPOCH_NS);
    BoundedClock bounded = new BoundedClock(ASSUMPTIONS, 1_500 * MS_NS);
    SimulatedServer[] asked = new SimulatedServer[servers];
    for (int i = 0; i < servers; i++) {
      asked[i] = new SimulatedServer("server " + i, trueTime, local, random.split());
    }
    long endNs = EPOCH_NS + 2 * 3_600 * SECOND_NS;
    int readings = 0;
    while (trueTime.realtimeNs() < endNs) {
      SimulatedServer server = asked[random.nextInt(servers)];
      boolean outage = trueTime.realtimeNs() / SECOND_NS % 1_800 < 300;
      if (!outage) {
        bounded.add(server.exchange(ASSUMPTIONS.drift()), 4L * pollSeconds * servers * SECOND_NS);
      }
      for (int i = 0; i < 4; i++) {
        trueTime.advance(random.nextLong(pollSeconds * SECOND_NS / 2) + 1);
        ClockState state = bounded.at(local.rawNs());
        long truthNs = trueTime.realtimeNs();
        state
            .reading()
            .ifPresent(
                reading -> assertThat(truthNs).isBetween(reading.earliestNs(), reading.latestNs()));
        readings += state.reading().isPresent() ? 1 : 0;
      }
    }
    assertThat(readings).as("readings to judge").isGreaterThan(100);
  }
}
