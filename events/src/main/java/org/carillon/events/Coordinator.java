package org.carillon.events;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.carillon.core.event.Event;
import org.carillon.core.event.RunId;
import org.carillon.core.event.WireFormat;
import org.carillon.core.record.CoordinatorRow;
import org.carillon.core.record.RowLog;
import org.carillon.core.time.ClockSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends events to all workers on an absolute schedule and records when it did. */
public final class Coordinator {

  private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

  /** As long the kernel has to report a refusal of the last event. */
  private static final Duration REFUSAL_WAIT = Duration.ofMillis(100);

  private static final long NOT_ENDED = -1;

  private final CoordinatorOptions options;
  private final ClockSource clock;
  private final ProgressDisplay display;
  private final StopRequest stop = new StopRequest();
  private final StopRequest displayEnd = new StopRequest();
  private final long lastEventDueNs;

  // Written by the sending thread, read by the one that shows progress.
  private volatile long sent;
  private volatile long failedSends;
  private volatile Progress.State state = Progress.State.WARMING_UP;
  private volatile Pacer pacer;
  private volatile long endedAfterNs = NOT_ENDED;

  /**
   * @param clock the node's clock
   * @param display where progress is shown
   */
  public Coordinator(CoordinatorOptions options, ClockSource clock, ProgressDisplay display) {
    this.options = options;
    this.clock = clock;
    this.display = display;
    this.lastEventDueNs = options.schedule().offsetNs(Math.max(0, options.events() - 1));
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
    try (Broadcaster broadcaster = Broadcaster.open(options.workers(), options.wire().codec())) {
      RowLog<CoordinatorRow> rows = RowLog.open(options.output(), CoordinatorRow.FORMAT, clock);
      try (NodeClocks clocks = MeasuredClocks.start(options.clocks(), clock, sample -> {})) {
        introduce();
        warmUpAndSend(broadcaster, clocks, rows);
      } finally {
        rows.close();
      }
      return totals(broadcaster, rows);
    }
  }

  private void warmUpAndSend(
      Broadcaster broadcaster, NodeClocks clocks, RowLog<CoordinatorRow> rows) {
    Rehearsal.ofCoordinator(options, clock, clocks, broadcaster);
    WarmUp warmUp = new WarmUp(clock, clocks);
    Thread showing = Thread.ofPlatform().name("progress").daemon().start(this::showProgress);
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
                        OptionalLong.of(options.runId()),
                        warmUp.now()));
        send(broadcaster, clocks, rows);
      }
    } finally {
      state = sent < options.events() ? Progress.State.ABORTED : Progress.State.FINISHED;
      endDisplay(showing);
    }
  }

  private void introduce() {
    LOG.info(
        "Run {}: {} events at {} events/s on average to {} as {} datagrams; the clock is {};"
            + " recording into {}",
        RunId.format(options.runId()),
        options.events(),
        String.format(Locale.ROOT, "%.3f", options.schedule().meanRateHz()),
        options.workers(),
        options.wire().name().toLowerCase(Locale.ROOT),
        clock.specification(),
        options.output());
    if (options.wire() == WireFormat.JSON) {
      LOG.info("JSON datagrams carry no run id: workers cannot tell this run from others");
    }
  }

  private void send(Broadcaster broadcaster, NodeClocks clocks, RowLog<CoordinatorRow> rows) {
    Pacer pace = new Pacer(clock);
    pacer = pace;
    state = Progress.State.RUNNING;
    try {
      for (long index = 0; index < options.events(); index++) {
        byte[] payload = Payload.of(index + 1, options.payloadBytes());
        long dueNs = options.startDelay().toNanos() + options.schedule().offsetNs(index);
        if (!pace.await(dueNs, stop)) {
          return;
        }
        long realtimeNs = clock.realtimeNs();
        long localNs = clock.localNs(realtimeNs);
        Broadcaster.Outcome outcome = broadcaster.send(event(index, localNs, payload));
        rows.offer(
            new CoordinatorRow(
                index + 1,
                index,
                localNs,
                options.schedule().delayAfterNs(index),
                outcome.sent(),
                outcome.failed(),
                pace.startLocalNs() + dueNs,
                clocks.at(realtimeNs, localNs)));
        failedSends += outcome.failed().size();
        sent = index + 1;
      }
      endedAfterNs = pace.elapsedNs();
      if (options.events() > 0) {
        clock.sleep(REFUSAL_WAIT);
        broadcaster.links().forEach(WorkerLink::checkRefusal);
        failedSends = broadcaster.links().stream().mapToLong(WorkerLink::failures).sum();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop.request();
    }
  }

  private Event event(long index, long sendTimeNs, byte[] payload) {
    return new Event(OptionalLong.of(options.runId()), index + 1, index, sendTimeNs, payload);
  }

  private void showProgress() {
    while (!displayEnd.await(display.interval())) {
      display.show(progress());
    }
    display.show(progress());
  }

  /** How far the sending is. */
  public Progress progress() {
    Pacer pace = pacer;
    long sinceStartNs =
        pace == null ? 0 : endedAfterNs == NOT_ENDED ? pace.elapsedNs() : endedAfterNs;
    long elapsedNs = Math.max(0, sinceStartNs - options.startDelay().toNanos());
    return Progress.of(state, sent, options.events(), failedSends, elapsedNs, lastEventDueNs);
  }

  private void endDisplay(Thread showing) {
    displayEnd.request();
    try {
      showing.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CoordinatorTotals totals(Broadcaster broadcaster, RowLog<CoordinatorRow> rows) {
    Map<String, Long> failures = new LinkedHashMap<>();
    for (WorkerLink link : broadcaster.links()) {
      failures.put(link.name(), link.failures());
      if (link.failures() > 0) {
        LOG.warn(
            "{} of {} sends to worker {} failed: {}",
            link.failures(),
            sent,
            link.name(),
            String.join("; ", link.reasons()));
      }
    }
    CoordinatorTotals totals =
        new CoordinatorTotals(
            sent, failures, sent < options.events(), rows.writtenRows(), rows.lostRows());
    LOG.info(
        "{} of {} events sent in {} s; {} rows written, {} lost",
        totals.events(),
        options.events(),
        String.format(Locale.ROOT, "%.1f", progress().elapsedSeconds()),
        totals.rowsWritten(),
        totals.rowsLost());
    return totals;
  }
}
