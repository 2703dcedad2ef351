package org.carillon.events.receive;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.carillon.control.agent.Agent;
import org.carillon.control.agent.AgentOptions;
import org.carillon.control.agent.AgentOutcome;
import org.carillon.control.workload.Workload;
import org.carillon.control.workload.WorkloadSpec;
import org.carillon.core.CarillonException;
import org.carillon.core.fault.FaultInjector;
import org.carillon.core.run.RunFiles;
import org.carillon.core.time.ClockSource;
import org.carillon.events.Closing;
import org.carillon.events.MeasuredClocks;
import org.carillon.events.ReadyFile;
import org.carillon.events.WarmUp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker that does what a coordinator says over the control stream: one run, and then it ends.
 * Its clocks are measured from {@link #open} on, whenever the coordinator comes.
 */
public final class ControlledWorker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ControlledWorker.class);

  /** Makes what runs a command. */
  @FunctionalInterface
  public interface ExecMaker {

    /** Makes it; opens nothing yet. */
    Workload make(long runId, WorkloadSpec.Exec command);
  }

  private final WorkerOptions options;
  private final Optional<ExecMaker> exec;
  private final FaultInjector faults;
  private final ClockSource clock;
  private final EventReceiver receiver;
  private final MeasuredClocks clocks;
  private final Agent agent;
  private volatile Optional<EventWorkload> events = Optional.empty();

  private ControlledWorker(
      WorkerOptions options,
      AgentOptions agentOptions,
      Optional<ExecMaker> exec,
      FaultInjector faults,
      Deque<AutoCloseable> opened) {
    this.options = options;
    this.exec = exec;
    this.faults = faults;
    this.clock = faults.clock();
    // The port first: a second worker started by mistake must not touch the first one's files.
    this.receiver = EventReceiver.bind(options.listenPort(), options.receive(), clock);
    opened.push(receiver);
    options.readyFile().map(ReadyFile::new).ifPresent(ReadyFile::clear);
    options.summaryFile().ifPresent(RunFiles::requirePublishable);
    this.clocks = MeasuredClocks.start(options.clocks(), clock, options.clockFiles());
    opened.push(clocks);
    this.agent = Agent.open(agentOptions, clock, clocks, this::make, faults.controlStall());
    opened.push(agent);
    LOG.info(
        "Worker {} awaits its coordinator on TCP port {} and events on UDP port {}; its clock is"
            + " {}; it records into {}",
        options.nodeId(),
        agent.port(),
        receiver.port(),
        clock.specification(),
        options.output());
    options.readyFile().map(ReadyFile::new).ifPresent(this::publish);
  }

  /**
   * Binds both ports, opens the file of samples and starts measuring.
   *
   * @param options without a run id, a warm-up and commit waits, which the coordinator tells
   * @param exec makes what runs a command; without it, commands are refused
   * @param faults what goes wrong, and the node's clock
   * @throws CarillonException if a port or a file cannot be had
   */
  public static ControlledWorker open(
      WorkerOptions options,
      AgentOptions agentOptions,
      Optional<ExecMaker> exec,
      FaultInjector faults) {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      return new ControlledWorker(options, agentOptions, exec, faults, opened);
    } catch (RuntimeException e) {
      opened.forEach(resource -> Closing.closeAfter(e, resource));
      throw e;
    }
  }

  private Workload make(long runId, WorkloadSpec spec) {
    return switch (spec) {
      case WorkloadSpec.EventStream stream -> {
        EventWorkload workload =
            new EventWorkload(
                options.ofRun(runId, stream.commitWaits()),
                stream.settle(),
                receiver,
                faults,
                clocks);
        events = Optional.of(workload);
        yield workload;
      }
      case WorkloadSpec.Exec command ->
          exec.orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "this worker runs no commands: it was started without --allow-exec"))
              .make(runId, command);
    };
  }

  private void publish(ReadyFile file) {
    file.publish(
        options.nodeId(),
        OptionalInt.of(receiver.port()),
        OptionalInt.of(agent.port()),
        OptionalLong.empty(),
        new WarmUp(clock, clocks).now());
  }

  /** The TCP port of the control stream. */
  public int controlPort() {
    return agent.port();
  }

  /** Does what a coordinator says until the run is over, and closes everything. */
  public AgentOutcome run() {
    AgentOutcome outcome = agent.run();
    close();
    options
        .summaryFile()
        .ifPresent(
            file -> events.flatMap(EventWorkload::totals).ifPresent(all -> all.publish(file)));
    LOG.info("Worker {} ends: {}", options.nodeId(), outcome.sentence());
    return outcome;
  }

  /** Ends the run in good order; from any thread. */
  public void stop() {
    agent.stop();
  }

  @Override
  public void close() {
    agent.close();
    receiver.close();
    clocks.close();
  }
}
