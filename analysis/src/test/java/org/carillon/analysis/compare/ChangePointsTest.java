package org.carillon.analysis.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.carillon.analysis.compare.ChangePoints.ChangePoint;
import org.junit.jupiter.api.Test;

class ChangePointsTest {

  private static double[] noise(Random random, int n) {
    return random.doubles(n).map(it -> 100 + it).toArray();
  }

  /** Normal noise and a level that rises by so many standard deviations from an index on. */
  private static double[] step(Random random, int n, int index, double rise) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = 50 + random.nextGaussian() + (i >= index ? rise : 0);
    }
    return values;
  }

  /**
   * The same statistic from pairs of values rather than from ranks: values within a stretch that
   * are greater than those outside less those that are smaller, squared, by m(n−m).
   */
  private static double slow(List<Double> values) {
    int n = values.size();
    double most = 0;
    for (int from = 0; from < n; from++) {
      for (int to = from + 3; to <= n; to++) {
        boolean edges = (from == 0 || from >= 3) && (to == n || n - to >= 3);
        if (edges && n - (to - from) >= 3) {
          most = Math.max(most, slow(values, from, to));
        }
      }
    }
    return most;
  }

  private static double slow(List<Double> values, int from, int to) {
    int m = to - from;
    double wins = 0;
    for (int i = from; i < to; i++) {
      for (int j = 0; j < values.size(); j++) {
        wins += j >= from && j < to ? 0 : Math.signum(values.get(i) - values.get(j));
      }
    }
    return wins * wins / (m * (double) (values.size() - m));
  }

  @Test
  void thePValueIsThatOfASlowTestOfItsOwn() {
    double[] values = {3, 1, 4, 1, 5, 3, 2, 2, 6, 9, 7, 8, 9, 7, 8, 9};
    List<Double> list = new ArrayList<>();
    for (double value : values) {
      list.add(value);
    }
    double observed = slow(list);
    int atLeast = 0;
    Random random = new Random(3);
    int rounds = 20_000;
    for (int i = 0; i < rounds; i++) {
      Collections.shuffle(list, random);
      atLeast += slow(list) >= observed - 1e-9 ? 1 : 0;
    }
    List<ChangePoint> changes = ChangePoints.of(values, 1);
    assertThat(changes).hasSize(1);
    assertThat(changes.getFirst().index()).isEqualTo(8);
    // 1,000 draws of a p near 0.001 lie within 0.003 of it.
    assertThat(changes.getFirst().pValue()).isCloseTo((double) atLeast / rounds, within(0.003));
  }

  @Test
  void theClearestOrderOfTwelveRunsIsRareEnoughAndOfElevenIsNot() {
    double[] twelve = {1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16};
    // Four of the 924 ways to part twelve runs by six are as clear.
    assertThat(ChangePoints.of(twelve, 1).getFirst().pValue()).isCloseTo(4.0 / 924, within(0.006));
    assertThat(ChangePoints.of(Arrays.copyOf(twelve, 11), 1)).isEmpty();
  }

  @Test
  void aKnownChangeIsFoundWhereItIs() {
    Random random = new Random(5);
    int near = 0;
    for (int i = 0; i < 50; i++) {
      List<ChangePoint> changes = ChangePoints.of(step(random, 40, 25, 3), 1);
      assertThat(changes).as("series " + i).isNotEmpty();
      near += changes.stream().anyMatch(it -> Math.abs(it.index() - 25) <= 1) ? 1 : 0;
    }
    assertThat(near).isGreaterThanOrEqualTo(45);
  }

  @Test
  void aFewRunsOfAnotherLevelAreFoundToTheRun() {
    Random random = new Random(12);
    for (int i = 0; i < 20; i++) {
      double[] values = noise(random, 200);
      for (int run = 60; run < 90; run++) {
        values[run] += 3; // noise is 1 wide
      }
      assertThat(ChangePoints.of(values, i))
          .as("series " + i)
          .extracting(ChangePoint::index)
          .contains(60, 90);
    }
  }

  @Test
  void upAndDownAgainAreTwoChangesWithTheirMedians() {
    Random random = new Random(6);
    double[] values = step(random, 60, 20, 8);
    for (int i = 40; i < 60; i++) {
      values[i] -= 8;
    }
    List<ChangePoint> changes = ChangePoints.of(values, 1);
    assertThat(changes).extracting(ChangePoint::index).containsExactly(20, 40);
    assertThat(changes.get(0).before()).isCloseTo(50, within(1.0));
    assertThat(changes.get(0).after()).isCloseTo(58, within(1.0));
    assertThat(changes.get(1).before()).isEqualTo(changes.get(0).after());
    assertThat(changes.get(1).after()).isCloseTo(50, within(1.0));
  }

  @Test
  void aStableSeriesRaisesAnAlarmAtMostAsOftenAsTheLevelSays() {
    Random random = new Random(8);
    int alarms = 0;
    int rounds = 2_000;
    for (int i = 0; i < rounds; i++) {
      alarms += ChangePoints.of(noise(random, 12 + i % 40), i).isEmpty() ? 0 : 1;
    }
    // Of a probability of 0.01, 2,000 rounds give 20 alarms, and more than 34 once in a thousand.
    assertThat(alarms).isLessThanOrEqualTo(34);
  }

  @Test
  void runsThatWentAstrayAreNoChange() {
    double[] values = noise(new Random(9), 50);
    values[12] = 1e9;
    values[30] = -1e9;
    values[31] = 1e12;
    assertThat(ChangePoints.of(values, 1)).isEmpty();
    assertThat(ChangePoints.of(new double[100], 1)).isEmpty();
  }

  @Test
  void countsThatAreNearlyAlwaysZeroChangeOnceTheyAreNot() {
    double[] violations = new double[30];
    violations[4] = 1;
    for (int i = 24; i < 30; i++) {
      violations[i] = 2;
    }
    assertThat(ChangePoints.of(violations, 1)).extracting(ChangePoint::index).containsExactly(24);
  }

  @Test
  void theSameSeedGivesTheSame() {
    double[] values = step(new Random(10), 30, 15, 2);
    assertThat(ChangePoints.of(values, 42)).isEqualTo(ChangePoints.of(values, 42));
  }

  @Test
  void tiesShareTheirRanks() {
    assertThat(ChangePoints.doubledRanks(new double[] {7, 3, 7, 1})).containsExactly(7, 4, 7, 2);
  }
}
