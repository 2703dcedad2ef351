package org.carillon.events.send;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.control.controller.SendingReport;
import org.carillon.control.controller.ShortTime;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.control.statistics.LatenessRecorder;

/**
 * How much later than due events are sent. One thread records; others may ask when it has ended.
 */
final class Lateness {

  private final Optional<Duration> limit;
  private final long limitNs;
  private final LatenessRecorder recorder = new LatenessRecorder();
  private long lateEvents;

  /**
   * @param limit events that are later are counted
   */
  Lateness(Optional<Duration> limit) {
    this.limit = limit;
    this.limitNs = limit.map(Duration::toNanos).orElse(Long.MAX_VALUE);
  }

  /** An event is sent. */
  void record(long latenessNs) {
    recorder.record(latenessNs);
    if (latenessNs > limitNs) {
      lateEvents++;
    }
  }

  /** What is told of it at the end. */
  SendingReport report(Schedule schedule) {
    return new SendingReport(
        schedule.text(),
        schedule.seed(),
        recorder.total(),
        limit.isPresent() ? OptionalLong.of(limitNs) : OptionalLong.empty(),
        lateEvents);
  }

  /** Its percentiles in words; there must be some. */
  static String text(LatencyHistogram lateness) {
    return "late by %s (p50), %s (p99), %s (p99.9), %s at most"
        .formatted(
            ShortTime.text(lateness.percentileNs(50)),
            ShortTime.text(lateness.percentileNs(99)),
            ShortTime.text(lateness.percentileNs(99.9)),
            ShortTime.text(lateness.maxNs()));
  }
}
