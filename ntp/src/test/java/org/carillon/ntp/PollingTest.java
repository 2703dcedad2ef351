package org.carillon.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Percentage;
import org.carillon.clock.Assumptions;
import org.carillon.clock.BoundedClock;
import org.carillon.clock.Measurement;
import org.carillon.core.time.PollInterval;
import org.carillon.core.time.Reading;
import org.carillon.ntp.simulation.ClockError;
import org.carillon.ntp.simulation.Crystals;
import org.carillon.ntp.simulation.Exchanged;
import org.carillon.ntp.simulation.Path;
import org.carillon.ntp.simulation.Server;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an interval that adapts costs in width and saves in requests. */
class PollingTest {

  private static final Duration LENGTH = Duration.ofHours(6);
  private static final long EPOCH_NS = 1_800_000_000_000_000_000L;

  record Result(int requests, double halfWidthNs) {}

  /** One node and one server for six hours, read twice a second. */
  static Result play(PollInterval interval, Path path, Assumptions assumptions) {
    PollSchedule schedule =
        new PollSchedule(new TimeKeeper.Settings(interval, Duration.ofSeconds(1), assumptions));
    BoundedClock clock = new BoundedClock(assumptions, Exchange.ROOT_DISTANCE_MAX_NS);
    SplittableRandom random = new SplittableRandom(7);
    ClockError error = Crystals.quiet(7, LENGTH);
    Server server = Server.exact("exact", path);
    DoubleStream.Builder halfWidths = DoubleStream.builder();
    int requests = 0;
    long atNs = 1_000_000_000;
    long readNs = atNs + 60_000_000_000L;
    while (atNs < LENGTH.toNanos()) {
      requests++;
      Optional<Exchanged> exchange = server.ask(atNs, error, random);
      Duration wait;
      if (exchange.isPresent()) {
        Exchanged answer = exchange.get();
        Measurement measurement = measurement(server, answer, assumptions);
        Duration freshFor = schedule.answered(answer.delayNs(), measurement.errorNs());
        clock.add(measurement, freshFor.toNanos());
        wait = schedule.afterAnswer(ahead -> clock.growthNs(measurement.rawNs(), ahead.toNanos()));
      } else {
        wait = schedule.afterFailure();
      }
      atNs += wait.toNanos();
      for (; readNs < atNs; readNs += 500_000_000) {
        Reading reading = clock.at(EPOCH_NS + error.localNs(readNs)).reading().orElseThrow();
        halfWidths.add(reading.widthNs() / 2.0);
      }
    }
    double[] sorted = halfWidths.build().sorted().toArray();
    return new Result(requests, sorted[sorted.length / 2]);
  }

  private static Measurement measurement(Server server, Exchanged answer, Assumptions assumptions) {
    return new Measurement(
        server.name(),
        EPOCH_NS + answer.t4Ns(),
        Math.floorDiv(answer.t2Ns() - answer.t1Ns() + answer.t3Ns() - answer.t4Ns(), 2L),
        (answer.delayNs() + 1) / 2
            + server.claimNs()
            + 50
            + assumptions.drift().driftNs(answer.t4Ns() - answer.t1Ns()),
        answer.delayNs(),
        answer.delayNs(),
        1,
        0,
        0);
  }

  /** Beside what it is compared with: what was measured. */
  private static List<Arguments> cases() {
    Assumptions steered = Assumptions.defaults().steered();
    Assumptions free = Assumptions.defaults();
    return List.of(
        Arguments.argumentSet("LAN, any rate", Path.lan(), steered, "1s", 1, 1),
        Arguments.argumentSet("LAN", Path.lan(), free, "1s", 0.502, 1.04),
        Arguments.argumentSet("loaded LAN", Path.loadedLan(), free, "1s", 0.418, 1.14),
        Arguments.argumentSet("WAN, any rate", Path.wan(), steered, "16s", 0.504, 1.06),
        Arguments.argumentSet("WAN", Path.wan(), free, "16s", 0.504, 1.05));
  }

  /**
   * @param fixed the shortest interval that is allowed on that path
   * @param requests their number as a share of that
   * @param width the median half width as a multiple of that
   */
  @ParameterizedTest
  @MethodSource("cases")
  void fewerRequestsCostLittleWidth(
      Path path, Assumptions assumptions, String fixed, double requests, double width) {
    Result shortest = play(PollInterval.parse(fixed), path, assumptions);
    Result adapted = play(PollInterval.ADAPTIVE, path, assumptions);
    // Seeds make these numbers the same everywhere; they stand in docs/clock.md.
    assertThat((double) adapted.requests() / shortest.requests())
        .isCloseTo(requests, Percentage.withPercentage(0.5));
    assertThat(adapted.halfWidthNs() / shortest.halfWidthNs())
        .isCloseTo(width, Percentage.withPercentage(0.5));
  }
}
