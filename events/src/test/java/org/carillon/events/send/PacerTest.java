package org.carillon.events.send;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.ForwardingClock;
import org.carillon.core.time.ManualClock;
import org.carillon.core.time.SimulatedClock;
import org.carillon.events.StopRequest;
import org.junit.jupiter.api.Test;

class PacerTest {

  private static final long START_NS = 1_761_411_671_000_000_000L;

  @Property(tries = 300)
  void aClockThatDriftsIsMetWithinMicroseconds(
      @ForAll @DoubleRange(min = -1_000, max = 1_000) double driftPpm,
      @ForAll @LongRange(min = 0, max = 20_000_000_000L) long offsetNs)
      throws InterruptedException {
    ManualClock realtime = new ManualClock(START_NS);
    ClockSource clock =
        new SimulatedClock(realtime, new SimulatedClock.Errors(5, driftPpm, 0, 1), START_NS);
    Pacer pacer = new Pacer(clock);
    assertThat(pacer.await(offsetNs, new StopRequest())).isTrue();
    // 0.1 % of the last wait, which is below 2 ms
    assertThat(pacer.elapsedNs() - offsetNs).isBetween(0L, 2_000L);
    assertThat(clock.nowNs() - pacer.startLocalNs() - offsetNs).isBetween(0L, 2_000L);
  }

  @Test
  void aMomentThatHasPassedIsNotWaitedFor() throws InterruptedException {
    ManualClock clock = new ManualClock(START_NS);
    Pacer pacer = new Pacer(clock);
    clock.advance(1_000);
    assertThat(pacer.await(500, new StopRequest())).isTrue();
    assertThat(clock.realtimeNs()).isEqualTo(START_NS + 1_000);
  }

  @Test
  void aStopEndsAWaitOfHours() throws InterruptedException {
    StopRequest stop = new StopRequest();
    stop.request();
    assertThat(new Pacer(new ManualClock(START_NS)).await(Long.MAX_VALUE / 4, stop)).isFalse();
  }

  @Test
  void aStepOfTheMachinesClockNeitherHaltsTheEventsNorHurriesThem() throws InterruptedException {
    SteppingClock clock = new SteppingClock();
    Pacer pacer = new Pacer(clock);
    clock.stepNs = -3_600_000_000_000L;
    assertThat(pacer.await(100_000_000, new StopRequest())).isTrue();
    assertThat(clock.monotonicNs()).isEqualTo(START_NS + 100_000_000);
    clock.stepNs = 3_600_000_000_000L;
    assertThat(pacer.await(200_000_000, new StopRequest())).isTrue();
    assertThat(clock.monotonicNs()).isEqualTo(START_NS + 200_000_000);
  }

  /** A clock whose realtime is set by somebody while its monotonic clock goes on. */
  private static final class SteppingClock extends ForwardingClock {
    private long stepNs;

    SteppingClock() {
      super(new ManualClock(START_NS));
    }

    @Override
    public long realtimeNs() {
      return super.realtimeNs() + stepNs;
    }
  }
}
