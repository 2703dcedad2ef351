package org.carillon.events.send;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.carillon.control.controller.ControlFile;
import org.carillon.control.controller.Controller;
import org.carillon.control.controller.CoordinatorPart;
import org.carillon.control.controller.RunOutcome;
import org.carillon.control.controller.RunView;
import org.carillon.control.controller.WorkerResult;
import org.carillon.control.view.RunResults;
import org.carillon.control.view.SendProgress;
import org.carillon.core.event.RunId;
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
 * Drives the workers of one run over control streams, and sends the events if that is their
 * workload. Its own clock is measured from {@link #open} on.
 */
public final class ControlledCoordinator implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ControlledCoordinator.class);

  private final ControlledCoordinatorOptions options;
  private final FaultInjector faults;
  private final ClockSource clock;
  private final MeasuredClocks clocks;
  private final Optional<EventBroadcast> broadcast;
  private final Controller controller;

  private ControlledCoordinator(
      ControlledCoordinatorOptions options,
      FaultInjector faults,
      Function<Supplier<Optional<SendProgress>>, Consumer<RunView>> views,
      Deque<AutoCloseable> opened) {
    this.options = options;
    this.faults = faults;
    this.clock = faults.clock();
    options.readyFile().map(ReadyFile::new).ifPresent(ReadyFile::clear);
    RunFiles.requirePublishable(options.controlFile());
    RunFiles.requirePublishable(options.resultsFile());
    this.clocks = MeasuredClocks.start(options.clocks(), clock, options.clockFiles());
    opened.push(clocks);
    this.broadcast =
        options
            .plan()
            .map(plan -> new EventBroadcast(plan, options.output(), faults, clocks, clocks));
    broadcast.ifPresent(opened::push);
    this.controller = new Controller(options.control(), clock, clocks, views.apply(this::sending));
  }

  /**
   * Opens the file of the events and starts measuring the clock.
   *
   * @param faults what goes wrong, and the node's clock
   * @param views makes what gets a picture of the run every second, and one at the end, called by
   *     one thread; it may ask how far the sending is
   * @throws org.carillon.core.CarillonException if a file cannot be had
   */
  public static ControlledCoordinator open(
      ControlledCoordinatorOptions options,
      FaultInjector faults,
      Function<Supplier<Optional<SendProgress>>, Consumer<RunView>> views) {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      return new ControlledCoordinator(options, faults, views, opened);
    } catch (RuntimeException e) {
      opened.forEach(resource -> Closing.closeAfter(e, resource));
      throw e;
    }
  }

  /** Conducts the run to its end and writes what became of it, whatever that is. */
  public RunOutcome run() {
    LOG.info(
        "Run {} of {} with {} workers; the clock is {}; recording into {}",
        RunId.format(options.control().runId()),
        options.control().workload().kind(),
        options.control().agents().size(),
        clock.specification(),
        options.output());
    options.readyFile().map(ReadyFile::new).ifPresent(this::publish);
    RunOutcome conducted =
        controller.conduct(broadcast.<CoordinatorPart>map(it -> it).orElse(CoordinatorPart.none()));
    close();
    RunOutcome outcome =
        broadcast.flatMap(EventBroadcast::report).map(conducted::with).orElse(conducted);
    ControlFile.write(
        options.controlFile(),
        options.control().runId(),
        options.control().workload(),
        faults.text(),
        outcome);
    RunResults.write(options.resultsFile(), options.control().workload(), outcome);
    outcome.workers().forEach(ControlledCoordinator::logCommand);
    outcome.spread().ifPresent(spread -> LOG.info("{}", spread.sentence()));
    LOG.info("Run {} ends: {}", RunId.format(options.control().runId()), outcome.sentence());
    return outcome;
  }

  private static void logCommand(WorkerResult worker) {
    worker
        .exec()
        .ifPresent(
            exec ->
                LOG.info(
                    "{}: {}, output in exec_{}.out ({} B) on its node",
                    worker.node(),
                    exec.sentence(),
                    worker.node(),
                    exec.standardOutputBytes()));
  }

  private Optional<SendProgress> sending() {
    return broadcast.flatMap(EventBroadcast::progress);
  }

  private void publish(ReadyFile file) {
    file.publish(
        "coordinator",
        OptionalInt.empty(),
        OptionalLong.of(options.control().runId()),
        new WarmUp(clock, clocks).now());
  }

  /** Calls the run off; from any thread. */
  public void abort(String reason) {
    controller.abort(reason);
  }

  /** Writes the rows and ends the measuring; may be repeated. */
  @Override
  public void close() {
    broadcast.ifPresent(EventBroadcast::close);
    clocks.close();
  }
}
