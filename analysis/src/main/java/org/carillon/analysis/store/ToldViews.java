package org.carillon.analysis.store;

import static org.carillon.analysis.store.SqlText.all;
import static org.carillon.analysis.store.SqlText.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.analysis.store.MergedSides.ClockColumns;
import org.carillon.analysis.store.MergedSides.Reading;

/**
 * What the clocks told of each event, as views of merged.parquet: of the send, of the arrivals, of
 * the way between, and of the arrivals at two workers.
 */
final class ToldViews {

  /** With more workers, pairs of them are joined: there are too many to name each. */
  private static final int MOST_WORKERS_IN_PAIRS = 12;

  private static final int SENT = MergedColumn.SENT;

  private final MergedSides sides;

  ToldViews(MergedSides sides) {
    this.sides = sides;
  }

  /** The statements that make the views. */
  List<String> definitions() {
    return List.of(
        "CREATE VIEW told_sent AS " + all(MergedSides.CLOCKS.stream().flatMap(this::sent)),
        "CREATE VIEW told_received AS " + all(sides.workers().boxed().flatMap(this::received)),
        "CREATE VIEW told_crossing AS " + all(sides.workers().boxed().flatMap(this::crossings)),
        "CREATE VIEW told_meeting AS " + meetings());
  }

  private Stream<String> sent(ClockColumns clock) {
    return sides.has(SENT, clock) ? Stream.of("SELECT " + told(SENT, clock, "")) : Stream.empty();
  }

  private Stream<String> received(int worker) {
    return MergedSides.CLOCKS.stream()
        .filter(clock -> sides.has(worker, clock))
        .map(
            clock ->
                "SELECT "
                    + sides.node(worker)
                    + " AS node, "
                    + told(
                        worker,
                        clock,
                        ", "
                            + sides.systemNs(SENT)
                            + " AS sent_time_ns, "
                            + sides.column(worker, "ntp_timestamp_ns")
                            + " AS ntp_ns"));
  }

  private String told(int side, ClockColumns clock, String more) {
    Reading reading = sides.reading(side, clock);
    return "event_id, "
        + text(clock.clock())
        + " AS clock, "
        + values("", reading)
        + ", "
        + sides.systemNs(side)
        + " AS system_ns, "
        + sides.column(side, "true_time_ns")
        + " AS true_time_ns"
        + more
        + " FROM merged_file WHERE "
        + reading.isThere();
  }

  private static String values(String side, Reading reading) {
    return reading.best()
        + " AS "
        + side
        + "best_ns, "
        + reading.earliest()
        + " AS "
        + side
        + "earliest_ns, "
        + reading.latest()
        + " AS "
        + side
        + "latest_ns";
  }

  /** From the coordinator to a worker, by each clock that both have. */
  private Stream<String> crossings(int worker) {
    return MergedSides.CLOCKS.stream()
        .filter(clock -> sides.has(SENT, clock) && sides.has(worker, clock))
        .map(
            clock -> {
              Reading sent = sides.reading(SENT, clock);
              Reading received = sides.reading(worker, clock);
              return "SELECT "
                  + sides.node(worker)
                  + " AS node, event_id, "
                  + text(clock.clock())
                  + " AS clock, "
                  + values("sent_", sent)
                  + ", "
                  + values("received_", received)
                  + ", "
                  + sides.systemNs(SENT)
                  + " AS sent_system_ns FROM merged_file WHERE "
                  + sent.isThere()
                  + " AND "
                  + received.isThere();
            });
  }

  /** The arrivals of an event at two workers, by each clock that both have. */
  private String meetings() {
    List<String> nodes = sides.nodes();
    if (nodes.size() < 2 || nodes.size() > MOST_WORKERS_IN_PAIRS) {
      return Database.text("joined_meeting");
    }
    List<String> selects = new ArrayList<>();
    for (int first = 0; first < nodes.size(); first++) {
      for (int second = 0; second < nodes.size(); second++) {
        if (isBefore(nodes.get(first), nodes.get(second))) {
          addMeetings(selects, first, second);
        }
      }
    }
    return all(selects.stream());
  }

  /** As the database compares texts. */
  static boolean isBefore(String one, String other) {
    return compare(one, other) < 0;
  }

  /** As the database orders texts. */
  static int compare(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private void addMeetings(List<String> selects, int first, int second) {
    for (ClockColumns clock : MergedSides.CLOCKS) {
      if (sides.has(first, clock) && sides.has(second, clock)) {
        Reading one = sides.reading(first, clock);
        Reading other = sides.reading(second, clock);
        selects.add(
            "SELECT "
                + sides.node(first)
                + " AS first_node, "
                + sides.node(second)
                + " AS second_node, event_id, "
                + text(clock.clock())
                + " AS clock, "
                + values("first_", one)
                + ", "
                + values("second_", other)
                + ownTimes(first, second)
                + " FROM merged_file WHERE "
                + one.isThere()
                + " AND "
                + other.isThere());
      }
    }
  }

  private String ownTimes(int first, int second) {
    return ", "
        + sides.systemNs(first)
        + " AS first_system_ns, "
        + sides.column(first, "true_time_ns")
        + " AS first_true_time_ns, "
        + sides.systemNs(second)
        + " AS second_system_ns, "
        + sides.column(second, "true_time_ns")
        + " AS second_true_time_ns";
  }
}
