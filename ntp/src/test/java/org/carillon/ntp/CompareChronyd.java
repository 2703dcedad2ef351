package org.carillon.ntp;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.carillon.clock.Assumptions;
import org.carillon.clock.BoundedClock;
import org.carillon.clock.ClockState;
import org.carillon.ntp.simulation.ClockError;
import org.carillon.ntp.simulation.Crystals;
import org.carillon.ntp.simulation.Exchanged;
import org.carillon.ntp.simulation.Path;
import org.carillon.ntp.simulation.Server;

/**
 * Our best estimate beside a real chronyd ({@link Clknetsim}); scripts/compare-chronyd runs it.
 *
 * <p>The exchanges that chronyd made, each at its moment and with its delays, go through {@link
 * Exchange} into a bounded clock. Every second after the warm-up counts: for chronyd the error of
 * the system clock that it steers, for us that of the best estimate by the clock that nobody
 * steers, from the exchanges until then.
 */
final class CompareChronyd {

  private static final Duration LENGTH = Duration.ofHours(12);
  private static final Duration WARM_UP = Duration.ofHours(2);
  private static final long SECOND_NS = 1_000_000_000L;
  private static final Assumptions ASSUMPTIONS = Assumptions.defaults();
  private static final long FRESH_NS = Duration.ofHours(1).toNanos();

  private CompareChronyd() {}

  /** Root mean squares, µs. */
  private record Errors(double oursUs, double chronydUs) {

    double ratio() {
      return oursUs / chronydUs;
    }
  }

  private static Map<String, Path> paths() {
    Map<String, Path> paths = new LinkedHashMap<>();
    paths.put("LAN", Path.lan());
    paths.put("loaded LAN", Path.loadedLan());
    paths.put("WAN", Path.wan());
    return paths;
  }

  private static Map<String, ClockError> clocks(long seed) {
    Map<String, ClockError> clocks = new LinkedHashMap<>();
    clocks.put("steady", Crystals.walking(seed, LENGTH, 0.0001));
    clocks.put("quiet", Crystals.quiet(seed, LENGTH));
    clocks.put("restless", Crystals.walking(seed, LENGTH, 0.01));
    clocks.put(
        "warms up, cools down",
        Crystals.quiet(seed, LENGTH)
            .plus(ClockError.ramp(minutesNs(180), minutesNs(210), 5))
            .plus(ClockError.ramp(minutesNs(360), minutesNs(480), -5)));
    return clocks;
  }

  private static Map<String, String> polls() {
    Map<String, String> polls = new LinkedHashMap<>();
    polls.put("16 s", "minpoll 4 maxpoll 4");
    polls.put("as chronyd likes", "");
    return polls;
  }

  private static long minutesNs(int minutes) {
    return Duration.ofMinutes(minutes).toNanos();
  }

  /** Arguments: clknetsim's folder, how many seeds. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Clknetsim simulator = new Clknetsim(java.nio.file.Path.of(arguments[0]).toRealPath(), LENGTH);
    int seeds = Integer.parseInt(arguments[1]);
    System.out.println(
        "| path | clock | polls | best estimate, µs | chronyd's clock, µs | ratio |");
    System.out.println("|---|---|---|---|---|---|");
    for (Map.Entry<String, Path> path : paths().entrySet()) {
      for (String clock : clocks(1).keySet()) {
        for (Map.Entry<String, String> poll : polls().entrySet()) {
          List<Errors> errors = new ArrayList<>();
          for (int seed = 1; seed <= seeds; seed++) {
            errors.add(
                errors(simulator, path.getValue(), clocks(seed).get(clock), poll.getValue(), seed));
          }
          System.out.printf(
              "| %s | %s | %s | %s | %s | %s |%n",
              path.getKey(),
              clock,
              poll.getKey(),
              summary(errors, Errors::oursUs),
              summary(errors, Errors::chronydUs),
              summary(errors, Errors::ratio));
        }
      }
    }
  }

  /** Median and range. */
  private static String summary(List<Errors> errors, ToDoubleFunction<Errors> what) {
    double[] sorted = errors.stream().mapToDouble(what).sorted().toArray();
    return "%s (%s–%s)"
        .formatted(
            digits(sorted[sorted.length / 2]),
            digits(sorted[0]),
            digits(sorted[sorted.length - 1]));
  }

  /** Two of them, or as many as an integer has. */
  private static String digits(double value) {
    return String.format(Locale.ROOT, value < 1 ? "%.2f" : value < 10 ? "%.1f" : "%.0f", value);
  }

  private static Errors errors(
      Clknetsim simulator, Path path, ClockError clock, String options, long seed)
      throws IOException, InterruptedException {
    java.nio.file.Path folder = Files.createTempDirectory("clknetsim");
    Clknetsim.Outcome outcome = simulator.run(folder, clock, path, options, seed);
    try (var files = Files.list(folder)) {
      for (java.nio.file.Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
    Server server = Server.exact("exact", path);
    BoundedClock bounded = new BoundedClock(ASSUMPTIONS, Exchange.ROOT_DISTANCE_MAX_NS);
    List<Exchanged> exchanges = outcome.exchanges();
    int next = 0;
    double oursNs2 = 0;
    double chronydNs2 = 0;
    int warmUp = Math.toIntExact(WARM_UP.toSeconds());
    int end = Math.toIntExact(LENGTH.toSeconds());
    for (int second = 1; second < end; second++) {
      long trueNs = second * SECOND_NS;
      for (; next < exchanges.size() && exchanges.get(next).endNs() <= trueNs; next++) {
        bounded.add(
            ScenarioRun.measurement(server, exchanges.get(next), 1 + next, ASSUMPTIONS), FRESH_NS);
      }
      if (second >= warmUp) {
        ClockState state = bounded.at(ScenarioRun.EPOCH_NS + clock.localNs(trueNs));
        long bestNs = state.reading().orElseThrow().bestNs() - ScenarioRun.EPOCH_NS;
        oursNs2 += Math.pow(bestNs - trueNs, 2);
        chronydNs2 += Math.pow(outcome.steeredNs()[second - 1], 2);
      }
    }
    int count = end - warmUp;
    return new Errors(Math.sqrt(oursNs2 / count) / 1e3, Math.sqrt(chronydNs2 / count) / 1e3);
  }
}
