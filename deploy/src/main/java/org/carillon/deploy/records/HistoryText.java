package org.carillon.deploy.records;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import org.carillon.core.Table;
import org.carillon.core.time.DurationText;

/** The history for people and programs. */
public final class HistoryText {

  private HistoryText() {}

  /** One line each. */
  public static String text(List<HistoryEntry> entries) {
    Table table = new Table("id", "by", "took", "code", "now", "outcome");
    entries.forEach(
        entry ->
            table.row(
                entry.id(),
                entry.by(),
                entry.endNs().isPresent()
                    ? DurationText.rounded(
                        Duration.ofNanos(Math.max(0, entry.endNs().getAsLong() - entry.startNs())))
                    : "-",
                entry.exitCode().isPresent() ? entry.exitCode().getAsInt() : "-",
                entry.versions().isEmpty() ? "-" : entry.versions(),
                entry.exitCode().isPresent() ? entry.outcome() : "under way, or cut off"));
    return table.toString();
  }

  /** An array of objects, as they stand in the file. */
  public static String json(List<HistoryEntry> entries) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    entries.forEach(entry -> array.add(entry.toJson()));
    return array.toPrettyString() + "\n";
  }
}
