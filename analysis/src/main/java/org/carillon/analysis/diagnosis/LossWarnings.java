package org.carillon.analysis.diagnosis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.carillon.analysis.input.Table;
import org.carillon.analysis.statistics.InputAccount;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.statistics.quality.Bursts;
import org.carillon.analysis.statistics.quality.LossCauses;
import org.carillon.analysis.statistics.quality.NetworkQuality;
import org.carillon.analysis.statistics.quality.Reception;

/** Where events went that are not on record: a sentence for each cause, so that they add up. */
final class LossWarnings {

  private final Map<String, NetworkQuality> network;
  private final Set<String> ended;

  /** Workers whose files are damaged such that rows are missing. */
  private final Set<String> cut;

  private final Map<String, Long> afterTheEnd;
  private final List<String> warnings = new ArrayList<>();

  private LossWarnings(Summary summary, Diagnosis diagnosis, Set<String> ended) {
    this.network = summary.quality().network();
    this.ended = ended;
    this.afterTheEnd = new TreeMap<>();
    this.cut = new HashSet<>();
    summary.input().stream()
        .map(InputAccount::file)
        .filter(file -> file.cut() && file.table() == Table.WORKER)
        .forEach(file -> cut.add(file.node()));
    ended.stream()
        .filter(node -> !cut.contains(node))
        .filter(node -> diagnosis.afterTheLast().getOrDefault(node, 0L) > 0)
        .forEach(node -> afterTheEnd.put(node, diagnosis.afterTheLast().get(node)));
  }

  /**
   * The warnings.
   *
   * @param ended workers that are known to have ended before the run did
   */
  static List<String> of(Summary summary, Diagnosis diagnosis, Set<String> ended) {
    LossWarnings warnings = new LossWarnings(summary, diagnosis, ended);
    warnings.causes();
    warnings.bursts();
    warnings.unaccounted();
    return warnings.warnings;
  }

  private void causes() {
    add(
        counts(causes -> causes.network().orElse(0)),
        "lost on the way to",
        ": they never reached the worker's socket");
    add(
        counts(causes -> causes.kernel().orElse(0)),
        "dropped by the kernel at",
        ", whose socket's buffer was full: the worker came too late to read them"
            + " (--receive-buffer, docs/events.md)");
    add(
        counts(LossCauses::disk),
        "received at",
        " and could not be written down: a full or failing disk, and no loss on the way");
    Map<String, Long> damaged = counts(LossCauses::damaged);
    Map<String, Long> fromCut = new TreeMap<>(damaged);
    fromCut.keySet().retainAll(cut);
    damaged.keySet().removeAll(cut);
    add(damaged, "counted as lost at", ", because as many lines of the worker's file are damaged");
    add(
        fromCut,
        "counted as lost at",
        ", because rows are missing from the worker's file, which is damaged; whether any of them"
            + " were lost on the way cannot be told");
    Map<String, Long> unknown = counts(LossCauses::unknown);
    add(
        unknown,
        "not on record at",
        ": lost on the way, by the kernel or by the disk, which cannot be told without the kernel's"
            + " drops in reception_NODE.csv");
    Map<String, Long> late = counts(LossCauses::afterTheLast);
    late.keySet().removeAll(ended);
    add(
        late,
        "sent after the last one on record at",
        ": lost on the way, or the worker was at its end by then, which cannot be told");
    if (!afterTheEnd.isEmpty()) {
      warnings.add(
          "Events that came after the end of a worker and could not reach it, by the last one that"
              + " it recorded: "
              + Nodes.counts(afterTheEnd)
              + "; the tables count them as lost.");
    }
  }

  private Map<String, Long> counts(ToLongFunction<LossCauses> cause) {
    Map<String, Long> counts = new TreeMap<>();
    network.forEach(
        (node, one) -> {
          if (cause.applyAsLong(one.causes()) > 0) {
            counts.put(node, cause.applyAsLong(one.causes()));
          }
        });
    return counts;
  }

  private void add(Map<String, Long> counts, String what, String meaning) {
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    if (total > 0) {
      warnings.add(
          Quantity.count(total, "event")
              + (total == 1 ? " was " : " were ")
              + what
              + " "
              + Nodes.counts(counts)
              + meaning
              + ".");
    }
  }

  private void bursts() {
    List<String> parts = new ArrayList<>();
    network.forEach(
        (node, one) ->
            one.bursts()
                .filter(Bursts::cling)
                .ifPresent(
                    bursts ->
                        parts.add(
                            node
                                + " (the longest "
                                + Quantity.count(bursts.longest())
                                + " in a row, on average "
                                + decimal(bursts.meanMilli())
                                + " where chance alone would make it "
                                + decimal(bursts.independentMilli())
                                + ")")));
    if (!parts.isEmpty()) {
      warnings.add(
          "Events were lost in bursts at "
              + Nodes.list(parts)
              + ": percentiles of what did arrive say nothing of those moments.");
    }
  }

  private static String decimal(long milli) {
    return Quantity.count(milli / 1000) + "." + milli % 1000 / 100;
  }

  private void unaccounted() {
    network.forEach(
        (node, one) -> {
          long rest = one.reception().map(Reception::unaccounted).orElse(0L);
          if (rest != 0) {
            warnings.add(
                "The counts of "
                    + node
                    + " do not add up: reception_"
                    + node
                    + ".csv has "
                    + Quantity.count(Math.abs(rest))
                    + (rest > 0 ? " more" : " fewer")
                    + " events than its file has lines and rows lost, as after a crash.");
          }
        });
  }
}
