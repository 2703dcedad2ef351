package org.carillon.analysis.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.carillon.analysis.input.InputProblem;
import org.carillon.analysis.input.ParquetFile;
import org.carillon.analysis.input.Table;
import org.carillon.analysis.statistics.Accounting;
import org.carillon.analysis.statistics.InputAccount;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.statistics.quality.SenderQuality;

/**
 * What a reader should know first, most serious first: data that is missing or damaged. What is
 * wrong with the clocks is added from {@link ClockWarnings}.
 */
public final class Warnings {

  /** Below it, p99 is no more than the maximum under another name. */
  private static final long FEW_EVENTS = 100;

  /** A coordinator that is so late at the 99th percentile does not keep its schedule. */
  static final long LATE_NS = 1_000_000;

  private final Summary summary;
  private final Diagnosis diagnosis;
  private final Set<String> ended;
  private final List<String> warnings = new ArrayList<>();

  private Warnings(Summary summary, Diagnosis diagnosis, Set<String> ended) {
    this.summary = summary;
    this.diagnosis = diagnosis;
    this.ended = ended;
  }

  /**
   * The warnings, each one sentence.
   *
   * @param ended workers that are known to have ended before the run did
   */
  public static List<String> of(Summary summary, Diagnosis diagnosis, Set<String> ended) {
    Warnings warnings = new Warnings(summary, diagnosis, ended);
    warnings.silentWorkers();
    warnings.damagedFiles();
    warnings.rowsSetAside();
    warnings.lostEvents();
    warnings.fewEvents();
    warnings.warnings.addAll(ClockWarnings.of(summary, diagnosis));
    warnings.warnings.addAll(QualityWarnings.of(summary, diagnosis));
    warnings.sending();
    return List.copyOf(warnings.warnings);
  }

  private void silentWorkers() {
    List<String> silent =
        summary.workers().entrySet().stream()
            .filter(entry -> entry.getValue().received() == 0)
            .map(Map.Entry::getKey)
            .toList();
    if (!silent.isEmpty()) {
      warnings.add(
          "No event counts as received at " + Nodes.list(silent) + "; nothing below speaks of it.");
    }
  }

  private void damagedFiles() {
    for (InputAccount account : summary.input()) {
      for (InputProblem problem : account.file().problems()) {
        warnings.add(problem.sentence());
      }
    }
  }

  private void rowsSetAside() {
    for (InputAccount account : summary.input()) {
      setAside(
          account,
          "foreign",
          account.foreign() - account.misnamed(),
          account.file().table() == Table.COMMIT_WAIT
              ? " of an event that is not on record at this worker"
              : " of another run (an unknown event id, or a send time more than 100 ms off)");
      setAside(
          account,
          "misnamed",
          account.misnamed(),
          " under another node's name than the rest of the file (a damaged node_id)");
      misplaced(account);
      setAside(
          account,
          "duplicate",
          account.duplicates(),
          " of an event that an earlier row stands for");
    }
  }

  private void setAside(InputAccount account, String fate, long count, String meaning) {
    if (count == 0) {
      return;
    }
    List<String> lines =
        diagnosis.setAside().stream()
            .filter(row -> row.file() == account.file().index() && row.fate().equals(fate))
            .map(
                row ->
                    (ParquetFile.isNamed(account.file().name()) ? "row " : "line ")
                        + row.line()
                        + " (event "
                        + row.eventId()
                        + row.named().map(node -> ", node " + node).orElse("")
                        + ")")
            .toList();
    warnings.add(
        account.file().name()
            + ": "
            + Quantity.count(count, "row")
            + meaning
            + (count == 1 ? " counts" : " count")
            + " nowhere else: "
            + String.join(", ", lines)
            + (count > lines.size() ? " and more" : "")
            + ".");
  }

  /** Rows may be sorted into files in any way; but whose they are should be told by both. */
  private void misplaced(InputAccount account) {
    Map<String, Long> nodes = new TreeMap<>();
    for (Diagnosis.Misplaced rows : diagnosis.misplaced()) {
      if (rows.file() == account.file().index()) {
        nodes.put(rows.node(), rows.n());
      }
    }
    if (!nodes.isEmpty()) {
      warnings.add(
          account.file().name()
              + ": its rows name other nodes than the file's name does, and count for these: "
              + Nodes.counts(nodes)
              + ".");
    }
  }

  private void lostEvents() {
    warnings.addAll(LossWarnings.of(summary, diagnosis, ended));
    Map<String, Long> outOfOrder = byWorker(Accounting::outOfOrder);
    if (!outOfOrder.isEmpty()) {
      warnings.add("Events came out of order at " + Nodes.counts(outOfOrder) + ".");
    }
  }

  private Map<String, Long> byWorker(ToLongFunction<Accounting> count) {
    Map<String, Long> counts = new TreeMap<>();
    summary
        .workers()
        .forEach(
            (node, accounting) -> {
              if (count.applyAsLong(accounting) > 0) {
                counts.put(node, count.applyAsLong(accounting));
              }
            });
    return counts;
  }

  private void fewEvents() {
    if (summary.sent() < FEW_EVENTS) {
      warnings.add(
          "Only "
              + Quantity.count(summary.sent(), "event")
              + (summary.sent() == 1 ? " was" : " were")
              + " sent: too few for the 99th percentile, and for much else.");
    }
  }

  private void sending() {
    Diagnosis.Sending sending = diagnosis.sending();
    if (sending.withFailures() > 0) {
      warnings.add(
          "The coordinator could not send "
              + Quantity.count(sending.withFailures(), "event")
              + " to every worker (column workers_failed of coordinator.csv).");
    }
    summary
        .quality()
        .sender()
        .map(SenderQuality::lateness)
        .filter(lateness -> lateness.p99Ns().orElse(0) > LATE_NS)
        .ifPresent(
            lateness ->
                warnings.add(
                    "The coordinator ran late: 1 % of the events left more than "
                        + Quantity.duration(lateness.p99Ns())
                        + " after their scheduled time, half of them more than "
                        + Quantity.duration(lateness.p50Ns())
                        + ". Mostly it gets too little of a processor; --send-cpu, --no-spin on a"
                        + " shared node, --catch-up or a lower rate help (docs/events.md)."));
    List<String> mixed =
        diagnosis.stamping().entrySet().stream()
            .filter(entry -> entry.getValue().size() > 1)
            .map(Map.Entry::getKey)
            .toList();
    if (!mixed.isEmpty()) {
      warnings.add(
          "Arrivals at "
              + Nodes.list(mixed)
              + " were stamped partly by the kernel and partly by the program: the latter are later"
              + " by the time that the program takes to wake up.");
    }
  }
}
