package org.carillon.events.receive;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.carillon.control.statistics.Counters;
import org.carillon.control.workload.SenderClock;
import org.carillon.control.workload.Workload;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.fault.FaultInjector;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.Reading;
import org.carillon.events.NodeClocks;
import org.carillon.events.StopRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives and records the events of one run. As in the plain form, what comes between preparation
 * and start is recorded too. It has finished when every event up to the last one is there, or so
 * much later as it may settle, and the commit waits are over.
 */
final class EventWorkload implements Workload {

  private static final Logger LOG = LoggerFactory.getLogger(EventWorkload.class);

  /** How long the last event may be there unnoticed. */
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(10);

  /** How late a busy machine may come to measure what is due. */
  private static final Duration LATEST_MEASUREMENT = Duration.ofSeconds(5);

  private final WorkerOptions options;
  private final Duration settle;
  private final EventReceiver receiver;
  private final FaultInjector faults;
  private final ClockSource clock;
  private final NodeClocks clocks;
  private final TrueTimeLatencies latencies = new TrueTimeLatencies();
  private final CompletableFuture<Void> sendingOver = new CompletableFuture<>();
  private final CompletableFuture<Runnable> started = new CompletableFuture<>();
  private final StopRequest ended = new StopRequest();
  private volatile Optional<EventReception> reception = Optional.empty();

  /**
   * @param options with the run's id and commit waits
   * @param settle how long to wait for what is missing after the last event is known
   * @param receiver bound; closed at the end
   * @param faults what goes wrong, and the clock
   */
  EventWorkload(
      WorkerOptions options,
      Duration settle,
      EventReceiver receiver,
      FaultInjector faults,
      NodeClocks clocks) {
    this.options = options;
    this.settle = settle;
    this.receiver = receiver;
    this.faults = faults;
    this.clock = faults.clock();
    this.clocks = clocks;
  }

  @Override
  public Prepared prepare() {
    rehearse();
    reception =
        Optional.of(
            new EventReception(
                options,
                receiver,
                faults,
                clocks,
                Optional.of(latencies),
                () -> sendingOver.complete(null)));
    // Here and not at the start, which must not wait for the linking of what is run for the first
    // time: that takes a millisecond.
    CompletableFuture.allOf(started, sendingOver)
        .thenRunAsync(
            () -> awaitRest(started.join()),
            task -> Thread.ofPlatform().daemon().name("settle").start(task));
    return new Prepared(OptionalInt.of(receiver.port()));
  }

  private void rehearse() {
    TrueTimeLatencies rehearsed = new TrueTimeLatencies();
    rehearsed.senderClock(new SenderClock(0, 1));
    Rehearsal.of(clock, clocks, options.recordFormat(), Optional.of(rehearsed));
  }

  @Override
  public void start(Reading first, Runnable finished) {
    started.complete(finished);
  }

  @Override
  public void lastEvent(long eventId) {
    reception.ifPresent(running -> running.expectUpTo(eventId));
    sendingOver.complete(null);
  }

  private void awaitRest(Runnable finished) {
    EventReception running = reception.orElseThrow();
    long settledNs = clock.monotonicNs() + settle.toNanos();
    while (!running.isComplete() && clock.monotonicNs() < settledNs) {
      if (ended.await(LOOK_INTERVAL)) {
        return;
      }
    }
    long measuredNs =
        clock.monotonicNs() + options.longestCommitWait().plus(LATEST_MEASUREMENT).toNanos();
    while (running.awaitsCommitWaits() && clock.monotonicNs() < measuredNs) {
      if (ended.await(LOOK_INTERVAL)) {
        return;
      }
    }
    finished.run();
  }

  @Override
  public void senderClock(SenderClock sender) {
    latencies.senderClock(sender);
  }

  @Override
  public Snapshot snapshot() {
    return new Snapshot(
        totals().map(EventWorkload::counters).orElse(Counters.ZERO), latencies.interval());
  }

  private static Counters counters(WorkerTotals totals) {
    EventCounts counts = totals.counts();
    return new Counters(
        counts.received(),
        counts.duplicates(),
        counts.undecided(),
        counts.outOfOrder(),
        counts.missing(),
        counts.highestEventId(),
        counts.foreign(),
        counts.malformedTotal(),
        totals.rowsWritten(),
        totals.rowsLost(),
        totals.receiveErrors(),
        totals.kernelDrops());
  }

  /** What has been done so far; empty if it was never prepared. */
  Optional<WorkerTotals> totals() {
    return reception.map(EventReception::totals);
  }

  @Override
  public Ending finish() {
    ended.request();
    reception.ifPresent(EventReception::close);
    Optional<RuntimeException> fault = reception.flatMap(EventReception::fault);
    totals().ifPresent(totals -> LOG.info("Worker {} ends: {}", options.nodeId(), totals));
    return new Ending(
        fault
            .map(EventWorkload::exitCode)
            .or(() -> totals().map(WorkerTotals::exitCode))
            .orElse(ExitCode.SUCCESS),
        fault.map(Throwable::getMessage),
        latencies.total(),
        Optional.empty());
  }

  private static ExitCode exitCode(RuntimeException fault) {
    return fault instanceof CarillonException known ? known.exitCode() : ExitCode.INTERNAL;
  }

  @Override
  public Ending abort(String reason) {
    return finish(); // Nothing takes long here.
  }
}
