package org.carillon.control.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class LatenessRecorderTest {

  private static void record(LatenessRecorder recorder, int times) {
    for (int i = 0; i < times; i++) {
      recorder.record(1L << i % 40);
    }
  }

  @Test
  void percentilesAreThoseOfWhatWasRecordedToAThousandth() {
    LatenessRecorder recorder = new LatenessRecorder();
    for (int us = 1; us <= 1_000; us++) {
      recorder.record(us * 1_000L);
    }
    LatencyHistogram total = recorder.total();
    assertThat(total.count()).isEqualTo(1_000);
    assertThat(total.percentileNs(50)).isBetween(500_000L, 500_500L);
    assertThat(total.percentileNs(99.9)).isBetween(999_000L, 1_000_000L);
    assertThat(total.maxNs()).isBetween(1_000_000L, 1_001_000L);
  }

  @Test
  void whatIsBeyondTheRangeCountsAsItsEnd() {
    LatenessRecorder recorder = new LatenessRecorder();
    recorder.record(0);
    recorder.record(Long.MAX_VALUE);
    assertThat(recorder.total().minNs()).isZero();
    assertThat(recorder.total().maxNs()).isGreaterThanOrEqualTo(Buckets.VALUE_MAX);
  }

  @Test
  void recordingMakesNoObject() {
    LatenessRecorder recorder = new LatenessRecorder();
    record(recorder, 1_000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long beforeBytes = threads.getCurrentThreadAllocatedBytes();
    record(recorder, 100_000);
    assertThat(threads.getCurrentThreadAllocatedBytes() - beforeBytes).isLessThan(100_000);
  }
}
