package org.carillon.control.agent;

import java.util.Optional;
import java.util.OptionalInt;
import org.carillon.control.statistics.CpuMeter;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.control.wire.Aborted;
import org.carillon.control.wire.Completed;
import org.carillon.control.wire.Error;
import org.carillon.control.wire.ExecResult;
import org.carillon.control.wire.Latency;
import org.carillon.control.wire.Pong;
import org.carillon.control.wire.Progress;
import org.carillon.control.wire.Ready;
import org.carillon.control.wire.Running;
import org.carillon.control.wire.StatusMessage;
import org.carillon.control.workload.NodeClock;
import org.carillon.control.workload.Workload;
import org.carillon.core.time.ClockSource;

/** Writes the statuses of a worker. For one thread. */
final class Reporter {

  private static final double NS_PER_SECOND = 1e9;

  private final AgentOptions options;
  private final ClockSource clock;
  private final NodeClock nodeClock;
  private final CpuMeter cpu = new CpuMeter();

  private record Begun(Workload workload, StartMoment start) {}

  private Optional<Begun> begun = Optional.empty();
  private long lastReceived;
  private long lastNs;

  Reporter(AgentOptions options, ClockSource clock, NodeClock nodeClock) {
    this.options = options;
    this.clock = clock;
    this.nodeClock = nodeClock;
  }

  /** From here on there is progress to report. */
  void started(Workload workload, StartMoment start) {
    begun = Optional.of(new Begun(workload, start));
    lastNs = clock.monotonicNs();
    cpu.sinceLast();
  }

  StatusMessage.Builder ready(OptionalInt udpPort) {
    Ready.Builder ready =
        Ready.newBuilder()
            .setNodeId(options.nodeId())
            .setClock(Messages.clock(nodeClock.report()))
            .setClockSpecification(options.clockSpecification())
            .setInjectedFaults(options.injectedFaults());
    udpPort.ifPresent(ready::setUdpPort);
    return StatusMessage.newBuilder().setReady(ready);
  }

  StatusMessage.Builder running() {
    Running.Builder running = Running.newBuilder();
    progress().ifPresent(running::setProgress);
    return StatusMessage.newBuilder().setRunning(running);
  }

  StatusMessage.Builder end(Verdict verdict, Optional<Workload.Ending> ending) {
    Optional<Progress> progress = progress();
    Optional<Latency> latency =
        ending
            .map(Workload.Ending::latencyTotal)
            .filter(total -> total.count() > 0)
            .map(Messages::latency);
    Optional<ExecResult> exec = ending.flatMap(Workload.Ending::exec).map(Messages::exec);
    StatusMessage.Builder message = StatusMessage.newBuilder();
    switch (verdict) {
      case Verdict.Completed _ -> {
        Completed.Builder completed = Completed.newBuilder();
        progress.ifPresent(completed::setProgress);
        latency.ifPresent(completed::setLatencyTotal);
        exec.ifPresent(completed::setExec);
        message.setCompleted(completed);
      }
      case Verdict.Failed(String path, String reason, var _) -> {
        Error.Builder error = Error.newBuilder().setPath(path).setReason(reason);
        progress.ifPresent(error::setProgress);
        latency.ifPresent(error::setLatencyTotal);
        exec.ifPresent(error::setExec);
        message.setError(error);
      }
      case Verdict.Aborted(String reason, var _) -> {
        Aborted.Builder aborted = Aborted.newBuilder().setReason(reason);
        progress.ifPresent(aborted::setProgress);
        latency.ifPresent(aborted::setLatencyTotal);
        exec.ifPresent(aborted::setExec);
        message.setAborted(aborted);
      }
    }
    return message;
  }

  Pong pong(long number, AgentState state) {
    return Pong.newBuilder()
        .setNumber(number)
        .setState(Messages.state(state))
        .setClock(Messages.clock(nodeClock.report()))
        .setWaitingFor(WaitingFor.text(state, clock.monotonicNs()))
        .build();
  }

  private Optional<Progress> progress() {
    return begun.map(this::progress);
  }

  private Progress progress(Begun run) {
    Workload.Snapshot snapshot = run.workload.snapshot();
    LatencyHistogram latencies = snapshot.latencies();
    Progress.Builder progress =
        Progress.newBuilder()
            .setStart(Messages.reading(run.start.reading()))
            .setCounters(Messages.counters(snapshot.counters()))
            .setRateHz(rateHz(snapshot.counters().received()))
            .setClock(Messages.clock(nodeClock.report()))
            .setCpu(Messages.cpu(cpu.sinceLast()));
    run.start.knownTrueTimeNs().ifPresent(progress::setStartKnownTrueTimeNs);
    if (latencies.count() > 0) {
      progress.setLatency(Messages.latency(latencies));
    }
    return progress.build();
  }

  private double rateHz(long received) {
    long nowNs = clock.monotonicNs();
    long elapsedNs = nowNs - lastNs;
    long events = received - lastReceived;
    lastNs = nowNs;
    lastReceived = received;
    return elapsedNs > 0 ? events * NS_PER_SECOND / elapsedNs : 0;
  }
}
