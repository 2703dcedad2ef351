package org.carillon.analysis.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.carillon.analysis.compare.Verdict.Answer;
import org.carillon.analysis.condition.SummaryNumbers.Interval;
import org.junit.jupiter.api.Test;

class MetricResultTest {

  private static final double TOLERANCE = 0.05;

  private static MetricResult of(double... values) {
    List<Series.Point> points = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      points.add(new Series.Point(i, BigDecimal.valueOf(values[i]), Optional.empty()));
    }
    return MetricResult.of(
        new Series(new Metric("latency.bounded.p99_ns"), points), values.length, TOLERANCE, 1);
  }

  private static double[] noise(int n, double level, double width) {
    return new Random(2).doubles(n).map(it -> Math.round(level + width * (it - 0.5))).toArray();
  }

  private static double[] and(double[] values, double... more) {
    return DoubleStream.concat(DoubleStream.of(values), DoubleStream.of(more)).toArray();
  }

  @Test
  void aLevelThatIsKnownAndStaysDidNotChange() {
    MetricResult result = of(noise(20, 1e6, 1e4));
    assertThat(result.overall().answer()).isEqualTo(Answer.DID_NOT_CHANGE);
    assertThat(result.last().orElseThrow().verdict().answer()).isEqualTo(Answer.DID_NOT_CHANGE);
  }

  @Test
  void aLevelThatScattersTooMuchCannotBeTold() {
    MetricResult result = of(noise(20, 1e6, 1.5e6));
    assertThat(result.overall().answer()).isEqualTo(Answer.CANNOT_BE_TOLD);
    assertThat(result.overall().why())
        .isEqualTo("from 20 runs, whose median is not known within ±5 %");
    assertThat(result.last().orElseThrow().verdict().answer()).isEqualTo(Answer.CANNOT_BE_TOLD);
  }

  @Test
  void aStepIsAChangeAndOneWithinTheToleranceIsNone() {
    MetricResult result = of(and(noise(15, 1e6, 1e4), noise(15, 2e6, 1e4)));
    assertThat(result.overall().answer()).isEqualTo(Answer.CHANGED);
    assertThat(result.overall().why()).contains(" ms to 2");
    MetricResult small = of(and(noise(15, 1e6, 1e3), noise(15, 1.01e6, 1e3)));
    assertThat(small.changes()).hasSize(1);
    assertThat(small.overall().answer()).isEqualTo(Answer.DID_NOT_CHANGE);
  }

  @Test
  void aLastRunFarOffIsAChange() {
    MetricResult result = of(and(noise(10, 1e6, 1e4), 1.2e6));
    assertThat(result.last().orElseThrow().verdict().answer()).isEqualTo(Answer.CHANGED);
    assertThat(result.last().orElseThrow().earlierN()).isEqualTo(10);
  }

  @Test
  void theLastRunIsHeldAgainstThoseOfItsOwnLevel() {
    MetricResult.LastRun last =
        of(and(and(noise(15, 1e6, 1e4), noise(15, 2e6, 1e4)), 1e6)).last().orElseThrow();
    assertThat(last.earlierN()).isEqualTo(15);
    assertThat(last.earlierMedian().orElseThrow()).isBetween(1.99e6, 2.01e6);
    assertThat(last.verdict().answer()).isEqualTo(Answer.CHANGED);
  }

  @Test
  void fewRunsTellOnlyWhatTheyCan() {
    MetricResult one = of(7);
    assertThat(one.median()).isEqualTo(7);
    assertThat(one.interval()).isEmpty();
    assertThat(one.between()).isEmpty();
    assertThat(one.last()).isEmpty();
    assertThat(one.overall())
        .isEqualTo(new Verdict(Answer.CANNOT_BE_TOLD, "from 1 run; it takes 12"));
    MetricResult five = of(1, 2, 3, 4, 100);
    assertThat(five.interval()).isEmpty();
    assertThat(five.between().orElseThrow()).isEqualTo(new MetricResult.Between(2, 1));
    assertThat(five.last().orElseThrow().verdict())
        .isEqualTo(new Verdict(Answer.CANNOT_BE_TOLD, "from 4 earlier runs; it takes 5"));
  }

  @Test
  void zerosThatStayDidNotChangeAndAnyOtherNumberIsAChange() {
    double[] zeros = new double[12];
    assertThat(of(zeros).overall().answer()).isEqualTo(Answer.DID_NOT_CHANGE);
    assertThat(of(zeros).last().orElseThrow().verdict().answer()).isEqualTo(Answer.DID_NOT_CHANGE);
    assertThat(of(and(zeros, 1)).last().orElseThrow().verdict().answer()).isEqualTo(Answer.CHANGED);
  }

  @Test
  void aRunWithoutTheNumberIsNotComparedAndIntervalsOfRunsAreWithinThem() {
    Optional<Interval> own = Optional.of(new Interval(new BigDecimal(2), new BigDecimal(6)));
    Series series =
        new Series(
            new Metric("x"),
            List.of(
                new Series.Point(0, BigDecimal.TEN, own),
                new Series.Point(2, BigDecimal.TEN, Optional.empty())));
    MetricResult result = MetricResult.of(series, 4, TOLERANCE, 1);
    assertThat(result.last()).as("the fourth run lacks it").isEmpty();
    assertThat(result.within()).hasValue(4);
  }
}
