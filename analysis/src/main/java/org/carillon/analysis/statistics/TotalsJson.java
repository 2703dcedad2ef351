package org.carillon.analysis.statistics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.BiConsumer;

/** The part of {@code summary.json} about all workers together: as of one, without its name. */
final class TotalsJson {

  private TotalsJson() {}

  static void write(ObjectNode node, Totals totals) {
    clocks(node.putObject("latency"), totals.latency(), EntryJson::distribution);
    clocks(node.putObject("latency_bounds"), totals.latencyBounds(), EntryJson::latencyBounds);
    clocks(node.putObject("causality"), totals.causality(), EntryJson::causality);
    clocks(node.putObject("ordering"), totals.ordering(), EntryJson::ordering);
    clocks(node.putObject("cross_ordering"), totals.crossOrdering(), EntryJson::crossOrdering);
    EntryJson.totalWindows(node.putObject("windows"), totals.windows());
    clocks(node.putObject("smallest_window"), totals.smallestWindow(), EntryJson::smallestWindow);
    clocks(node.putObject("commit_wait"), totals.commitWait(), EntryJson::commitWait);
  }

  private static <T> void clocks(
      ObjectNode parent, Map<Clock, T> byClock, BiConsumer<ObjectNode, T> writer) {
    byClock.forEach((clock, value) -> writer.accept(parent.putObject(clock.key()), value));
  }
}
