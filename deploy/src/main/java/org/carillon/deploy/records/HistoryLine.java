package org.carillon.deploy.records;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What people read of a history: an action, or the last of several validations that said the same
 * while nothing else was done.
 *
 * @param entry the action, or the last of them
 * @param count how many it stands for, ≥ 1
 * @param sinceNs when the first of them began, ns since the Unix epoch
 */
public record HistoryLine(HistoryEntry entry, int count, long sinceNs) {

  private static HistoryLine of(HistoryEntry entry) {
    return new HistoryLine(entry, 1, entry.startNs());
  }

  /** A line for each action. */
  public static List<HistoryLine> each(List<HistoryEntry> entries) {
    return entries.stream().map(HistoryLine::of).toList();
  }

  /** Validations of the same deployable that followed each other and said the same are one line. */
  public static List<HistoryLine> folded(List<HistoryEntry> entries) {
    List<HistoryLine> lines = new ArrayList<>();
    Map<String, HistoryLine> last = new LinkedHashMap<>();
    for (HistoryEntry entry : entries) {
      HistoryLine before = last.get(entry.deployable());
      HistoryLine line = of(entry);
      if (before != null && before.saysTheSameAs(entry)) {
        lines.remove(before);
        line = new HistoryLine(entry, before.count + 1, before.sinceNs);
      }
      lines.add(line);
      last.put(entry.deployable(), line);
    }
    return List.copyOf(lines);
  }

  private boolean saysTheSameAs(HistoryEntry later) {
    return entry.kind().equals(ActionKind.VALIDATE.word())
        && later.kind().equals(entry.kind())
        && entry.exitCode().isPresent()
        && later.exitCode().equals(entry.exitCode())
        && later.outcome().equals(entry.outcome())
        && later.versions().equals(entry.versions());
  }

  /** The end of the sentence about the outcome. */
  String repeated() {
    return count == 1
        ? ""
        : " (the last of %d validations that said so, since %s)"
            .formatted(count, Times.iso(sinceNs));
  }
}
