package org.carillon.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.clock.Assumptions;
import org.carillon.clock.BoundedClock;
import org.carillon.clock.BrokenAssumptions;
import org.carillon.clock.DriftBound;
import org.carillon.clock.WanderBound;
import org.carillon.core.time.Reading;
import org.carillon.ntp.simulation.ClockError;
import org.carillon.ntp.simulation.Crystals;
import org.carillon.ntp.simulation.Path;
import org.carillon.ntp.simulation.Scenario;
import org.carillon.ntp.simulation.Server;
import org.junit.jupiter.api.Test;

/** While the assumptions hold, true time is inside the interval: every time. */
class CoverageTest {

  private static final Duration LENGTH = Duration.ofHours(6);
  private static final Duration POLL = Duration.ofSeconds(16);
  private static final int SEEDS = 3;
  private static final int READINGS_PER_POLL = 33;

  /** Counts readings, and those that are wrong. */
  private static final class Judge implements ScenarioRun.Observer {
    private long inside;
    private long outside;
    private long without;
    private Optional<String> example = Optional.empty();

    @Override
    public void at(long trueNs, long localNs, BoundedClock clock) {
      Optional<Reading> reading = clock.at(localNs).reading();
      if (reading.isEmpty()) {
        without++;
      } else if (reading.get().earliestNs() <= trueNs && trueNs <= reading.get().latestNs()) {
        inside++;
      } else {
        outside++;
        example = Optional.of(trueNs + " is outside of " + reading.get());
      }
    }
  }

  private static Map<String, Path> paths() {
    Map<String, Path> paths = new LinkedHashMap<>();
    paths.put("LAN", Path.lan());
    paths.put("loaded LAN", Path.loadedLan());
    paths.put("WAN", Path.wan());
    paths.put("asymmetric WAN", Path.wan().longerThere(25_000_000));
    paths.put("lossy LAN", Path.loadedLan().losing(0.2));
    return paths;
  }

  private static Map<String, List<Server>> servers(Path path) {
    Server early = new Server("early", path, ClockError.offset(-700_000), 400_000, 500_000);
    Server late = new Server("late", path, ClockError.offset(700_000), 400_000, 500_000);
    Server exact = Server.exact("exact", path);
    Map<String, List<Server>> servers = new LinkedHashMap<>();
    servers.put("one server", List.of(exact));
    servers.put("two servers as wrong as they say", List.of(early, late));
    servers.put(
        "a liar among three",
        List.of(early, exact, Server.exact("liar", path).off(ClockError.offset(150_000_000))));
    return servers;
  }

  /** Scenarios whose assumptions hold, 75 for each seed. */
  static List<Scenario> scenarios(int seeds) {
    List<Scenario> scenarios = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      for (Map.Entry<String, ClockError> clock : Crystals.honest(seed, LENGTH).entrySet()) {
        for (Map.Entry<String, Path> path : paths().entrySet()) {
          for (Map.Entry<String, List<Server>> servers : servers(path.getValue()).entrySet()) {
            String name = String.join(", ", clock.getKey(), path.getKey(), servers.getKey());
            scenarios.add(
                new Scenario(
                    name, clock.getValue(), servers.getValue(), POLL, LENGTH, scenarios.size()));
          }
        }
      }
    }
    return scenarios;
  }

  @Test
  void ofTenMillionReadingsIn225ScenariosNoneIsWrong() {
    List<Scenario> scenarios = scenarios(SEEDS);
    assertThat(scenarios).hasSize(225);
    long inside = 0;
    long without = 0;
    for (Scenario scenario : scenarios) {
      Judge judge = new Judge();
      BoundedClock clock =
          new ScenarioRun(scenario, Assumptions.defaults()).play(READINGS_PER_POLL, judge);
      assertThat(judge.outside).as("%s: %s", scenario, judge.example).isZero();
      assertThat(clock.broken().last().map(BrokenAssumptions.Break::what).orElse("only a liar"))
          .as("%s: what is said to be broken", scenario)
          .contains("liar");
      inside += judge.inside;
      without += judge.without;
    }
    assertThat(inside).isGreaterThan(10_000_000);
    assertThat(without).as("moments without a reading").isLessThan(inside / 1_000);
  }

  @Test
  void aWeekOfOneNodeTakesSeconds() {
    Duration week = Duration.ofDays(7);
    Judge judge = new Judge();
    Scenario scenario =
        new Scenario(
            "a week",
            Crystals.quiet(5, week),
            List.of(Server.exact("exact", Path.loadedLan())),
            POLL,
            week,
            5);
    new ScenarioRun(scenario, Assumptions.defaults()).play(1, judge);
    assertThat(judge.outside).as("%s", judge.example).isZero();
    assertThat(judge.inside).isEqualTo(week.dividedBy(POLL) - 1);
  }

  @Test
  void aClockThatWandersFasterThanAssumedIsOutsideAtTimes() {
    // So the first test can fail: the same clocks, taken to be a hundred times as steady.
    Assumptions tooGood = new Assumptions(new DriftBound(50), new WanderBound(0.0002));
    Judge judge = new Judge();
    Scenario scenario =
        new Scenario(
            "restless",
            Crystals.honest(1, LENGTH).get("crystal at the wander bound"),
            List.of(Server.exact("exact", Path.lan())),
            POLL,
            LENGTH,
            1);
    BoundedClock clock = new ScenarioRun(scenario, tooGood).play(READINGS_PER_POLL, judge);
    assertThat(judge.outside).isPositive();
    assertThat(clock.broken().count()).isPositive();
  }
}
