package org.carillon.analysis.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.carillon.analysis.control.ControlRecord.ControlledWorker;
import org.carillon.analysis.control.ControlRecord.Counts;
import org.carillon.analysis.control.ControlRecord.StartReading;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.input.Table;
import org.carillon.analysis.statistics.Accounting;
import org.carillon.analysis.statistics.InputAccount;
import org.carillon.analysis.statistics.Summary;

/**
 * Whether what was counted during a run agrees with what its files hold. docs/formats.md says which
 * number is held against which, and when that cannot be done.
 *
 * @param errors each a sentence with both numbers; none if all agrees
 * @param notes what could not be compared, or differs for a reason that is known
 */
public record Reconciliation(List<String> errors, List<String> notes) {

  public Reconciliation {
    errors = List.copyOf(errors);
    notes = List.copyOf(notes);
  }

  /** Holds a run's counters against its rows. */
  public static Reconciliation of(ControlRecord control, Summary summary) {
    Comparison comparison = new Comparison(control, summary);
    comparison.start();
    if (!control.isOfCommands()) {
      comparison.lastEvent();
      control.workers().forEach(comparison::worker);
      comparison.strangers();
    }
    comparison.sums();
    return new Reconciliation(comparison.errors, comparison.notes);
  }

  /** What a worker recorded: the file's name, its lines, and how many of them are of no use. */
  private record Recorded(String name, long lines, long damaged) {}

  private static final class Comparison {

    private final ControlRecord control;
    private final Summary summary;
    private final Map<String, InputFile> files = new TreeMap<>();
    private final List<String> errors = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Comparison(ControlRecord control, Summary summary) {
      this.control = control;
      this.summary = summary;
      for (InputAccount account : summary.input()) {
        if (account.file().table() == Table.WORKER) {
          files.put(account.file().node(), account.file());
        }
      }
    }

    private void start() {
      List<StartReading> readings =
          control.workers().stream().flatMap(worker -> worker.start().stream()).toList();
      Optional<Spread> computed = Spread.of(readings);
      Optional<Spread> told = control.start().flatMap(ControlRecord.CommonStart::spread);
      if (told.isPresent() && computed.isPresent() && !told.equals(computed)) {
        errors.add(
            "the spread of the start that control.json tells ("
                + sentence(told.get())
                + ") is not that of the workers' readings in it ("
                + sentence(computed.get())
                + ").");
      }
    }

    private static String sentence(Spread spread) {
      return Quantity.count(spread.workers(), "worker")
          + ", "
          + Quantity.count(spread.bestNs())
          + " ns, between "
          + Quantity.count(spread.atLeastNs())
          + " and "
          + Quantity.count(spread.atMostNs());
    }

    private void lastEvent() {
      if (control.lastEventId().isPresent()
          && control.lastEventId().getAsLong() != summary.sent()
          && control.workers().stream().anyMatch(worker -> worker.start().isPresent())) {
        errors.add(
            "the coordinator announced "
                + Quantity.count(control.lastEventId().getAsLong())
                + " as its last event, and coordinator.csv holds "
                + Quantity.count(summary.sent(), "event")
                + ".");
      }
    }

    private void worker(ControlledWorker worker) {
      if (worker.latencyReconciled().equals(Optional.of(false))) {
        errors.add(
            worker.node()
                + ": the latencies of its statuses do not add up to those of its whole run.");
      }
      if (worker.counters().isEmpty()) {
        notes.add(worker.node() + ": its counters are not legible, so its rows prove nothing.");
        return;
      }
      Counts counts = worker.counters().get();
      Optional<Recorded> recorded = recorded(worker.node());
      if (recorded.isEmpty()) {
        withoutFile(worker, counts);
      } else if (worker.completed()) {
        completed(worker.node(), counts, recorded.get());
      } else {
        failed(worker.node(), counts, recorded.get());
      }
    }

    /** By the name of its file, or else by the node that rows name. */
    private Optional<Recorded> recorded(String node) {
      InputFile file = files.get(node);
      if (file != null) {
        return Optional.of(new Recorded(file.name(), file.lines(), file.torn() + file.refused()));
      }
      return Optional.ofNullable(summary.workers().get(node))
          .map(rows -> rows.received() + rows.duplicates() + rows.foreign())
          .map(lines -> new Recorded("the file with its rows", lines, 0));
    }

    private void withoutFile(ControlledWorker worker, Counts counts) {
      if (counts.rowsWritten() > 0) {
        String sentence =
            worker.node()
                + ": it counted "
                + Quantity.count(counts.rowsWritten(), "row")
                + " written, and there is no worker_"
                + worker.node()
                + ".csv here";
        if (worker.completed()) {
          errors.add(sentence + ".");
        } else {
          notes.add(sentence + "; it failed, and its file may still be on its host.");
        }
      }
    }

    /** The last counters are final: every one of them must agree. */
    private void completed(String node, Counts counts, Recorded file) {
      same(node, "rows written", counts.rowsWritten(), file.lines(), file.name());
      same(
          node,
          "events received",
          counts.received(),
          counts.rowsWritten() + counts.rowsLost(),
          "its rows written and lost");
      Accounting rows = summary.workers().get(node);
      if (rows == null || !everyEventHasItsRow(counts, file, rows)) {
        notes.add(
            node
                + ": "
                + whyNotEvent(counts, file)
                + ", so duplicates and losses are not compared one by one.");
        return;
      }
      same(node, "duplicates", counts.duplicates(), rows.duplicates(), file.name());
      if (control.lastEventId().isPresent()
          && control.lastEventId().getAsLong() == summary.sent()) {
        // A worker that never learned the last event's id counts gaps up to its own highest.
        long tail = Math.max(0, control.lastEventId().getAsLong() - counts.highestEventId());
        if (counts.missing() + tail != rows.lost()) {
          same(
              node,
              "events missing",
              counts.missing(),
              rows.lost(),
              "coordinator.csv and " + file.name());
        }
      }
    }

    private static boolean everyEventHasItsRow(Counts counts, Recorded file, Accounting rows) {
      return counts.rowsLost() == 0
          && counts.undecided() == 0
          && file.damaged() == 0
          && rows.foreign() == 0;
    }

    private static String whyNotEvent(Counts counts, Recorded file) {
      if (counts.rowsLost() > 0) {
        return Quantity.count(counts.rowsLost(), "row") + " could not be written";
      }
      if (counts.undecided() > 0) {
        return Quantity.count(counts.undecided(), "event") + " came too late to be told apart";
      }
      return file.damaged() > 0
          ? "lines of " + file.name() + " are damaged"
          : "rows of " + file.name() + " are of another run or node";
    }

    /**
     * The last counters are those of its last status: the file may hold more, and never less,
     * because a row counts as written only when it is in the file.
     */
    private void failed(String node, Counts counts, Recorded file) {
      long later = file.lines() - counts.rowsWritten();
      if (later < 0) {
        same(node, "rows written", counts.rowsWritten(), file.lines(), file.name());
      } else if (later > 0) {
        notes.add(
            node
                + ": it failed after its last status, which counted "
                + Quantity.count(counts.rowsWritten(), "row")
                + "; "
                + file.name()
                + " holds "
                + Quantity.count(later)
                + " more that it recorded on its own.");
      }
    }

    private void same(String node, String what, long counted, long found, String where) {
      if (counted != found) {
        errors.add(
            node
                + ": "
                + what
                + ": "
                + Quantity.count(counted)
                + " by its counters, "
                + Quantity.count(found)
                + " by "
                + where
                + ".");
      }
    }

    /** Files of workers that did not take part, by all that the coordinator knows. */
    private void strangers() {
      summary.workers().keySet().stream()
          .filter(node -> control.workers().stream().noneMatch(w -> w.node().equals(node)))
          .forEach(
              node ->
                  notes.add(
                      node
                          + ": control.json does not name it, so nothing is held against its"
                          + " rows."));
    }

    private void sums() {
      if (control.all().isEmpty()
          || control.workers().stream().anyMatch(worker -> worker.counters().isEmpty())) {
        return;
      }
      Counts all = control.all().get();
      sum("received", all, Counts::received);
      sum("duplicates", all, Counts::duplicates);
      sum("missing", all, Counts::missing);
      sum("rows_written", all, Counts::rowsWritten);
      sum("rows_lost", all, Counts::rowsLost);
    }

    private void sum(String key, Counts all, ToLongFunction<Counts> value) {
      long sum =
          control.workers().stream()
              .flatMap(worker -> worker.counters().stream())
              .mapToLong(value)
              .sum();
      if (sum != value.applyAsLong(all)) {
        errors.add(
            "all.counters."
                + key
                + " of control.json is "
                + Quantity.count(value.applyAsLong(all))
                + ", and its workers' come to "
                + Quantity.count(sum)
                + ".");
      }
    }
  }
}
