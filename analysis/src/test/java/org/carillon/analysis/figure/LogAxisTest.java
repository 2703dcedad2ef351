package org.carillon.analysis.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogAxisTest {

  @ParameterizedTest(name = "from {0} to {1} ns: {3}")
  @CsvSource(
      delimiter = ';',
      value = {
        "1000; 90000000; 1000; 1 µs|10 µs|100 µs|1 ms|10 ms|100 ms",
        "120000; 130000; 120000; 118 µs|120 µs|122 µs|124 µs|126 µs|128 µs|130 µs|132 µs",
        "0; 5000000; 20000; 0|10 µs|100 µs|1 ms",
        "-30000000; 20000000; 400000; −10 ms|−1 ms|−100 µs|0|100 µs|1 ms|10 ms",
        "1; 20000000000000; 1; 1 ns|100 ns|10 µs|1 ms|100 ms|10 s|1000 s",
        "0; 0; 1; 0"
      })
  void placesAreNamedWithTheUnitThatSuitsThem(
      double least, double greatest, double small, String expected) {
    LogAxis axis = LogAxis.of(LogAxis.Labels.NS, least, greatest, small);
    assertThat(
            axis.ticks(7.5).stream()
                .map(Axis.Tick::label)
                .filter(label -> !label.isEmpty())
                .collect(Collectors.joining("|")))
        .isEqualTo(expected);
  }

  @Test
  void everyValueHasItsPlaceInTheOrderOfValues() {
    Random random = new Random(1);
    for (int run = 0; run < 500; run++) {
      double scale = Math.pow(10, random.nextInt(18));
      double a = Math.rint(random.nextGaussian() * scale) + 0.0;
      double b = Math.rint(random.nextGaussian() * scale * Math.pow(10, random.nextInt(4))) + 0.0;
      double least = Math.min(a, b);
      double greatest = Math.max(a, b);
      LogAxis axis =
          LogAxis.of(LogAxis.Labels.NS, least, greatest, Math.max(1, random.nextDouble() * scale));
      double before = axis.at(least);
      assertThat(before).isBetween(0.0, 1.0);
      for (int i = 1; i <= 50; i++) {
        double at = axis.at(least + (greatest - least) * i / 50);
        assertThat(at).isGreaterThanOrEqualTo(before);
        before = at;
      }
      assertThat(before).isBetween(0.0, 1.0);
      List<Axis.Tick> ticks = axis.ticks(7);
      assertThat(ticks).allMatch(tick -> tick.at() > -1e-6 && tick.at() < 1 + 1e-6);
      assertThat(ticks.stream().filter(tick -> !tick.label().isEmpty())).hasSizeBetween(1, 14);
    }
  }

  @Test
  void ratiosAreNamedAsPartsPerBillionPerMillionOrPercent() {
    assertThat(
            LogAxis.of(LogAxis.Labels.PPB, 0.05, 2e8, 0.05).ticks(12).stream()
                .map(Axis.Tick::label)
                .filter(label -> !label.isEmpty()))
        .containsExactly(
            "0.1 ppb",
            "1 ppb",
            "10 ppb",
            "100 ppb",
            "1 ppm",
            "10 ppm",
            "100 ppm",
            "1000 ppm",
            "1 %",
            "10 %");
  }

  @Test
  void anAxisThroughZeroSaysHowFarItIsLinear() {
    assertThat(LogAxis.of(LogAxis.Labels.NS, -5e6, 5e6, 20_000).remark())
        .isEqualTo(", linear within ±10 µs");
    assertThat(LogAxis.of(LogAxis.Labels.NS, 0, 5e6, 20_000).remark())
        .isEqualTo(", linear below 10 µs");
    assertThat(LogAxis.of(LogAxis.Labels.NS, 3, 5e6, 20_000).remark()).isEmpty();
  }
}
