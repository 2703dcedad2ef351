package org.carillon.control.controller;

import java.util.Optional;
import org.carillon.control.statistics.ClockReport;
import org.carillon.control.workload.NodeClock;
import org.carillon.core.record.MeasuredOffset;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Moment;
import org.carillon.core.time.Reading;
import org.carillon.core.time.SystemClock;

/** A bounded clock that is the system's, within 1 ms. */
final class GoodClock implements NodeClock {

  private static final long BOUND_NS = 1_000_000;
  private final ClockSource clock = new SystemClock();

  @Override
  public Optional<Reading> now() {
    return readingAt(Moment.now(clock));
  }

  @Override
  public Optional<Reading> readingAt(Moment moment) {
    long nowNs = moment.realtimeNs();
    return Optional.of(
        new Reading(nowNs - BOUND_NS, nowNs, nowNs + BOUND_NS, ClockStatus.SYNCHRONIZED));
  }

  @Override
  public ClockReport report() {
    return new ClockReport(
        ClockStatus.SYNCHRONIZED, now(), Optional.of(new MeasuredOffset(0, BOUND_NS)), "a test");
  }

  @Override
  public void sharpen() {}
}
