package org.carillon.core.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.carillon.core.fault.DatagramFates.Fate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatagramFatesTest {

  private static final int DRAWS = 100_000;

  private static List<Fate> fates(String faults, long seed) {
    FaultPlan plan = FaultPlan.parse(List.of(faults, "seed=" + seed), new SplittableRandom(1));
    DatagramFates fates = new DatagramFates(plan, new SplittableRandom(plan.seed()));
    return Stream.generate(fates::next).limit(DRAWS).toList();
  }

  private static void assertShare(List<Fate> fates, Predicate<Fate> predicate, double share) {
    double expected = DRAWS * share;
    // Five standard deviations of the binomial: less than one seed in a million is beyond.
    double tolerance = 5 * Math.sqrt(DRAWS * share * (1 - share));
    assertThat((double) fates.stream().filter(predicate).count())
        .isCloseTo(expected, within(tolerance));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 7, -3, 1L << 40})
  void everyShareIsWhatWasAskedFor(long seed) {
    List<Fate> fates = fates("loss=1%,duplicate=0.5%,reorder=30%", seed);
    assertShare(fates, Fate::lost, 0.01);
    assertShare(fates, Fate::copied, 0.005);
    assertShare(fates, Fate::heldBack, 0.3);
    // Independent of each other.
    assertShare(fates, fate -> fate.lost() && fate.heldBack(), 0.003);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void lossesAreIndependentOfTheLossBefore(long seed) {
    List<Fate> fates = fates("loss=20%", seed);
    long pairs = 0;
    for (int i = 1; i < DRAWS; i++) {
      pairs += fates.get(i - 1).lost() && fates.get(i).lost() ? 1 : 0;
    }
    assertThat((double) pairs).isCloseTo(DRAWS * 0.04, within(5 * Math.sqrt(DRAWS * 0.04) * 1.5));
  }

  @Test
  void allOrNoneIsExact() {
    assertThat(fates("loss=100%", 1)).allMatch(Fate::lost);
    assertThat(fates("duplicate=50%", 1))
        .allMatch(fate -> !fate.lost() && !fate.heldBack() && fate.delayNs() == 0);
  }

  @Test
  void delaysFillTheirRangeEvenly() {
    List<Fate> fates = fates("delay=2ms..5ms", 1);
    for (LongStream delays :
        List.of(
            fates.stream().mapToLong(Fate::delayNs), fates.stream().mapToLong(Fate::copyDelayNs))) {
      var statistics = delays.summaryStatistics();
      assertThat(statistics.getMin()).isBetween(2_000_000L, 2_001_000L);
      assertThat(statistics.getMax()).isBetween(4_999_000L, 5_000_000L);
      // The mean of an even distribution varies by its width / √(12 n).
      assertThat(statistics.getAverage())
          .isCloseTo(3_500_000, within(5 * 3_000_000 / Math.sqrt(12.0 * DRAWS)));
    }
    assertThat(fates("delay=2ms", 1)).allMatch(fate -> fate.delayNs() == 2_000_000);
  }

  @Test
  void theSameSeedHasTheSameFatesAndAnotherHasOthers() {
    String faults = "loss=1%,delay=2ms..5ms,duplicate=1%,reorder=1%";
    assertThat(fates(faults, 7)).isEqualTo(fates(faults, 7)).isNotEqualTo(fates(faults, 8));
  }

  @Test
  void whichDatagramsAreLostDoesNotDependOnTheOtherFaults() {
    assertThat(fates("loss=10%,delay=2ms..5ms,reorder=5%,duplicate=5%", 7))
        .extracting(Fate::lost)
        .isEqualTo(fates("loss=10%", 7).stream().map(Fate::lost).toList());
  }

  @Test
  void aHigherShareLosesAllThatALowerOneLoses() {
    List<Fate> few = fates("loss=1%", 7);
    List<Fate> many = fates("loss=10%", 7);
    for (int i = 0; i < DRAWS; i++) {
      assertThat(many.get(i).lost() || !few.get(i).lost()).isTrue();
    }
  }
}
