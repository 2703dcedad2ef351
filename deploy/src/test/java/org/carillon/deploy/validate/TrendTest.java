package org.carillon.deploy.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.carillon.core.CheckVerdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrendTest {

  /** Rounding of sums of some ten numbers of this size. */
  private static final double ROUNDING = 1e-12;

  private static List<Trend.Sample> samples(String times, String values) {
    String[] t = times.split(" ");
    String[] v = values.split(" ");
    return IntStream.range(0, t.length)
        .mapToObj(i -> new Trend.Sample(Double.parseDouble(t[i]), Double.parseDouble(v[i])))
        .toList();
  }

  private static List<Trend.Sample> line(int count, double stepSeconds, double perStep) {
    List<Trend.Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(new Trend.Sample(i * stepSeconds, 100 + i * perStep));
    }
    return samples;
  }

  /** Reference: scipy.stats.theilslopes(values, times, 0.95) of SciPy 1.17.1. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a line, 0 1 2 3 4 5 6 7, 10 12.1 13.8 16.3 17.9 20.2 22.1 24.0, 2.0083333333333337, 1.9000000000000021, 2.1",
    "two outliers, 0 60 120 180 240 300 360 420 480 540, 5 6 7 900 9 10 11 -400 13 14, 0.016666666666666666, -0.9642857142857143, 0.016666666666666666",
    "ties, 0 1 2 3 4 5 6 7 8 9 10 11, 3 3 3 4 4 4 3 4 5 5 4 5, 0.17424242424242425, 0.0, 0.25",
    "uneven times, 0 5 7 20 21 40 80 81 90 200, 1 0 2 1.5 3 2.5 5 4 6 9, 0.043478260869565216, 0.03389830508474576, 0.07",
    "no trend, 0 1 2 3 4 5 6 7 8, 1 3 2 1 3 2 1 3 2, 0.0, -0.25, 0.5"
  })
  void agreesWithTheReference(
      String name, String times, String values, double slope, double low, double high) {
    Trend trend = Trend.of(samples(times, values)).orElseThrow();

    assertThat(trend.perSecond()).isCloseTo(slope, within(ROUNDING));
    assertThat(trend.lowPerSecond()).isCloseTo(low, within(ROUNDING));
    assertThat(trend.highPerSecond()).isCloseTo(high, within(ROUNDING));
  }

  @Test
  void thereIsNoneOfFewSamplesOrOfOneMoment() {
    assertThat(Trend.of(line(7, 60, 1))).isEmpty();
    assertThat(Trend.of(line(8, 0, 1))).isEmpty();
  }

  @Test
  void aLeakWarnsWithTheTimesBetweenWhichTheLimitIsReached() {
    CheckResult result =
        Growth.of(line(60, 60, 2))
            .addTo(
                CheckResult.pass(CheckName.OPEN_FILES, "the service has 218 files open"),
                "they",
                "open_files_per_hour",
                218,
                1000);

    assertThat(result.verdict()).isEqualTo(CheckVerdict.WARN);
    assertThat(result.sentence())
        .contains("grow by 120 an hour (95 %: 120 to 120; 60 samples in 59m)")
        .contains("reaches the limit in 6h31m to 6h31m");
    assertThat(result.measurements().getLast().value()).isEqualTo(OptionalDouble.of(120));
  }

  @Test
  void whatWasSeenForAShortTimeIsNotCarriedFar() {
    CheckResult result =
        Growth.of(line(10, 1, 1))
            .addTo(CheckResult.pass(CheckName.DISK, "disk 5 % full"), "bytes", "d", 109, 1000);

    assertThat(result.verdict()).isEqualTo(CheckVerdict.PASS);
    assertThat(result.sentence()).contains("grow by 3600 an hour").doesNotContain("reaches");
  }

  @Test
  void withoutATrendTheNumberIsMissingAndNotZero() {
    CheckResult result =
        Growth.of(line(3, 60, 1))
            .addTo(CheckResult.pass(CheckName.DISK, "disk 5 % full"), "bytes", "d", 103, 1000);

    assertThat(result.sentence()).isEqualTo("disk 5 % full");
    assertThat(result.measurements()).containsExactly(Measurement.missing("d"));
  }

  @Test
  void aFailureStaysOneWhateverTheTrend() {
    CheckResult failed = CheckResult.fail(CheckName.DISK, "disk 99 % full", "make room");

    assertThat(Growth.of(line(20, 600, 1)).addTo(failed, "b", "d", 1001, 1000).verdict())
        .isEqualTo(CheckVerdict.FAIL);
    assertThat(Growth.of(line(20, 600, 1)).addTo(failed, "b", "d", 900, 1000).verdict())
        .isEqualTo(CheckVerdict.FAIL);
  }

  @Test
  void aFullSeriesIsThinnedAndStillReachesBackAndAnotherEpochBeginsAnew() {
    Samples samples = new Samples();
    List<Trend.Sample> kept = List.of();
    for (int i = 0; i < 1000; i++) {
      kept = samples.add("n1", "open_files", "a", new Trend.Sample(i, i));
    }
    assertThat(kept).hasSizeBetween(Samples.MOST / 2, Samples.MOST);
    assertThat(kept.getFirst().timeSeconds()).isZero();
    assertThat(kept.getLast().timeSeconds()).isEqualTo(999);

    assertThat(samples.add("n1", "open_files", "b", new Trend.Sample(1000, 3))).hasSize(1);
    assertThat(samples.add("n1", "open_files", "b", new Trend.Sample(500, 3)))
        .as("a clock that was set back")
        .hasSize(1);
  }

  @Test
  void bytesHaveTheirUnit() {
    assertThat(Numbers.bytes(38_288_319_260.0)).isEqualTo("38.3 GB");
    assertThat(Numbers.bytes(999.7)).isEqualTo("1 kB");
    assertThat(Numbers.bytes(12)).isEqualTo("12 B");
  }
}
