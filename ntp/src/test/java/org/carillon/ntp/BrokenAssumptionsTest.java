package org.carillon.ntp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.clock.Assumptions;
import org.carillon.clock.BoundedClock;
import org.carillon.clock.BrokenAssumptions;
import org.carillon.core.time.Reading;
import org.carillon.ntp.simulation.ClockError;
import org.carillon.ntp.simulation.Crystals;
import org.carillon.ntp.simulation.Path;
import org.carillon.ntp.simulation.Scenario;
import org.carillon.ntp.simulation.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Assumptions that are broken on purpose are seen to be, within three polls. */
class BrokenAssumptionsTest {

  private static final Duration POLL = Duration.ofSeconds(16);
  private static final Duration LENGTH = Duration.ofHours(2);

  /** When it happens: between two polls. */
  private static final int BREAK_POLL = 225;

  private static final long BREAK_NS = BREAK_POLL * POLL.toNanos() + 8_000_000_000L;

  private static ClockError clock() {
    return Crystals.quiet(3, LENGTH);
  }

  private static ClockError faster(double ppm) {
    return ClockError.ramp(BREAK_NS, BREAK_NS + 1, ppm);
  }

  private static Server exact(String name, Path path) {
    return Server.exact(name, path);
  }

  /** An answer that seems to come sooner than light: the way back has become negative. */
  private static Server tunnelled(Path path) {
    return exact("a", path).off(ClockError.step(BREAK_NS, 5_000_000));
  }

  private static Server liar(String name) {
    return exact(name, Path.loadedLan()).off(ClockError.step(BREAK_NS, 400_000_000));
  }

  private static List<Arguments> breaks() {
    return List.of(
        Arguments.argumentSet(
            "drift of twice the bound", clock().plus(faster(100)), List.of(exact("a", Path.lan()))),
        Arguments.argumentSet(
            "drift of four times the bound, loaded LAN",
            clock().plus(faster(200)),
            List.of(exact("a", Path.loadedLan()))),
        Arguments.argumentSet(
            "a frequency that jumps within the drift bound",
            clock().plus(faster(25)),
            List.of(exact("a", Path.lan()))),
        Arguments.argumentSet(
            "asymmetry beyond the delay", clock(), List.of(tunnelled(Path.loadedLan()))),
        Arguments.argumentSet(
            "a step of the clock",
            clock().plus(ClockError.step(BREAK_NS, 1_000_000_000)),
            List.of(exact("a", Path.wan()))),
        Arguments.argumentSet(
            "a majority that begins to lie",
            clock(),
            List.of(exact("honest", Path.loadedLan()), liar("liar 1"), liar("liar 2"))));
  }

  @ParameterizedTest
  @MethodSource("breaks")
  void isReportedWithinThreePolls(ClockError clock, List<Server> servers) {
    List<Integer> reports = new ArrayList<>();
    Scenario scenario = new Scenario("broken", clock, servers, POLL, LENGTH, 11);
    new ScenarioRun(scenario, Assumptions.defaults())
        .play(
            0,
            new ScenarioRun.Observer() {
              private long known;

              @Override
              public void polled(int polls, BoundedClock bounded) {
                if (bounded.broken().count() > known) {
                  known = bounded.broken().count();
                  reports.add(polls);
                }
              }
            });
    assertThat(reports).as("nothing is reported before").isNotEmpty();
    assertThat(reports.getFirst()).isBetween(BREAK_POLL + 1, BREAK_POLL + 3);
  }

  @Test
  void aMajorityThatAlwaysLiedIsReportedAtOnce() {
    ClockError lie = ClockError.offset(400_000_000);
    List<Server> servers =
        List.of(
            exact("honest", Path.loadedLan()),
            exact("liar 1", Path.loadedLan()).off(lie),
            exact("liar 2", Path.loadedLan()).off(lie));
    BoundedClock clock =
        new ScenarioRun(
                new Scenario("liars", clock(), servers, POLL, POLL.multipliedBy(4), 11),
                Assumptions.defaults())
            .play(0, new ScenarioRun.Observer() {});
    assertThat(clock.broken().count()).isPositive();
    assertThat(clock.falsetickers())
        .as("who lies, nobody can know; that somebody does, everybody")
        .containsExactly("honest");
  }

  @Test
  void afterAJumpOfTheFrequencyTheNewestSampleCounts() {
    // The rate jumps by 25 ppm, within the drift bound: the next sample contradicts the old rate.
    BoundedClock clock =
        new ScenarioRun(
                new Scenario(
                    "jump",
                    clock().plus(faster(25)),
                    List.of(exact("a", Path.lan())),
                    POLL,
                    LENGTH,
                    11),
                Assumptions.defaults())
            .play(
                8,
                new ScenarioRun.Observer() {
                  @Override
                  public void at(long trueNs, long localNs, BoundedClock bounded) {
                    Reading reading = bounded.at(localNs).reading().orElseThrow();
                    if (bounded.broken().count() > 0) {
                      assertThat(trueNs).isBetween(reading.earliestNs(), reading.latestNs());
                    }
                  }
                });
    assertThat(clock.broken().count()).isEqualTo(1);
    assertThat(clock.broken().last().orElseThrow().what())
        .isEqualTo("a contradicts its earlier answers");
  }

  @Test
  void aDaemonThatChangesTheRateWithinTheDriftBoundBreaksNoDefaultAssumption() {
    long[] readings = {0, 0};
    BoundedClock clock =
        new ScenarioRun(
                new Scenario(
                    "steered",
                    clock().plus(faster(25)),
                    List.of(exact("a", Path.lan())),
                    POLL,
                    LENGTH,
                    11),
                Assumptions.defaults().steered())
            .play(
                8,
                new ScenarioRun.Observer() {
                  @Override
                  public void at(long trueNs, long localNs, BoundedClock bounded) {
                    Reading reading = bounded.at(localNs).reading().orElseThrow();
                    boolean holds = reading.earliestNs() <= trueNs && trueNs <= reading.latestNs();
                    readings[holds ? 0 : 1]++;
                  }
                });
    assertThat(readings[0]).isPositive();
    assertThat(readings[1]).as("wrong readings").isZero();
    assertThat(clock.broken().count()).isZero();
  }

  @Test
  void aCountWithoutAnExampleIsRefused() {
    assertThatThrownBy(() -> new BrokenAssumptions(1, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
