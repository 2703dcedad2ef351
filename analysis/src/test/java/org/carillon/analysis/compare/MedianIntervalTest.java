package org.carillon.analysis.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MedianIntervalTest {

  @Test
  void theIntervalIsThatOfEveryResampleThereIs() {
    double[] values = {50, 10, 40, 20, 60, 30};
    int n = values.length;
    double[] medians = new double[46_656]; // 6 to the power of 6
    for (int resample = 0; resample < medians.length; resample++) {
      double[] drawn = new double[n];
      for (int i = 0, digits = resample; i < n; i++, digits /= n) {
        drawn[i] = values[digits % n];
      }
      Arrays.sort(drawn);
      medians[resample] = drawn[2]; // the third of six
    }
    Arrays.sort(medians);
    MedianInterval interval = MedianInterval.of(values);
    assertThat(interval.value()).isEqualTo(30);
    assertThat(interval.low()).isEqualTo(medians[(int) Math.ceil(0.025 * medians.length) - 1]);
    assertThat(interval.high()).isEqualTo(medians[(int) Math.ceil(0.975 * medians.length) - 1]);
  }

  @Test
  void drawingResamplesAtRandomComesToTheSame() {
    Random random = new Random(7);
    double[] values = random.doubles(41).toArray();
    double[] medians = new double[20_001];
    for (int i = 0; i < medians.length; i++) {
      double[] drawn = new double[values.length];
      for (int j = 0; j < drawn.length; j++) {
        drawn[j] = values[random.nextInt(values.length)];
      }
      Arrays.sort(drawn);
      medians[i] = drawn[20];
    }
    Arrays.sort(medians);
    MedianInterval interval = MedianInterval.of(values);
    // Of 20,001 draws the two percentiles may fall on a value beside.
    assertThat(rank(values, interval.low())).isCloseTo(rank(values, medians[500]), within(1));
    assertThat(rank(values, interval.high())).isCloseTo(rank(values, medians[19_500]), within(1));
  }

  private static int rank(double[] values, double value) {
    return (int) Arrays.stream(values).filter(other -> other <= value).count();
  }

  @Test
  void theMedianOfWhatTheValuesWereDrawnFromLiesWithinAboutAsOftenAsItShould() {
    Random random = new Random(11);
    int held = 0;
    for (int i = 0; i < 2_000; i++) {
      MedianInterval interval = MedianInterval.of(random.doubles(25).toArray());
      held += interval.low() <= 0.5 && 0.5 <= interval.high() ? 1 : 0;
    }
    // A bootstrap of few values is known to hold a little less often than 95 %; 1 % is 3 sigma.
    assertThat(held / 2_000.0).isBetween(0.92, 0.98);
  }

  @Test
  void ofTwoHundredValuesTheProbabilitiesStaySound() {
    assertThat(MedianInterval.atLeast(100, 200, 0.5)).isCloseTo(0.5282, within(1e-4));
    assertThat(MedianInterval.atLeast(2_500, 5_000, 0.5)).isCloseTo(0.5056, within(1e-4));
    assertThat(MedianInterval.atLeast(3, 6, 1.0)).isEqualTo(1);
    double[] equal = new double[200];
    Arrays.fill(equal, 5);
    assertThat(MedianInterval.of(equal)).isEqualTo(new MedianInterval(5, 5, 5));
  }

  @Test
  void fewerThanSixValuesGiveNone() {
    assertThatThrownBy(() -> MedianInterval.of(new double[5]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
