package org.carillon.analysis.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.carillon.analysis.control.ControlRecord.CommonStart;
import org.carillon.analysis.control.ControlRecord.ControlledWorker;
import org.carillon.analysis.control.ControlRecord.ExecEnd;
import org.carillon.analysis.control.ControlRecord.StartReading;
import org.carillon.analysis.diagnosis.Nodes;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.core.run.WorkerEnd;

/** A controlled run in a few sentences: what came out of the control, and what to know first. */
public final class ControlFindings {

  /** Later than this after the agreed instant is worth a warning, if the bounds prove it. */
  private static final long LATE_NS = 1_000_000;

  private final ControlRecord control;

  private ControlFindings(ControlRecord control) {
    this.control = control;
  }

  /** The findings, each one sentence; errors first, and marked as such. */
  public static List<String> findings(ControlRecord control, Reconciliation reconciliation) {
    List<String> findings = new ArrayList<>();
    reconciliation.errors().forEach(error -> findings.add("ERROR: " + error));
    ControlFindings of = new ControlFindings(control);
    findings.add(of.start().orElse("No worker is known to have reached the common start."));
    of.command().ifPresent(findings::add);
    of.commands().ifPresent(findings::add);
    return findings;
  }

  /** The warnings, each one sentence, most serious first. */
  public static List<String> warnings(ControlRecord control, Reconciliation reconciliation) {
    List<String> warnings = new ArrayList<>();
    ControlFindings of = new ControlFindings(control);
    of.injectedFaults().ifPresent(warnings::add);
    of.failures(warnings);
    of.brokenStarts().ifPresent(warnings::add);
    of.lateStarts().ifPresent(warnings::add);
    of.reconnects().ifPresent(warnings::add);
    warnings.addAll(reconciliation.notes());
    return warnings;
  }

  /** What broke, each in a few words. */
  static List<String> troubles(ControlRecord control, Reconciliation reconciliation) {
    List<String> troubles = new ArrayList<>();
    if (faults(control).isPresent()) {
      troubles.add("faults were injected on purpose");
    }
    if (!reconciliation.errors().isEmpty()) {
      troubles.add("the run's records contradict each other");
    }
    List<String> failed =
        control.workers().stream()
            .filter(worker -> worker.end() == WorkerEnd.FAILED)
            .map(ControlledWorker::node)
            .toList();
    if (!failed.isEmpty()) {
      troubles.add((failed.size() == 1 ? "worker " : "workers ") + Nodes.list(failed) + " failed");
    }
    return troubles;
  }

  /** The faults that were injected on purpose, if any were. */
  public static Optional<String> faults(ControlRecord control) {
    return new ControlFindings(control).injectedFaults();
  }

  private Optional<String> start() {
    return control
        .start()
        .filter(start -> start.spread().isPresent())
        .map(
            start ->
                (start.sentence().isEmpty() ? inWords(start) : start.sentence())
                    + knownSpread(start)
                    + "; the agreed instant was "
                    + Instant.EPOCH.plusNanos(start.trueTimeNs())
                    + ".");
  }

  private static String inWords(CommonStart start) {
    Spread spread = start.spread().orElseThrow();
    return Quantity.count(spread.workers(), "worker")
        + " started within "
        + Quantity.duration(spread.bestNs())
        + " (between "
        + Quantity.duration(spread.atLeastNs())
        + " and "
        + Quantity.duration(spread.atMostNs())
        + ", by their bounds)";
  }

  private static String knownSpread(CommonStart start) {
    OptionalLong known = start.knownTrueSpreadNs();
    return known.isEmpty()
        ? ""
        : "; in true time, which simulated clocks know, it was "
            + Quantity.duration(known.getAsLong());
  }

  private Optional<String> command() {
    return control
        .command()
        .map(
            command ->
                "The command was: "
                    + command.text()
                    + " (ended after "
                    + Quantity.exact(command.timeoutNs())
                    + " at the latest); what it wrote is in exec_NODE.out, its errors in"
                    + " exec_NODE.err.");
  }

  private Optional<String> commands() {
    List<ExecEnd> ends = control.workers().stream().flatMap(w -> w.exec().stream()).toList();
    if (ends.isEmpty()) {
      return Optional.empty();
    }
    long succeeded = ends.stream().filter(end -> end.exitCode().orElse(-1) == 0).count();
    LongStream elapsed = ends.stream().mapToLong(ExecEnd::elapsedNs);
    long longest = elapsed.max().orElseThrow();
    long shortest = ends.stream().mapToLong(ExecEnd::elapsedNs).min().orElseThrow();
    return Optional.of(
        "The command ended with exit code 0 on "
            + Quantity.count(succeeded)
            + " of "
            + Quantity.count(control.workers().size(), "node")
            + ", and took "
            + (shortest == longest
                ? Quantity.duration(longest)
                : Quantity.duration(shortest) + " to " + Quantity.duration(longest))
            + ".");
  }

  private Optional<String> injectedFaults() {
    Map<String, String> faults = new LinkedHashMap<>();
    if (!control.injectedFaults().isEmpty()) {
      faults.put("coordinator", control.injectedFaults());
    }
    control.workers().stream()
        .filter(worker -> !worker.injectedFaults().isEmpty())
        .forEach(worker -> faults.put(worker.node(), worker.injectedFaults()));
    return faults.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "FAULTS WERE INJECTED into this run on purpose: "
                + Nodes.list(
                    faults.entrySet().stream()
                        .map(fault -> fault.getKey() + " (" + fault.getValue() + ")")
                        .toList())
                + ". Nothing here speaks of how the system does without them.");
  }

  private void failures(List<String> warnings) {
    if (control.exitCode() != 0) {
      warnings.add(
          "The run ended with exit code "
              + control.exitCode()
              + (control.outcome().isEmpty() ? "." : ": " + sentence(control.outcome())));
    }
    List<String> stopped =
        control.workers().stream()
            .filter(worker -> worker.end() == WorkerEnd.STOPPED)
            .map(ControlledWorker::node)
            .toList();
    Map<String, List<String>> byReason = new LinkedHashMap<>();
    control.workers().stream()
        .filter(worker -> worker.end() == WorkerEnd.FAILED)
        .forEach(
            worker ->
                byReason
                    .computeIfAbsent(worker.reason(), _ -> new ArrayList<>())
                    .add(worker.node()));
    byReason.forEach(
        (reason, nodes) ->
            warnings.add(
                (nodes.size() == 1 ? "Worker " : "Workers ")
                    + Nodes.list(nodes)
                    + " failed: "
                    + sentence(reason.isEmpty() ? "no reason is known" : reason)));
    if (!stopped.isEmpty()) {
      warnings.add(
          (stopped.size() == 1 ? "Worker " : "Workers ")
              + Nodes.list(stopped)
              + " stopped, since the run was called off.");
    }
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }

  private Optional<String> brokenStarts() {
    List<String> outside =
        control.workers().stream()
            .filter(worker -> worker.start().map(ControlFindings::isBroken).orElse(false))
            .map(ControlledWorker::node)
            .toList();
    return outside.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The start readings of "
                + Nodes.list(outside)
                + " do not hold true time, which their simulated clocks know: what is said of the"
                + " start by bounds is wrong.");
  }

  private static boolean isBroken(StartReading reading) {
    OptionalLong known = reading.knownTrueTimeNs();
    return known.isPresent()
        && (known.getAsLong() < reading.earliestNs() || known.getAsLong() > reading.latestNs());
  }

  private Optional<String> lateStarts() {
    if (control.start().isEmpty()) {
      return Optional.empty();
    }
    long instant = control.start().get().trueTimeNs();
    List<String> late = new ArrayList<>();
    for (ControlledWorker worker : control.workers()) {
      worker
          .start()
          .map(reading -> reading.earliestNs() - instant)
          .filter(lateNs -> lateNs > LATE_NS)
          .ifPresent(lateNs -> late.add(worker.node() + " (" + Quantity.duration(lateNs) + ")"));
    }
    return late.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Began provably later than the agreed instant, by at least this: "
                + Nodes.list(late)
                + ".");
  }

  private Optional<String> reconnects() {
    Map<String, Long> reconnects = new LinkedHashMap<>();
    control.workers().stream()
        .filter(worker -> worker.reconnects() > 0)
        .forEach(worker -> reconnects.put(worker.node(), (long) worker.reconnects()));
    return reconnects.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Control streams were lost and taken up again: "
                + Nodes.counts(reconnects)
                + "; the workers recorded meanwhile.");
  }
}
