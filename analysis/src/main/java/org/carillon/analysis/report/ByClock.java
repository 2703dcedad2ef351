package org.carillon.analysis.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.Judgement;
import org.carillon.analysis.statistics.PerNode;

/** What is known by clock and node as a table, and what is not in one note for each reason. */
final class ByClock {

  /** How many of those that have the same reason are named. */
  private static final int NAMED_MAX = 12;

  private ByClock() {}

  /**
   * The table and its notes.
   *
   * @param empty the table, whose first columns are the clock and the node
   * @param cells the others
   */
  static <T> List<Block> blocks(
      Table empty, Map<Clock, PerNode<T>> byClock, Function<T, List<String>> cells) {
    List<List<String>> rows = new ArrayList<>();
    SequencedMap<String, List<String>> missing = new LinkedHashMap<>();
    byClock.forEach(
        (clock, perNode) -> {
          perNode.why().ifPresent(why -> of(missing, why).add(clock.key()));
          perNode
              .entries()
              .forEach(
                  (node, judgement) -> {
                    switch (judgement) {
                      case Judgement.Known<T>(T value) ->
                          rows.add(
                              Cells.joined(
                                  List.of(clock.key(), Cells.pair(node)), cells.apply(value)));
                      case Judgement.NotComparable<T>(String why) ->
                          of(missing, why).add(clock.key() + " at " + Cells.pair(node));
                    }
                  });
        });
    List<Block> blocks = new ArrayList<>();
    blocks.add(rows.isEmpty() ? new Block.Note(empty.title() + ": none.") : empty.with(rows));
    missing.forEach(
        (why, what) -> blocks.add(new Block.Note(some(what) + ": not comparable; " + why + ".")));
    return blocks;
  }

  private static List<String> of(Map<String, List<String>> byReason, String why) {
    return byReason.computeIfAbsent(why, _ -> new ArrayList<>());
  }

  private static String some(List<String> what) {
    int more = what.size() - NAMED_MAX;
    return String.join(", ", what.subList(0, Math.min(what.size(), NAMED_MAX)))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
