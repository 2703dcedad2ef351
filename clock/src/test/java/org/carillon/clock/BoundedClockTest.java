package org.carillon.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.carillon.core.record.MeasuredOffset;
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
  private static final Assumptions ASSUMPTIONS = Assumptions.defaults();

  private final BoundedClock clock = new BoundedClock(ASSUMPTIONS, 1_500 * MS_NS);

  private static Measurement measurement(String server, long rawNs, long offsetNs, long errorNs) {
    return new Measurement(server, rawNs, offsetNs, errorNs, 0, 0, 1, 0, 0);
  }

  private void add(String server, long rawNs, long offsetNs, long errorNs) {
    clock.add(measurement(server, rawNs, offsetNs, errorNs), FRESH_NS);
  }

  private Reading reading(long rawNs) {
    return clock.at(rawNs).reading().orElseThrow();
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
    assertThat(clock.at(laterNs).ntp()).contains(new MeasuredOffset(3 * MS_NS, MS_NS + 100_006));
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
    clock.add(measurement("a", EPOCH_NS, 0, 100_000), 20 * SECOND_NS);
    add("a", EPOCH_NS + 10 * SECOND_NS, 7, 500_000);
    assertThat(clock.selected()).map(Measurement::errorNs).contains(500_000L);
    assertThat(clock.at(EPOCH_NS + 10 * SECOND_NS).ntp()).contains(new MeasuredOffset(7, 500_000));
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
            new BrokenAssumptions.Break(
                EPOCH_NS + SECOND_NS,
                BrokenAssumptions.Cause.CONTRADICTION,
                "a contradicts its earlier answers"));
    add("a", EPOCH_NS + 2 * SECOND_NS, 50 * MS_NS, MS_NS);
    assertThat(clock.broken().count()).as("the next one agrees").isEqualTo(1);
  }

  @Test
  void aClockThatDriftsBeyondTheBoundLeavesItsInterval() {
    // So a test that true time is inside can fail.
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

  @Test
  void afterAnOutageOneAnswerIsNotEnoughToBeSynchronizedAgain() {
    add("a", EPOCH_NS, 0, MS_NS);
    assertThat(clock.at(EPOCH_NS).status()).as("the first").isEqualTo(ClockStatus.SYNCHRONIZED);
    long backNs = EPOCH_NS + 10 * SECOND_NS;
    add("a", backNs, 0, MS_NS);
    assertThat(clock.at(backNs).status()).isEqualTo(ClockStatus.HOLDOVER);
    assertThat(clock.at(backNs).ntp()).isEmpty();
    assertThat(reading(backNs).widthNs()).isLessThan(3 * MS_NS);
    add("a", backNs + SECOND_NS, 0, MS_NS);
    assertThat(clock.at(backNs + SECOND_NS).status()).isEqualTo(ClockStatus.SYNCHRONIZED);
  }

  @Test
  void whatIsForgottenBoundsNothingAndIsCounted() {
    add("a", EPOCH_NS, 0, MS_NS);
    clock.forget(EPOCH_NS + SECOND_NS, "suspended for 1 h");
    assertThat(clock.at(EPOCH_NS + SECOND_NS)).isEqualTo(ClockState.UNSYNCHRONIZED);
    assertThat(clock.broken())
        .isEqualTo(
            BrokenAssumptions.NONE.and(
                EPOCH_NS + SECOND_NS, BrokenAssumptions.Cause.SUSPEND, "suspended for 1 h"));
    add("a", EPOCH_NS + SECOND_NS / 2, 0, MS_NS);
    assertThat(clock.at(EPOCH_NS + SECOND_NS))
        .as("an exchange of before that is completed later")
        .isEqualTo(ClockState.UNSYNCHRONIZED);
    add("a", EPOCH_NS + 2 * SECOND_NS, 3_600 * SECOND_NS, MS_NS);
    assertThat(clock.broken().count()).as("nothing is left to contradict").isEqualTo(1);
    assertThat(reading(EPOCH_NS + 2 * SECOND_NS).bestNs()).isEqualTo(EPOCH_NS + 3_602 * SECOND_NS);
  }

  @Test
  void aMomentThatIsNotKnownExactlyIsTakenToBeInTheMiddle() {
    add("a", EPOCH_NS, 0, 100_000);
    Reading exact = reading(EPOCH_NS);
    Reading vague = clock.at(EPOCH_NS, 40_000).reading().orElseThrow();
    assertThat(vague.latestNs()).isEqualTo(exact.latestNs());
    assertThat(vague.bestNs()).isEqualTo(exact.bestNs() - 20_000);
    assertThat(vague.earliestNs())
        .isBetween(exact.earliestNs() - 40_010, exact.earliestNs() - 40_000);
  }
}
