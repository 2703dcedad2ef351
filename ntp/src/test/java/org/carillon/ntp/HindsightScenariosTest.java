package org.carillon.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Percentage;
import org.carillon.clock.Assumptions;
import org.carillon.clock.BoundedClock;
import org.carillon.clock.Hindsight;
import org.carillon.clock.Measurement;
import org.carillon.core.time.Reading;
import org.carillon.ntp.simulation.ClockError;
import org.carillon.ntp.simulation.Crystals;
import org.carillon.ntp.simulation.Exchanged;
import org.carillon.ntp.simulation.Path;
import org.carillon.ntp.simulation.Scenario;
import org.carillon.ntp.simulation.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The intervals in hindsight hold true time, and are as narrow as docs/clock.md says. */
class HindsightScenariosTest {

  private static final Duration POLL = Duration.ofSeconds(16);
  private static final Assumptions ASSUMPTIONS = Assumptions.defaults();
  private static final int READINGS_PER_POLL = 4;

  /** Keeps what a run leaves behind: samples, and moments with what was known of them then. */
  private static final class Recording implements ScenarioRun.Observer {
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<Moment> moments = new ArrayList<>();

    /**
     * @param usualNs half width by the usual formula, as in {@link WidthTest}
     */
    private record Moment(long trueNs, long localNs, Optional<Reading> online, double usualNs) {}

    private final ClockError clock;
    private double newestOffNs;

    Recording(ClockError clock) {
      this.clock = clock;
    }

    @Override
    public void measured(Server server, Exchanged exchange, Measurement measurement) {
      measurements.add(measurement);
      newestOffNs = Math.abs(measurement.offsetNs() + clock.errorNs(exchange.endNs()));
    }

    @Override
    public void at(long trueNs, long localNs, BoundedClock bounded) {
      double usualNs =
          measurements.isEmpty()
              ? Double.POSITIVE_INFINITY
              : newestOffNs + measurements.getLast().errorNsAt(localNs, ASSUMPTIONS.drift());
      moments.add(new Moment(trueNs, localNs, bounded.at(localNs).reading(), usualNs));
    }

    static Recording of(Scenario scenario) {
      Recording recording = new Recording(scenario.clock());
      new ScenarioRun(scenario, ASSUMPTIONS).play(READINGS_PER_POLL, recording);
      return recording;
    }

    Hindsight hindsight() {
      return Hindsight.of(measurements, List.of(), ASSUMPTIONS);
    }
  }

  private static boolean holds(Hindsight.Interval interval, long trueNs) {
    return interval.earliestNs() <= trueNs && trueNs <= interval.latestNs();
  }

  private static boolean holds(Reading reading, long trueNs) {
    return reading.earliestNs() <= trueNs && trueNs <= reading.latestNs();
  }

  @Test
  void in75ScenariosEveryMomentHasAnIntervalAndNoneIsWrong() {
    long n = 0;
    for (Scenario scenario : CoverageTest.scenarios(1)) {
      Recording recording = Recording.of(scenario);
      Hindsight hindsight = recording.hindsight();
      for (Recording.Moment moment : recording.moments) {
        Hindsight.Interval interval =
            hindsight.between(moment.localNs, moment.localNs).orElseThrow();
        assertThat(holds(interval, moment.trueNs)).as("%s: %s", scenario, interval).isTrue();
        n++;
      }
    }
    assertThat(n).isGreaterThan(400_000);
  }

  /** Path, what is demanded as a share of the usual formula's, and what was measured. */
  private static List<Arguments> measured() {
    return List.of(
        Arguments.argumentSet("LAN", Path.lan(), 0.25, 0.1818),
        Arguments.argumentSet("loaded LAN", Path.loadedLan(), 0.25, 0.1430),
        Arguments.argumentSet("WAN", Path.wan(), 0.9, 0.7592));
  }

  @ParameterizedTest
  @MethodSource("measured")
  void isNarrowerThanTheUsualFormula(Path path, double enough, double toUsual) {
    Duration day = Duration.ofDays(1);
    ClockError clock = Crystals.quiet(7, day);
    Recording recording =
        Recording.of(
            new Scenario("width", clock, List.of(Server.exact("exact", path)), POLL, day, 7));
    Hindsight hindsight = recording.hindsight();
    DoubleStream.Builder oursNs = DoubleStream.builder();
    for (Recording.Moment moment : recording.moments) {
      Hindsight.Interval interval = hindsight.between(moment.localNs, moment.localNs).orElseThrow();
      oursNs.add((interval.latestNs() - interval.earliestNs()) / 2.0);
    }
    double ratio =
        median(oursNs.build().toArray())
            / median(recording.moments.stream().mapToDouble(Recording.Moment::usualNs).toArray());
    assertThat(ratio).isLessThanOrEqualTo(enough);
    assertThat(ratio).isCloseTo(toUsual, Percentage.withPercentage(0.5));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  @Test
  void aroundAStepNoIntervalIsWrongAlthoughOnlineSomeAre() {
    Duration length = Duration.ofHours(2);
    long stepNs = 225 * POLL.toNanos() + 8_000_000_000L;
    ClockError clock = Crystals.quiet(3, length).plus(ClockError.step(stepNs, 500_000));
    Recording recording =
        Recording.of(
            new Scenario(
                "step", clock, List.of(Server.exact("exact", Path.lan())), POLL, length, 11));
    Hindsight hindsight = recording.hindsight();
    long onlineWrong = 0;
    long without = 0;
    for (Recording.Moment moment : recording.moments) {
      Optional<Hindsight.Interval> interval = hindsight.between(moment.localNs, moment.localNs);
      if (interval.isPresent()) {
        assertThat(holds(interval.get(), moment.trueNs)).isTrue();
      } else {
        without++;
      }
      Reading online = moment.online.orElseThrow();
      onlineWrong += holds(online, moment.trueNs) ? 0 : 1;
    }
    assertThat(onlineWrong).as("so this test can fail").isPositive();
    assertThat(without)
        .as("the moments of the polls around it")
        .isBetween(1L, 3L * READINGS_PER_POLL);
  }
}
