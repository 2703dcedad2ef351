package org.carillon.ntp;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.carillon.clock.Assumptions;
import org.carillon.clock.BoundedClock;
import org.carillon.core.time.Reading;
import org.carillon.ntp.simulation.ClockError;
import org.carillon.ntp.simulation.Path;
import org.carillon.ntp.simulation.Scenario;
import org.carillon.ntp.simulation.Server;
import org.carillon.ntp.simulation.Wander;

/**
 * A day of one node, for the figure in README.md: its clock drifts, wanders, and warms up and cools
 * down with the day; somebody steps the system clock; the only server, over the internet, is lost
 * for a while.
 *
 * <p>The bounded clock lives on the node's counter, which nobody steps. Its reading minus the
 * system clock is how far that is off, at most and at least.
 */
final class SimulatedDay {

  private static final Duration LENGTH = Duration.ofDays(1);
  private static final Duration POLL = Duration.ofSeconds(16);
  private static final int READINGS_PER_POLL = 16;
  private static final long SEED = 3;
  private static final long ROW_NS = Duration.ofMinutes(2).toNanos();

  private static final long STEP_NS = Duration.ofMinutes(9 * 60 + 30).toNanos();
  private static final long STEPPED_BY_NS = 120_000_000;
  private static final long LOST_NS = Duration.ofHours(16).toNanos();
  private static final long FOUND_NS = Duration.ofMinutes(16 * 60 + 30).toNanos();

  /**
   * A moment. All but the first are minus the system clock.
   *
   * @param atNs true time since midnight
   */
  record Moment(long atNs, double trueMs, double earliestMs, double bestMs, double latestMs) {

    boolean holds() {
      return earliestMs <= trueMs && trueMs <= latestMs;
    }

    private String row() {
      return String.format(
          Locale.ROOT,
          "%.1f,%.3f,%.3f,%.3f,%.3f",
          atNs / 1e9,
          trueMs,
          earliestMs,
          bestMs,
          latestMs);
    }
  }

  private SimulatedDay() {}

  private static ClockError counter() {
    ClockError temperature =
        ClockError.ramp(Duration.ofHours(7).toNanos(), Duration.ofHours(10).toNanos(), 3)
            .plus(
                ClockError.ramp(
                    Duration.ofHours(13).toNanos(), Duration.ofHours(19).toNanos(), -3));
    return ClockError.offset(-40_000_000)
        .plus(ClockError.drift(-1.5))
        .plus(temperature)
        .plus(Wander.walk(SEED, LENGTH, 0.002, new Wander.Limits(2, 0.005)));
  }

  /** All moments, four of a minute. */
  static List<Moment> moments() {
    ClockError step = ClockError.step(STEP_NS, STEPPED_BY_NS);
    Server server = Server.exact("pool", Path.wan().cutBetween(LOST_NS, FOUND_NS));
    List<Moment> moments = new ArrayList<>();
    new ScenarioRun(
            new Scenario("a day", counter(), List.of(server), POLL, LENGTH, SEED),
            Assumptions.defaults())
        .play(
            READINGS_PER_POLL,
            new ScenarioRun.Observer() {
              @Override
              public void at(long trueNs, long localNs, BoundedClock clock) {
                Reading reading = clock.at(localNs).reading().orElseThrow();
                long atNs = trueNs - ScenarioRun.EPOCH_NS;
                long systemNs = localNs + Math.round(step.errorNs(atNs));
                moments.add(
                    new Moment(
                        atNs,
                        (trueNs - systemNs) / 1e6,
                        (reading.earliestNs() - systemNs) / 1e6,
                        (reading.bestNs() - systemNs) / 1e6,
                        (reading.latestNs() - systemNs) / 1e6));
              }
            });
    return moments;
  }

  /** Writes one moment of every two minutes to the file that is the first argument. */
  public static void main(String[] arguments) throws IOException {
    List<Moment> moments = moments();
    long inside = moments.stream().filter(Moment::holds).count();
    List<String> lines = new ArrayList<>();
    lines.add("# " + inside + " of " + moments.size() + " intervals hold true time");
    lines.add("true_time_s,true_ms,earliest_ms,best_ms,latest_ms");
    long nextNs = 0;
    for (Moment moment : moments) {
      if (moment.atNs() >= nextNs) {
        lines.add(moment.row());
        nextNs = (moment.atNs() / ROW_NS + 1) * ROW_NS;
      }
    }
    Files.write(java.nio.file.Path.of(arguments[0]), lines);
  }
}
