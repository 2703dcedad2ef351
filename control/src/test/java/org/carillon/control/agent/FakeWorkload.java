package org.carillon.control.agent;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.carillon.control.statistics.Counters;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.control.workload.SenderClock;
import org.carillon.control.workload.Workload;
import org.carillon.core.ExitCode;
import org.carillon.core.time.Reading;

/** Counts one event at every snapshot, and does what its test says. */
final class FakeWorkload implements Workload {

  /** What was called, in order. */
  final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

  /** Preparing waits for this one. */
  CountDownLatch mayPrepare = new CountDownLatch(0);

  /** Ending waits for this one. */
  CountDownLatch mayEnd = new CountDownLatch(0);

  Optional<RuntimeException> prepareFault = Optional.empty();
  Optional<String> endFault = Optional.empty();
  final AtomicLong received = new AtomicLong();
  volatile Runnable finished = () -> {};

  @Override
  public Prepared prepare() throws InterruptedException {
    calls.add("prepare");
    mayPrepare.await();
    prepareFault.ifPresent(
        fault -> {
          throw fault;
        });
    return new Prepared(OptionalInt.of(9000));
  }

  @Override
  public void start(Reading first, Runnable whenFinished) {
    finished = whenFinished;
    calls.add("start");
  }

  @Override
  public void lastEvent(long eventId) {
    calls.add("lastEvent " + eventId);
  }

  @Override
  public void senderClock(SenderClock clock) {
    calls.add("senderClock " + clock.offsetNs());
  }

  @Override
  public Snapshot snapshot() {
    return new Snapshot(counters(received.incrementAndGet()), LatencyHistogram.EMPTY);
  }

  private static Counters counters(long received) {
    return new Counters(received, 0, 0, 0, 0, received, 0, 0, received, 0, 0, OptionalLong.empty());
  }

  @Override
  public Ending finish() {
    calls.add("finish");
    return ending();
  }

  @Override
  public Ending abort(String reason) {
    calls.add("abort");
    return ending();
  }

  private Ending ending() {
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Ending(
        endFault.isEmpty() ? ExitCode.SUCCESS : ExitCode.SOME_FAILED,
        endFault,
        LatencyHistogram.EMPTY,
        Optional.empty());
  }
}
