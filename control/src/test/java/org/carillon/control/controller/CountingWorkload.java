package org.carillon.control.controller;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.carillon.control.statistics.Counters;
import org.carillon.control.statistics.LatencyRecorder;
import org.carillon.control.workload.Workload;
import org.carillon.core.ExitCode;
import org.carillon.core.time.Reading;

/** A workload that has received a little more whenever it is asked, and ends with its stream. */
final class CountingWorkload implements Workload {

  private static final int EVENTS_A_STATUS = 20;

  private final LatencyRecorder latencies = new LatencyRecorder();
  private Optional<Runnable> finished = Optional.empty();
  private long received;
  private boolean ended;

  @Override
  public Prepared prepare() {
    return new Prepared(OptionalInt.of(9_000));
  }

  @Override
  public synchronized void start(Reading first, Runnable whenFinished) {
    finished = Optional.of(whenFinished);
    endIfAllIsThere();
  }

  @Override
  public synchronized void lastEvent(long eventId) {
    ended = true;
    endIfAllIsThere();
  }

  private void endIfAllIsThere() {
    if (ended) {
      finished.ifPresent(Runnable::run);
    }
  }

  @Override
  public synchronized Snapshot snapshot() {
    for (int i = 0; finished.isPresent() && !ended && i < EVENTS_A_STATUS; i++) {
      received++;
      latencies.record(received % 7 == 0 ? -received : 100_000 + received * 977 % 2_000_000);
    }
    return new Snapshot(
        new Counters(received, 0, 0, 0, 0, received, 0, 0, received, 0, 0, OptionalLong.empty()),
        latencies.interval());
  }

  @Override
  public synchronized Ending finish() {
    return new Ending(ExitCode.SUCCESS, Optional.empty(), latencies.total(), Optional.empty());
  }

  @Override
  public Ending abort(String reason) {
    return finish();
  }
}
