package org.carillon.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Percentage;
import org.carillon.clock.Assumptions;
import org.carillon.clock.BoundedClock;
import org.carillon.clock.Measurement;
import org.carillon.core.time.Reading;
import org.carillon.ntp.simulation.ClockError;
import org.carillon.ntp.simulation.Crystals;
import org.carillon.ntp.simulation.Exchanged;
import org.carillon.ntp.simulation.Path;
import org.carillon.ntp.simulation.Scenario;
import org.carillon.ntp.simulation.Server;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How narrow the interval is, from the same exchanges, beside
 *
 * <ul>
 *   <li>the usual formula, |offset| + root dispersion + root delay/2, with a dispersion that grows
 *       at the same drift bound from the newest sample on. Its clock is given a perfect hand:
 *       |offset| is only by how much the sample itself is off;
 *   <li>the floor: half the smallest round trip and the server's claim, which nobody gets below.
 * </ul>
 */
class WidthTest {

  private static final Duration LENGTH = Duration.ofDays(1);
  private static final Duration POLL = Duration.ofSeconds(16);
  private static final int READINGS_PER_POLL = 4;
  private static final Assumptions ASSUMPTIONS = Assumptions.defaults();

  private static final class Widths implements ScenarioRun.Observer {
    private final ClockError clock;
    private final DoubleStream.Builder oursNs = DoubleStream.builder();
    private final DoubleStream.Builder usualNs = DoubleStream.builder();
    private final DoubleStream.Builder errorNs = DoubleStream.builder();
    private Measurement newest;
    private double newestOffNs;
    private double floorNs = Double.POSITIVE_INFINITY;

    Widths(ClockError clock) {
      this.clock = clock;
    }

    @Override
    public void measured(Server server, Exchanged exchange, Measurement measurement) {
      newest = measurement;
      newestOffNs = Math.abs(measurement.offsetNs() + clock.errorNs(exchange.endNs()));
      floorNs = Math.min(floorNs, exchange.delayNs() / 2.0 + server.claimNs());
    }

    @Override
    public void at(long trueNs, long localNs, BoundedClock clock) {
      Reading reading = clock.at(localNs).reading().orElseThrow();
      oursNs.add(reading.widthNs() / 2.0);
      usualNs.add(newestOffNs + newest.errorNsAt(localNs, ASSUMPTIONS.drift()));
      errorNs.add(reading.bestNs() - trueNs);
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double rms(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(value -> value * value).average().orElseThrow());
  }

  /** Path, what is demanded, and what was measured. */
  private static List<Arguments> measured() {
    return List.of(
        Arguments.argumentSet("LAN", Path.lan(), 0.5, 0.227, 1.38, 2_056),
        Arguments.argumentSet("loaded LAN", Path.loadedLan(), 0.5, 0.223, 2.23, 7_332),
        Arguments.argumentSet("WAN", Path.wan(), 0.9, 0.830, 1.12, 144_700));
  }

  /**
   * @param enough median half width, as a share of the usual formula's, that must not be exceeded
   * @param toUsual median half width, as a share of the usual formula's
   * @param toFloor median half width, as a multiple of the floor
   * @param rmsNs error of the best estimate
   */
  @ParameterizedTest
  @MethodSource("measured")
  void isNarrowerThanTheUsualFormula(
      Path path, double enough, double toUsual, double toFloor, double rmsNs) {
    ClockError clock = Crystals.quiet(7, LENGTH);
    Widths widths = new Widths(clock);
    Scenario scenario =
        new Scenario("width", clock, List.of(Server.exact("exact", path)), POLL, LENGTH, 7);
    new ScenarioRun(scenario, ASSUMPTIONS).play(READINGS_PER_POLL, widths);
    double oursNs = median(widths.oursNs.build().toArray());
    double usualNs = median(widths.usualNs.build().toArray());
    assertThat(oursNs / usualNs).isLessThanOrEqualTo(enough);
    // Seeds make these numbers the same everywhere. The tolerance is that of their last digit; a
    // change of the algorithm is meant to be seen here and in docs/clock.md.
    assertThat(oursNs / usualNs).isCloseTo(toUsual, Percentage.withPercentage(0.5));
    assertThat(oursNs / widths.floorNs).isCloseTo(toFloor, Percentage.withPercentage(0.5));
    assertThat(rms(widths.errorNs.build().toArray()))
        .isCloseTo(rmsNs, Percentage.withPercentage(0.5));
  }
}
