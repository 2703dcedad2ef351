package org.carillon.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.ManualClock;
import org.carillon.core.time.Reading;
import org.carillon.core.time.SimulatedClock;
import org.junit.jupiter.api.Test;

class BoundedClockTest {

  private static final long EPOCH_NS = 1_800_000_000_000_000_000L;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long MS_NS = 1_000_000L;
  private static final long FRESH_NS = 4 * SECOND_NS;
  private static final Assumptions ASSUMPTIONS = Assumptions.freeRunning();

  private final BoundedClock clock = new BoundedClock(ASSUMPTIONS, 1_500 * MS_NS);

  private static Measurement measurement(String server, long localNs, long offsetNs, long errorNs) {
    return new Measurement(server, localNs, offsetNs, errorNs, 0, 1, 0, 0);
  }

  private void add(String server, long localNs, long offsetNs, long errorNs) {
    clock.add(measurement(server, localNs, offsetNs, errorNs), FRESH_NS);
  }

  private Reading reading(long localNs) {
    return clock.at(localNs).reading().orElseThrow();
  }

  @Test
  void withoutASampleThereIsNoInterval() {
    assertThat(clock.at(EPOCH_NS)).isEqualTo(ClockState.UNSYNCHRONIZED);
  }

  @Test
  void theIntervalIsTheOffsetPlusMinusTheRootDistanceAndTheDrift() {
    add("a", EPOCH_NS, 3 * MS_NS, MS_NS);
    assertThat(clock.at(EPOCH_NS).reading())
        .contains(
            new Reading(
                EPOCH_NS + 2 * MS_NS,
                EPOCH_NS + 3 * MS_NS,
                EPOCH_NS + 4 * MS_NS,
                ClockStatus.SYNCHRONIZED));
    // 50 ppm over 2 s are 100 µs, and 5 ns more because the 2 s are the local clock's own.
    long laterNs = EPOCH_NS + 2 * SECOND_NS;
    assertThat(reading(laterNs).earliestNs()).isEqualTo(laterNs + 2 * MS_NS - 100_006);
    assertThat(reading(laterNs).latestNs()).isEqualTo(laterNs + 4 * MS_NS + 100_006);
    assertThat(clock.at(laterNs).ntp()).contains(new NtpOffset(3 * MS_NS, MS_NS + 100_006));
  }

  @Test
  void anEventBeforeTheSampleIsBoundedToo() {
    add("a", EPOCH_NS, 0, MS_NS);
    assertThat(reading(EPOCH_NS - SECOND_NS).widthNs())
        .isEqualTo(reading(EPOCH_NS + SECOND_NS).widthNs());
  }

  @Test
  void afterThreeMissedPollsItIsInHoldoverAndHasNoMeasuredOffset() {
    add("a", EPOCH_NS, 0, MS_NS);
    assertThat(clock.at(EPOCH_NS + FRESH_NS).status()).isEqualTo(ClockStatus.SYNCHRONIZED);
    ClockState late = clock.at(EPOCH_NS + FRESH_NS + 1);
    assertThat(late.status()).isEqualTo(ClockStatus.HOLDOVER);
    assertThat(late.ntp()).isEmpty();
    assertThat(late.reading().orElseThrow().status()).isEqualTo(ClockStatus.HOLDOVER);
  }

  @Test
  void anIntervalThatSaysNothingAnyMoreIsGivenUp() {
    add("a", EPOCH_NS, 0, MS_NS);
    // 1.5 s at 50 ppm take 8 h 20 min.
    assertThat(clock.at(EPOCH_NS + 8 * 3_600 * SECOND_NS).status()).isEqualTo(ClockStatus.HOLDOVER);
    assertThat(clock.at(EPOCH_NS + 9 * 3_600 * SECOND_NS)).isEqualTo(ClockState.UNSYNCHRONIZED);
  }

  @Test
  void aNarrowOldSampleIsPreferredToAWideNewOne() {
    add("a", EPOCH_NS, 0, 100_000);
    add("a", EPOCH_NS + SECOND_NS, 0, MS_NS);
    assertThat(reading(EPOCH_NS + SECOND_NS).widthNs()).isEqualTo(2 * 150_003);
    assertThat(clock.at(EPOCH_NS + SECOND_NS + FRESH_NS).status())
        .as("the wide sample still shows that the server is there")
        .isEqualTo(ClockStatus.SYNCHRONIZED);
  }

  @Test
  void aNewSampleReplacesAnOldOneThatHasBecomeWider() {
    add("a", EPOCH_NS, 0, 100_000);
    add("a", EPOCH_NS + 10 * SECOND_NS, 7, 500_000);
    assertThat(clock.selected()).map(Measurement::errorNs).contains(500_000L);
    assertThat(clock.at(EPOCH_NS + 10 * SECOND_NS).ntp()).contains(new NtpOffset(7, 500_000));
    assertThat(reading(EPOCH_NS + 10 * SECOND_NS).widthNs())
        .as("what the old one excludes stays excluded")
        .isLessThanOrEqualTo(2 * 500_000 + 2);
  }

  @Test
  void aServerThatContradictsItselfIsOutUntilTwoAnswersAgree() {
    add("a", EPOCH_NS, 0, MS_NS);
    add("a", EPOCH_NS + SECOND_NS, 50 * MS_NS, MS_NS);
    assertThat(clock.at(EPOCH_NS + SECOND_NS)).isEqualTo(ClockState.UNSYNCHRONIZED);
    add("a", EPOCH_NS + 2 * SECOND_NS, 50 * MS_NS, MS_NS);
    assertThat(reading(EPOCH_NS + 2 * SECOND_NS).bestNs())
        .isEqualTo(EPOCH_NS + 2 * SECOND_NS + 50 * MS_NS);
  }

  @Test
  void theNarrowestOfSeveralServersThatAgreeGivesTheInterval() {
    add("wide", EPOCH_NS, 0, 10 * MS_NS);
    add("narrow", EPOCH_NS, MS_NS, MS_NS);
    add("middle", EPOCH_NS, 0, 2 * MS_NS);
    assertThat(clock.selected()).map(Measurement::server).contains("narrow");
    assertThat(clock.falsetickers()).isEmpty();
  }

  @Test
  void aFalsetickerIsRefusedHoweverNarrowItIs() {
    add("liar", EPOCH_NS, 80 * MS_NS, 1_000);
    add("a", EPOCH_NS, 0, 2 * MS_NS);
    add("b", EPOCH_NS, MS_NS, 2 * MS_NS);
    assertThat(clock.falsetickers()).containsExactly("liar");
    assertThat(reading(EPOCH_NS).bestNs()).isBetween(EPOCH_NS, EPOCH_NS + MS_NS);
  }

  @Test
  void ofTwoServersThatDisagreeNeitherIsBelieved() {
    add("a", EPOCH_NS, 0, MS_NS);
    add("b", EPOCH_NS, 80 * MS_NS, MS_NS);
    assertThat(clock.at(EPOCH_NS)).isEqualTo(ClockState.UNSYNCHRONIZED);
    assertThat(clock.falsetickers()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void aDeadServerHasNoVote() {
    add("dead and wrong", EPOCH_NS, 80 * MS_NS, MS_NS);
    long laterNs = EPOCH_NS + FRESH_NS + 1;
    add("a", laterNs, 0, MS_NS);
    assertThat(reading(laterNs).bestNs()).isEqualTo(laterNs);
  }

  @Test
  void aStepBackTakesTheVoteFromServersNotHeardOfSince() {
    long hourNs = 3_600 * SECOND_NS;
    add("dead", EPOCH_NS + hourNs, 0, MS_NS);
    add("a", EPOCH_NS + hourNs, 0, MS_NS);
    // The clock is set back by an hour, so both offsets grow by one; only a is there to say so.
    add("a", EPOCH_NS, hourNs, MS_NS);
    assertThat(clock.at(EPOCH_NS)).isEqualTo(ClockState.UNSYNCHRONIZED);
    add("a", EPOCH_NS + SECOND_NS, hourNs, MS_NS);
    assertThat(reading(EPOCH_NS + SECOND_NS).bestNs()).isEqualTo(EPOCH_NS + SECOND_NS + hourNs);
  }

  @Test
  void whereMajoritiesDifferTheServerThatBelongsToAllGivesTheInterval() {
    // left meets middle and middle meets right, but left misses right: one of those is wrong.
    add("left", EPOCH_NS, -10 * MS_NS, 2 * MS_NS);
    add("middle", EPOCH_NS, 0, 9 * MS_NS);
    add("right", EPOCH_NS, 10 * MS_NS, 2 * MS_NS);
    assertThat(clock.selected()).map(Measurement::server).contains("middle");
    assertThat(clock.falsetickers()).isEmpty();
  }

  @Test
  void serversThatAgreeNarrowTheIntervalTogether() {
    add("early", EPOCH_NS, -MS_NS, 2 * MS_NS);
    add("late", EPOCH_NS, MS_NS, 2 * MS_NS);
    // An intersection may be a nanosecond wide of the mark, outward.
    assertThat(reading(EPOCH_NS).earliestNs()).isBetween(EPOCH_NS - MS_NS - 1, EPOCH_NS - MS_NS);
    assertThat(reading(EPOCH_NS).latestNs()).isBetween(EPOCH_NS + MS_NS, EPOCH_NS + MS_NS + 1);
  }

  @Test
  void whatContradictsItselfIsCounted() {
    assertThat(clock.broken()).isEqualTo(BrokenAssumptions.NONE);
    add("a", EPOCH_NS, 0, MS_NS);
    add("a", EPOCH_NS + SECOND_NS, 50 * MS_NS, MS_NS);
    assertThat(clock.broken().count()).isEqualTo(1);
    assertThat(clock.broken().last())
        .contains(
            new BrokenAssumptions.Break(EPOCH_NS + SECOND_NS, "a contradicts its earlier answers"));
    add("a", EPOCH_NS + 2 * SECOND_NS, 50 * MS_NS, MS_NS);
    assertThat(clock.broken().count()).as("the next one agrees").isEqualTo(1);
  }

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
        ClockState state = bounded.at(local.nowNs());
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

  @Test
  void aClockThatDriftsBeyondTheBoundLeavesItsInterval() {
    // So the property above can fail.
    ManualClock trueTime = new ManualClock(EPOCH_NS);
    SimulatedClock local =
        new SimulatedClock(trueTime, new SimulatedClock.Errors(0, 500, 0, 1), EPOCH_NS);
    BoundedClock bounded = new BoundedClock(ASSUMPTIONS, 1_500 * MS_NS);
    bounded.add(measurement("a", local.nowNs(), 0, 100_000), FRESH_NS);
    trueTime.advance(SECOND_NS);
    Reading reading = bounded.at(local.nowNs()).reading().orElseThrow();
    assertThat(List.of(reading.earliestNs(), reading.latestNs()))
        .allMatch(edgeNs -> edgeNs > trueTime.realtimeNs());
  }
}
