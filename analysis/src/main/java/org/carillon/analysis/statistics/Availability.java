package org.carillon.analysis.statistics;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.analysis.store.Row;

/**
 * Which clock stamped how many events at which end; from it follows what can be compared.
 *
 * @param coordinator by clock
 * @param workers by worker and clock
 * @param nodes all workers, sorted
 */
record Availability(
    Map<Clock, Count> coordinator, Map<String, Map<Clock, Count>> workers, List<String> nodes) {

  /** How many best estimates and how many intervals there are. */
  record Count(long estimates, long intervals) {
    static final Count NONE = new Count(0, 0);

    long of(boolean bounds) {
      return bounds ? intervals : estimates;
    }
  }

  static Availability of(List<Row> rows, List<String> nodes) {
    Map<Clock, Count> coordinator = new EnumMap<>(Clock.class);
    Map<String, Map<Clock, Count>> workers = new HashMap<>();
    for (Row row : rows) {
      Optional<String> node = row.optionalText("node");
      Map<Clock, Count> counts =
          node.isEmpty()
              ? coordinator
              : workers.computeIfAbsent(node.get(), _ -> new EnumMap<>(Clock.class));
      counts.put(
          Clock.ofKey(row.text("clock")),
          new Count(row.number("estimates"), row.number("intervals")));
    }
    return new Availability(coordinator, workers, nodes);
  }

  private long atCoordinator(Clock clock, boolean bounds) {
    return coordinator.getOrDefault(clock, Count.NONE).of(bounds);
  }

  /** How many events a worker stamped with a clock, or with its bounds. */
  long atWorker(String node, Clock clock, boolean bounds) {
    return workers.getOrDefault(node, Map.of()).getOrDefault(clock, Count.NONE).of(bounds);
  }

  private long workersWith(Clock clock, boolean bounds) {
    return nodes.stream().filter(node -> atWorker(node, clock, bounds) > 0).count();
  }

  /** Why sends and receives cannot be compared on a clock at all, if they cannot. */
  Optional<String> whyNotEndToEnd(Clock clock, boolean bounds) {
    boolean sender = atCoordinator(clock, bounds) > 0;
    boolean receiver = workersWith(clock, bounds) > 0;
    if (sender && receiver) {
      return Optional.empty();
    }
    String what = what(clock, bounds);
    if (!sender && !receiver) {
      return Optional.of("neither the coordinator nor any worker recorded " + what);
    }
    return Optional.of(
        sender
            ? "no worker recorded " + what
            : "the coordinator recorded no "
                + what
                + ", and a comparison needs the same clock at both ends");
  }

  /** Why a clock's readings of one worker have no counterpart, if that is so. */
  String whyNotAtWorker(String node, Clock clock, boolean bounds) {
    return atWorker(node, clock, bounds) == 0
        ? node + " recorded no " + what(clock, bounds)
        : "no event has " + what(clock, bounds) + " both at the coordinator and at " + node;
  }

  /** Why workers cannot be compared with one another on a clock at all, if they cannot. */
  Optional<String> whyNotBetweenWorkers(Clock clock, boolean bounds) {
    if (nodes.size() < 2) {
      return Optional.of("there is only one worker");
    }
    long having = workersWith(clock, bounds);
    if (having >= 2) {
      return Optional.empty();
    }
    return Optional.of(
        (having == 0 ? "no worker recorded " : "only one worker recorded ") + what(clock, bounds));
  }

  /** Why two workers have no event in common on a clock. */
  String whyNotPair(String first, String second, Clock clock, boolean bounds) {
    for (String node : List.of(first, second)) {
      if (atWorker(node, clock, bounds) == 0) {
        return node + " recorded no " + what(clock, bounds);
      }
    }
    return "no event has " + what(clock, bounds) + " at both workers";
  }

  /** Why a clock's intervals have no width to speak of, if no worker has any. */
  Optional<String> whyNotAtAnyWorker(Clock clock) {
    return workersWith(clock, true) > 0
        ? Optional.empty()
        : Optional.of("no worker recorded " + what(clock, true));
  }

  private static String what(Clock clock, boolean bounds) {
    return switch (clock) {
      case SYSTEM -> "system time";
      case NTP -> "NTP time";
      case CHRONOTICK -> bounds ? "ChronoTick bounds" : "ChronoTick time";
      case BOUNDED -> bounds ? "intervals of the bounded clock" : "time of the bounded clock";
      case HINDSIGHT -> "what hindsight needs";
    };
  }
}
