package org.carillon.events.send;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.carillon.core.event.RunId;
import org.carillon.core.event.WireFormat;
import org.carillon.core.fault.FaultInjector;
import org.carillon.core.record.CoordinatorRecord;
import org.carillon.core.record.RecordLog;
import org.carillon.core.run.RunFiles;
import org.carillon.core.time.ClockSource;
import org.carillon.events.MeasuredClocks;
import org.carillon.events.NodeClocks;
import org.carillon.events.ReadyFile;
import org.carillon.events.StopRequest;
import org.carillon.events.WarmUp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends events to all workers on an absolute schedule and records when it did. */
public final class Coordinator {

  private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

  private final CoordinatorOptions options;
  private final EventPlan plan;
  private final FaultInjector faults;
  private final ClockSource clock;
  private final ProgressDisplay display;
  private final StopRequest stop = new StopRequest();
  private final StopRequest displayEnd = new StopRequest();
  private volatile Progress.State state = Progress.State.WARMING_UP;

  /**
   * @param clock the node's clock
   * @param display where progress is shown
   */
  public Coordinator(CoordinatorOptions options, ClockSource clock, ProgressDisplay display) {
    this(options, FaultInjector.none(clock), display);
  }

  /**
   * @param faults what goes wrong on purpose, and the node's clock
   * @param display where progress is shown
   */
  public Coordinator(CoordinatorOptions options, FaultInjector faults, ProgressDisplay display) {
    this.options = options;
    this.plan = options.plan();
    this.faults = faults;
    this.clock = faults.clock();
    this.display = display;
  }

  /** Ends the sending before its last event; from any thread. */
  public void stop() {
    stop.request();
  }

  /**
   * Warms the clock up and sends all events.
   *
   * @return what was done
   * @throws org.carillon.core.CarillonException if a worker's name or the output file is no good
   */
  public CoordinatorTotals run() {
    options.readyFile().map(ReadyFile::new).ifPresent(ReadyFile::clear);
    options.summaryFile().ifPresent(RunFiles::requirePublishable);
    try (Broadcaster broadcaster =
        Broadcaster.open(options.workers(), plan.asksForTransmitTimes(), faults)) {
      RecordLog records =
          RecordLog.open(
              options.output(),
              CoordinatorRecord.format(broadcaster.workers()),
              faults::delayWrite);
      EventSending sending;
      try (NodeClocks clocks =
          MeasuredClocks.start(options.clocks(), clock, options.clockFiles())) {
        introduce();
        Rehearsal.of(plan, clock, clocks, stop);
        sending = new EventSending(plan, faults, clocks, broadcaster, records);
        warmUpAndSend(sending, new WarmUp(clock, clocks));
      } finally {
        records.close();
      }
      CoordinatorTotals totals = sending.totals();
      options.summaryFile().ifPresent(file -> totals.publish(file, plan.runId(), faults.text()));
      return totals;
    }
  }

  private void warmUpAndSend(EventSending sending, WarmUp warmUp) {
    Thread showing =
        Thread.ofPlatform().name("progress").daemon().start(() -> showProgress(sending));
    try {
      if (warmUp.await(options.warmup(), stop)) {
        options
            .readyFile()
            .map(ReadyFile::new)
            .ifPresent(
                file ->
                    file.publish(
                        "coordinator",
                        OptionalInt.empty(),
                        OptionalLong.of(plan.runId()),
                        warmUp.now()));
        state = Progress.State.RUNNING;
        sending.send(options.startDelay(), stop);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop.request();
    } finally {
      state = sending.sent() < plan.events() ? Progress.State.ABORTED : Progress.State.FINISHED;
      endDisplay(showing);
    }
  }

  private void introduce() {
    LOG.info(
        "Run {}: {} events at {} to {} as {} datagrams; the clock is {};" + " recording into {}",
        RunId.format(plan.runId()),
        plan.events(),
        plan.schedule().text(),
        options.workers(),
        plan.wire().name().toLowerCase(Locale.ROOT),
        clock.specification(),
        options.output());
    if (plan.wire() == WireFormat.JSON) {
      LOG.info("JSON datagrams carry no run id: workers cannot tell this run from others");
    }
  }

  private void showProgress(EventSending sending) {
    while (!displayEnd.await(display.interval())) {
      display.show(sending.progress(state));
    }
    display.show(sending.progress(state));
  }

  private void endDisplay(Thread showing) {
    displayEnd.request();
    try {
      showing.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
