package org.carillon.events.send;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.carillon.control.controller.SendingReport;
import org.carillon.core.fault.FaultInjector;
import org.carillon.core.libc.ThreadSettings;
import org.carillon.core.record.RecordLog;
import org.carillon.core.time.ClockSource;
import org.carillon.events.NodeClocks;
import org.carillon.events.StopRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the events of a plan on time and records when it did. Any thread may ask how far it is. */
final class EventSending {

  private static final Logger LOG = LoggerFactory.getLogger(EventSending.class);

  private static final long NOT_ENDED = -1;

  private final EventPlan plan;
  private final FaultInjector faults;
  private final ClockSource clock;
  private final Broadcaster broadcaster;
  private final RecordLog records;
  private final EventSender sender;
  private final Lateness lateness;

  // Written by the sending thread, read by the one that shows progress.
  private volatile long sent;
  private volatile long startDelayNs;
  private volatile Pacer pacer;
  private volatile long endedAfterNs = NOT_ENDED;

  EventSending(
      EventPlan plan,
      FaultInjector faults,
      NodeClocks clocks,
      Broadcaster broadcaster,
      RecordLog records) {
    this.plan = plan;
    this.faults = faults;
    this.clock = faults.clock();
    this.broadcaster = broadcaster;
    this.records = records;
    this.sender = new EventSender(plan, clock, clocks, broadcaster, records);
    this.lateness = new Lateness(plan.sending().maxLateness());
  }

  /**
   * Sends all events, or those that are due before a stop.
   *
   * @param startDelay from now to the first
   */
  void send(Duration startDelay, StopRequest stop) throws InterruptedException {
    Pacer pace = new Pacer(clock, plan.sending().spin().toNanos(), sender);
    startDelayNs = startDelay.toNanos();
    pacer = pace;
    settleThread();
    if (!sendAll(pace, stop)) {
      return;
    }
    endedAfterNs = pace.elapsedNs();
    if (plan.events() > 0) {
      broadcaster.settle();
    }
  }

  /** What the thread that sends asks of the system for itself. */
  private void settleThread() {
    ThreadSettings.timerSlack(1);
    plan.sending()
        .processor()
        .ifPresent(
            processor ->
                ThreadSettings.pin(processor)
                    .ifPresent(
                        reason ->
                            LOG.warn(
                                "the sending thread is not bound to processor {}: {}",
                                processor,
                                reason)));
  }

  /** Whether all were sent before a stop. */
  private boolean sendAll(Pacer pace, StopRequest stop) throws InterruptedException {
    Schedule.Cursor cursor = plan.schedule().walk();
    Distance distance = new Distance();
    long dueNs = startDelayNs;
    for (long index = 0; index < plan.events(); index++) {
      long nextDueNs = startDelayNs + cursor.next();
      if (!await(dueNs, distance, pace, stop)) {
        return false;
      }
      send(index, dueNs, nextDueNs - dueNs, distance, pace);
      dueNs = nextDueNs;
    }
    return true;
  }

  private boolean await(long dueNs, Distance distance, Pacer pace, StopRequest stop)
      throws InterruptedException {
    if (!pace.await(dueNs, stop)) {
      return false;
    }
    if (plan.sending().catchUp()) {
      return true;
    }
    long releaseNs = distance.releaseNs(dueNs, pace.lookedAtNs());
    return releaseNs <= pace.lookedAtNs() || pace.await(releaseNs, stop);
  }

  private void send(long index, long dueNs, long delayNs, Distance distance, Pacer pace) {
    long latenessNs = sender.send(index, dueNs, delayNs, pace);
    distance.sent(dueNs, dueNs + latenessNs);
    lateness.record(latenessNs);
    sent = index + 1;
    faults.handled(index + 1);
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
    return Progress.of(
        state, sent, plan.events(), broadcaster.failures().total(), elapsedNs, plan.lastDueNs());
  }

  /**
   * What was done; warns of sends that failed and of events that were too late. For after the end,
   * with the rows closed.
   */
  CoordinatorTotals totals() {
    Map<String, Long> failures = new LinkedHashMap<>();
    List<String> workers = broadcaster.workers();
    for (int worker = 0; worker < workers.size(); worker++) {
      long failed = broadcaster.failures().count(worker);
      failures.put(workers.get(worker), failed);
      if (failed > 0) {
        LOG.warn(
            "{} of {} sends to worker {} failed: {}",
            failed,
            sent,
            workers.get(worker),
            String.join("; ", broadcaster.failures().reasons(worker)));
      }
    }
    SendingReport report = lateness.report(plan.schedule());
    report.complaint().ifPresent(LOG::warn);
    CoordinatorTotals totals =
        new CoordinatorTotals(
            sent,
            failures,
            sent < plan.events(),
            records.writtenRows(),
            records.lostRows(),
            report);
    LOG.info(
        "{} of {} events sent in {} s{}; {} rows written, {} lost",
        totals.events(),
        plan.events(),
        String.format(Locale.ROOT, "%.1f", progress(Progress.State.FINISHED).elapsedSeconds()),
        sent == 0 ? "" : ", " + Lateness.text(report.lateness()),
        totals.rowsWritten(),
        totals.rowsLost());
    faults.injected().ifPresent(injected -> LOG.info("{}", injected));
    return totals;
  }
}
