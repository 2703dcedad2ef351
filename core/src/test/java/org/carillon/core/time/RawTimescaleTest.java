package org.carillon.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RawTimescaleTest {

  private static final long EPOCH_NS = 1_800_000_000_000_000_000L;
  private static final long MS_NS = 1_000_000;
  private static final long SECOND_NS = 1_000 * MS_NS;

  private final SteeredClock clock = new SteeredClock();

  /** A stamp, and what the counter showed at that moment. */
  private record Stamp(long realtimeNs, long rawNs) {}

  private Stamp stamp() {
    return new Stamp(clock.localNow(), clock.rawNow);
  }

  private void assertHolds(RawTimescale timescale, Stamp stamp) {
    Moment moment = timescale.at(stamp.realtimeNs());
    assertThat(stamp.rawNs()).isBetween(moment.rawNs() - moment.rawUncertaintyNs(), moment.rawNs());
  }

  @Test
  void aPairIsAsWideAsReadingTheClockTakes() {
    Moment moment = new RawTimescale(clock).pair();
    assertThat(moment.rawNs()).isEqualTo(clock.rawNow);
    assertThat(moment.rawUncertaintyNs()).isEqualTo(2 * SteeredClock.READ_NS);
    assertThat(moment.localNs()).isEqualTo(moment.realtimeNs());
  }

  @Test
  void aStampIsCarriedOverAsExactlyAsThePairsAre() {
    RawTimescale timescale = new RawTimescale(clock);
    clock.advance(3 * SECOND_NS);
    Stamp stamp = stamp();
    clock.advance(MS_NS);
    timescale.pair();
    assertHolds(timescale, stamp);
    assertThat(timescale.at(stamp.realtimeNs()).rawUncertaintyNs()).isLessThan(100);
  }

  @Test
  void betweenPairsAStampIsUncertainByWhatTheClockWasSlewed() {
    RawTimescale timescale = new RawTimescale(clock);
    clock.slewPpm = 500;
    clock.advance(100 * MS_NS);
    Stamp stamp = stamp();
    clock.advance(100 * MS_NS);
    timescale.pair();
    assertHolds(timescale, stamp);
    assertThat(timescale.at(stamp.realtimeNs()).rawUncertaintyNs()).isBetween(100_000L, 100_200L);
  }

  @Test
  void aStepForwardBetweenPairsCostsNoMoreThanTheTimeBetweenThem() {
    RawTimescale timescale = new RawTimescale(clock);
    clock.advance(20 * MS_NS);
    timescale.pair();
    Stamp before = stamp();
    clock.advance(5 * MS_NS);
    clock.stepNs += SECOND_NS;
    Stamp after = stamp();
    clock.advance(5 * MS_NS);
    timescale.pair();
    for (Stamp stamp : List.of(before, after)) {
      assertHolds(timescale, stamp);
      assertThat(timescale.at(stamp.realtimeNs()).rawUncertaintyNs()).isLessThan(11 * MS_NS);
    }
    clock.advance(20 * MS_NS);
    Stamp later = stamp();
    timescale.pair();
    assertHolds(timescale, later);
    assertThat(timescale.at(later.realtimeNs()).rawUncertaintyNs()).isLessThan(100);
  }

  @Test
  void afterAStepBackAStampCanStandForTwoMomentsUntilTheFirstIsForgotten() {
    RawTimescale timescale = new RawTimescale(clock);
    for (int i = 0; i < 20; i++) {
      clock.advance(10 * MS_NS);
      timescale.pair();
    }
    clock.stepNs -= 100 * MS_NS;
    clock.advance(10 * MS_NS);
    Stamp stamp = stamp();
    timescale.pair();
    assertHolds(timescale, stamp);
    assertThat(timescale.at(stamp.realtimeNs()).rawUncertaintyNs())
        .isBetween(100 * MS_NS - 1_000, 100 * MS_NS + 1_000);
  }

  @Test
  void aClockReadWhileSomethingElseRanIsReadAgain() {
    clock.interruptionsNs = new ArrayList<>(List.of(0L, 3 * MS_NS, 0L, 0L));
    assertThat(new RawTimescale(clock).at(clock.localNow()).rawUncertaintyNs()).isLessThan(1_000);
  }

  /** Whatever is done to the clock: slews up to 10 %, steps, pairs few or many. */
  @Property(tries = 500)
  void theCounterIsAlwaysInside(@ForAll long seed, @ForAll @IntRange(min = 1, max = 31) int pairs) {
    SplittableRandom random = new SplittableRandom(seed);
    RawTimescale timescale = new RawTimescale(clock);
    List<Stamp> stamps = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      clock.slewPpm = random.nextInt(4) == 0 ? random.nextDouble(-100_000, 100_000) : 0;
      clock.advance(random.nextLong(20 * MS_NS));
      stamps.add(stamp());
      if (random.nextInt(8) == 0) {
        long stepNs = random.nextLong(50 * MS_NS, SECOND_NS);
        clock.stepNs += random.nextBoolean() ? stepNs : -stepNs;
        stamps.add(stamp());
      }
      clock.advance(random.nextLong(20 * MS_NS));
      timescale.pair();
    }
    stamps.forEach(stamp -> assertHolds(timescale, stamp));
  }

  /** A clock that is slewed and stepped over a counter that is not; reading either takes time. */
  private static final class SteeredClock implements ClockSource {

    static final long READ_NS = 25;

    long rawNow = SECOND_NS;
    double slewPpm;
    long stepNs;
    List<Long> interruptionsNs = new ArrayList<>();
    private double slewedNs;

    void advance(long ns) {
      rawNow += ns;
      slewedNs += ns * slewPpm * 1e-6;
    }

    long localNow() {
      return EPOCH_NS + rawNow + Math.round(slewedNs) + stepNs;
    }

    private void read() {
      advance(READ_NS + (interruptionsNs.isEmpty() ? 0 : interruptionsNs.removeFirst()));
    }

    @Override
    public long rawNs() {
      read();
      return rawNow;
    }

    @Override
    public long realtimeNs() {
      read();
      return localNow();
    }

    @Override
    public long localNs(long realtimeNs) {
      return realtimeNs;
    }

    @Override
    public long monotonicNs() {
      return rawNow;
    }

    @Override
    public boolean rawIsFreeRunning() {
      return true;
    }

    @Override
    public long suspendedNs() {
      return 0;
    }

    @Override
    public boolean knowsTrueTime() {
      return false;
    }

    @Override
    public void sleepUntil(long deadlineNs) {
      advance(deadlineNs - rawNow);
    }

    @Override
    public String specification() {
      return "steered";
    }
  }
}
