package org.carillon.events.send;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.carillon.control.controller.CoordinatorPart;
import org.carillon.control.controller.ReadyWorker;
import org.carillon.control.controller.SendingReport;
import org.carillon.control.view.SendProgress;
import org.carillon.control.workload.NodeClock;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.fault.FaultInjector;
import org.carillon.core.net.HostPort;
import org.carillon.core.record.RecordLog;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.Reading;
import org.carillon.events.NodeClocks;
import org.carillon.events.StopRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The coordinator's part in a run of events: sends them to the workers that are ready, the first
 * one when its own bounded clock reaches the common start.
 */
final class EventBroadcast implements CoordinatorPart, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventBroadcast.class);

  /**
   * From so long before the start on, the local clock alone is followed: it gains or loses 1 µs in
   * that time at 50 ppm, and a bounded clock that is corrected meanwhile moves no event.
   */
  private static final long LAST_LOOK_NS = 20_000_000;

  private final EventPlan plan;
  private final FaultInjector faults;
  private final ClockSource clock;
  private final NodeClocks clocks;
  private final NodeClock nodeClock;
  private final WorkersFormat format = new WorkersFormat();
  private final RecordLog records;
  private final StopRequest stop = new StopRequest();

  /** Held while events are sent, so that nothing is closed meanwhile. */
  private final ReentrantLock performing = new ReentrantLock();

  private volatile Optional<SendingReport> report = Optional.empty();
  private volatile Optional<Broadcaster> broadcaster = Optional.empty();
  private volatile Optional<EventSending> sending = Optional.empty();

  /**
   * Opens the file.
   *
   * @param faults what goes wrong, and the clock
   * @param clocks what the rows say of the clock
   * @param nodeClock the same clock, for the start
   * @throws CarillonException if the file cannot be made
   */
  EventBroadcast(
      EventPlan plan, Path output, FaultInjector faults, NodeClocks clocks, NodeClock nodeClock) {
    this.plan = plan;
    this.faults = faults;
    this.clock = faults.clock();
    this.clocks = clocks;
    this.nodeClock = nodeClock;
    this.records = RecordLog.open(output, format, faults::delayWrite);
  }

  @Override
  public void prepare(List<ReadyWorker> workers) {
    List<HostPort> addresses =
        workers.stream().map(worker -> worker.data().orElseThrow()).distinct().toList();
    Broadcaster opened = Broadcaster.open(addresses, plan.asksForTransmitTimes(), faults);
    broadcaster = Optional.of(opened);
    format.name(opened.workers());
    Rehearsal.of(plan, clock, clocks, stop);
    sending = Optional.of(new EventSending(plan, faults, clocks, opened, records));
    LOG.info("{} events at {} to {}", plan.events(), plan.schedule().text(), addresses);
  }

  @Override
  public OptionalLong perform(long startTrueTimeNs) throws InterruptedException {
    EventSending events = sending.orElseThrow();
    Duration left = awaitStart(startTrueTimeNs);
    performing.lock();
    try {
      events.send(left, stop);
    } catch (InterruptedException e) {
      LOG.debug("called off after event {}, which is worth telling", events.sent());
    } finally {
      performing.unlock();
    }
    return OptionalLong.of(events.sent());
  }

  /** Waits until shortly before; returns what is left. */
  private Duration awaitStart(long startTrueTimeNs) throws InterruptedException {
    while (true) {
      long leftNs = startTrueTimeNs - now().bestNs();
      if (leftNs <= LAST_LOOK_NS) {
        return Duration.ofNanos(Math.max(0, leftNs));
      }
      clock.sleep(Duration.ofNanos(leftNs - LAST_LOOK_NS / 2));
    }
  }

  private Reading now() {
    return nodeClock
        .now()
        .orElseThrow(
            () ->
                new CarillonException(
                    ExitCode.CLOCKS,
                    "the coordinator's clock has lost its time servers before the start: "
                        + nodeClock.report().evidence()
                        + "."));
  }

  /** How far it is; empty before the workers are ready. */
  Optional<SendProgress> progress() {
    return sending
        .map(events -> events.progress(Progress.State.RUNNING))
        .map(
            now ->
                new SendProgress(
                    now.sent(),
                    now.total(),
                    now.failedSends(),
                    Duration.ofNanos(now.remainingNs())));
  }

  /** Ends the sending, writes everything, closes the file and says what was done; once. */
  @Override
  public void close() {
    if (stop.requested()) {
      return;
    }
    stop.request();
    performing.lock(); // not for long: a stop is honoured at once
    try {
      records.close();
      report = sending.map(events -> events.totals().sending());
      broadcaster.ifPresent(Broadcaster::close);
    } finally {
      performing.unlock();
    }
  }

  /** How the schedule was kept, for after the closing; empty if the workers were never ready. */
  Optional<SendingReport> report() {
    return report;
  }
}
