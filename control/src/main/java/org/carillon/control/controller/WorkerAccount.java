package org.carillon.control.controller;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.carillon.control.controller.RunView.WorkerView;
import org.carillon.control.statistics.ClockReport;
import org.carillon.control.statistics.Counters;
import org.carillon.control.statistics.CpuShares;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.control.workload.ExecResult;
import org.carillon.core.net.HostPort;
import org.carillon.core.time.Reading;

/** What one worker has told so far. Every status is added once. */
final class WorkerAccount {

  private final AgentAddress address;
  private Optional<String> node;
  private OptionalInt udpPort = OptionalInt.empty();
  private String clockSpecification = "";
  private String injectedFaults = "";
  private Optional<Reading> start = Optional.empty();
  private OptionalLong startKnownTrueTimeNs = OptionalLong.empty();
  private Counters counters = Counters.ZERO;
  private double rateHz;
  private LatencyHistogram interval = LatencyHistogram.EMPTY;
  private LatencyHistogram all = LatencyHistogram.EMPTY;
  private Optional<Boolean> reconciled = Optional.empty();
  private ClockReport clock = ClockReport.UNKNOWN;
  private CpuShares cpu = CpuShares.UNKNOWN;
  private Optional<ExecResult> exec = Optional.empty();

  WorkerAccount(AgentAddress address) {
    this.address = address;
    this.node = address.name();
  }

  void add(WorkerStatus status) {
    switch (status) {
      case WorkerStatus.Ready ready -> {
        node = node.or(() -> Optional.of(ready.node()));
        udpPort = ready.udpPort();
        clock = ready.clock();
        clockSpecification = ready.clockSpecification();
        injectedFaults = ready.injectedFaults();
      }
      case WorkerStatus.Running running -> add(running.progress());
      case WorkerStatus.Final last -> {
        last.progress().ifPresent(this::add);
        reconciled = last.latencyTotal().map(all::equals);
        exec = last.exec();
      }
    }
  }

  private void add(WorkerStatus.Progress progress) {
    start = start.or(progress::start);
    if (startKnownTrueTimeNs.isEmpty()) {
      startKnownTrueTimeNs = progress.startKnownTrueTimeNs();
    }
    counters = progress.counters();
    rateHz = progress.rateHz();
    interval = progress.latencies();
    all = all.plus(interval);
    clock = progress.clock();
    cpu = progress.cpu();
  }

  void clock(ClockReport report) {
    clock = report;
  }

  ClockReport clock() {
    return clock;
  }

  Optional<Reading> start() {
    return start;
  }

  /** Whether the worker's total is the sum of its intervals; empty if it told no total. */
  Optional<Boolean> reconciled() {
    return reconciled;
  }

  /** The node's name, or the address while that is not known. */
  String name() {
    return node.orElseGet(() -> address.control().toString());
  }

  /** To whom events are sent. */
  ReadyWorker ready() {
    String host = address.dataHost().orElse(address.control().host());
    return new ReadyWorker(
        name(),
        udpPort.isPresent()
            ? Optional.of(new HostPort(host, udpPort.getAsInt()))
            : Optional.empty());
  }

  WorkerView view(WorkerMachine machine) {
    WorkerState state = machine.state();
    return new WorkerView(
        name(),
        state.text(),
        machine.trouble(),
        counters,
        rateHz,
        state.isFinal() ? all : interval,
        clock,
        cpu);
  }

  WorkerResult result(WorkerMachine machine) {
    return new WorkerResult(
        name(),
        address.control(),
        machine.state().end(),
        machine.state() instanceof WorkerState.Failed failed ? failed.reason() : "",
        start,
        startKnownTrueTimeNs,
        counters,
        all,
        reconciled,
        clock,
        machine.reconnects(),
        exec,
        clockSpecification,
        injectedFaults);
  }
}
