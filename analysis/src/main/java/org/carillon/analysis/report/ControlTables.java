package org.carillon.analysis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.carillon.analysis.control.ControlRecord;
import org.carillon.analysis.control.ControlRecord.CommonStart;
import org.carillon.analysis.control.ControlRecord.ControlledWorker;
import org.carillon.analysis.control.ControlRecord.Counts;
import org.carillon.analysis.control.ControlRecord.ExecEnd;
import org.carillon.analysis.control.ControlRecord.StartReading;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.core.run.WorkerEnd;

/** What control.json tells, as tables. */
final class ControlTables {

  private final ControlRecord control;
  private final List<Block> blocks = new ArrayList<>();

  private ControlTables(ControlRecord control) {
    this.control = control;
  }

  static List<Block> of(ControlRecord control) {
    ControlTables tables = new ControlTables(control);
    tables.fill();
    return List.copyOf(tables.blocks);
  }

  private void fill() {
    table(
        "outcome",
        "Outcome",
        List.of("worker", "outcome", "reason", "reconnects", "clock"),
        control.workers().stream().map(this::outcome).toList());
    control.start().ifPresent(this::starts);
    if (control.isOfCommands()) {
      table(
          "command",
          "Command",
          List.of("worker", "exit code", "took (ms)", "output (bytes)", "errors (bytes)", "remark"),
          control.workers().stream()
              .flatMap(worker -> worker.exec().map(end -> command(worker.node(), end)).stream())
              .toList());
    } else {
      table(
          "counters",
          "Counted by the workers; Events above is counted from their files",
          List.of(
              "worker",
              "received",
              "duplicates",
              "undecided",
              "out of order",
              "missing",
              "highest event",
              "foreign",
              "malformed",
              "rows written",
              "rows lost"),
          control.workers().stream()
              .flatMap(worker -> worker.counters().map(c -> counts(worker.node(), c)).stream())
              .toList());
    }
  }

  private List<String> outcome(ControlledWorker worker) {
    return List.of(
        worker.node(),
        worker.end().text(),
        worker.end() == WorkerEnd.STOPPED ? "the run was called off" : worker.reason(),
        Quantity.count(worker.reconnects()),
        worker.clockSpecification());
  }

  private void starts(CommonStart start) {
    table(
        "start",
        "First moments in ms after the agreed instant",
        List.of("worker", "earliest", "best", "latest", "true time"),
        control.workers().stream()
            .flatMap(
                worker ->
                    worker.start().stream()
                        .map(reading -> start(worker.node(), reading, start.trueTimeNs())))
            .toList());
  }

  private static List<String> start(String node, StartReading reading, long instantNs) {
    return List.of(
        node,
        milliseconds(reading.earliestNs() - instantNs),
        milliseconds(reading.bestNs() - instantNs),
        milliseconds(reading.latestNs() - instantNs),
        reading.knownTrueTimeNs().isPresent()
            ? milliseconds(reading.knownTrueTimeNs().getAsLong() - instantNs)
            : "–");
  }

  private static List<String> command(String node, ExecEnd end) {
    return List.of(
        node,
        end.exitCode().isPresent() ? String.valueOf(end.exitCode().getAsInt()) : "–",
        milliseconds(end.elapsedNs()),
        Quantity.count(end.standardOutputBytes()),
        Quantity.count(end.standardErrorBytes()),
        (end.timedOut() ? "its time was over " : "") + (end.outputCut() ? "output was cut" : ""));
  }

  private static List<String> counts(String node, Counts counts) {
    return List.of(
        node,
        Quantity.count(counts.received()),
        Quantity.count(counts.duplicates()),
        Quantity.count(counts.undecided()),
        Quantity.count(counts.outOfOrder()),
        Quantity.count(counts.missing()),
        Quantity.count(counts.highestEventId()),
        Quantity.count(counts.foreign()),
        Quantity.count(counts.malformed()),
        Quantity.count(counts.rowsWritten()),
        Quantity.count(counts.rowsLost()));
  }

  private static String milliseconds(long ns) {
    return Quantity.milliseconds(OptionalLong.of(ns));
  }

  private void table(String name, String title, List<String> headers, List<List<String>> rows) {
    if (!rows.isEmpty()) {
      blocks.add(Table.of(name, title, headers, rows).from("control.json"));
    }
  }
}
