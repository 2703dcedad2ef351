package org.carillon.events.send;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.carillon.core.fault.FaultInjector;
import org.carillon.core.record.CoordinatorRow;
import org.carillon.core.record.RowLog;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.Moment;
import org.carillon.events.NodeClocks;
import org.carillon.events.StopRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the events of a plan on time and records when it did. Any thread may ask how far it is. */
final class EventSending {

  private static final Logger LOG = LoggerFactory.getLogger(EventSending.class);

  /** As long the kernel has to report a refusal of the last event. */
  private static final Duration REFUSAL_WAIT = Duration.ofMillis(100);

  private static final long NOT_ENDED = -1;

  private final EventPlan plan;
  private final FaultInjector faults;
  private final ClockSource clock;
  private final NodeClocks clocks;
  private final Broadcaster broadcaster;
  private final RowLog<CoordinatorRow> rows;

  // Written by the sending thread, read by the one that shows progress.
  private volatile long sent;
  private volatile long failedSends;
  private volatile long startDelayNs;
  private volatile Pacer pacer;
  private volatile long endedAfterNs = NOT_ENDED;

  EventSending(
      EventPlan plan,
      FaultInjector faults,
      NodeClocks clocks,
      Broadcaster broadcaster,
      RowLog<CoordinatorRow> rows) {
    this.plan = plan;
    this.faults = faults;
    this.clock = faults.clock();
    this.clocks = clocks;
    this.broadcaster = broadcaster;
    this.rows = rows;
  }

  /**
   * Sends all events, or those that are due before a stop.
   *
   * @param startDelay from now to the first
   */
  void send(Duration startDelay, StopRequest stop) throws InterruptedException {
    Pacer pace = new Pacer(clock, plan.sending().spin().toNanos());
    startDelayNs = startDelay.toNanos();
    pacer = pace;
    Schedule.Cursor cursor = plan.schedule().walk();
    long offsetNs = 0;
    for (long index = 0; index < plan.events(); index++) {
      byte[] payload = plan.payload(index);
      long dueNs = startDelayNs + offsetNs;
      long delayNs = cursor.next() - offsetNs;
      offsetNs += delayNs;
      if (!pace.await(dueNs, stop)) {
        return;
      }
      Moment now = Moment.now(clock);
      long localNs = now.localNs();
      Broadcaster.Outcome outcome = broadcaster.send(plan.event(index, localNs, payload));
      rows.offer(
          new CoordinatorRow(
              index + 1,
              index,
              localNs,
              delayNs,
              outcome.sent(),
              outcome.failed(),
              pace.startLocalNs() + dueNs,
              clocks.at(now)));
      failedSends += outcome.failed().size();
      sent = index + 1;
      faults.handled(index + 1);
    }
    endedAfterNs = pace.elapsedNs();
    if (plan.events() > 0) {
      for (WorkerLink link : broadcaster.links()) {
        link.drain();
      }
      clock.sleep(REFUSAL_WAIT);
      broadcaster.links().forEach(WorkerLink::checkRefusal);
      failedSends = broadcaster.links().stream().mapToLong(WorkerLink::failures).sum();
    }
  }

  /** Events sent so far. */
  long sent() {
    return sent;
  }

  /** How far it is. */
  Progress progress(Progress.State state) {
    Pacer pace = pacer;
    long sinceStartNs =
        pace == null ? 0 : endedAfterNs == NOT_ENDED ? pace.elapsedNs() : endedAfterNs;
    long elapsedNs = Math.max(0, sinceStartNs - startDelayNs);
    return Progress.of(state, sent, plan.events(), failedSends, elapsedNs, plan.lastDueNs());
  }

  /** What was done; warns of sends that failed. For after the end, with the rows closed. */
  CoordinatorTotals totals() {
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
            sent, failures, sent < plan.events(), rows.writtenRows(), rows.lostRows());
    LOG.info(
        "{} of {} events sent in {} s; {} rows written, {} lost",
        totals.events(),
        plan.events(),
        String.format(Locale.ROOT, "%.1f", progress(Progress.State.FINISHED).elapsedSeconds()),
        totals.rowsWritten(),
        totals.rowsLost());
    faults.injected().ifPresent(injected -> LOG.info("{}", injected));
    return totals;
  }
}
