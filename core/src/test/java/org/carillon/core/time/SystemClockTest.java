package org.carillon.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class SystemClockTest {

  private final SystemClock clock = new SystemClock();

  @Test
  void theCounterGoesOnAtTheRateOfTime() {
    long rawNs = clock.rawNs();
    long beforeNs = clock.monotonicNs();
    long afterNs;
    do {
      afterNs = clock.monotonicNs();
    } while (afterNs - beforeNs < 1_000_000);
    // The first reading of each comes before it, and the counter's second one after it.
    assertThat(clock.rawNs() - rawNs).isGreaterThan((afterNs - beforeNs) * 8 / 10);
  }

  @Test
  void readingTheCounterMakesNoObject() {
    int readings = 100_000;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    // The foreign-function API makes what it needs at the first calls, or a little later.
    long lastNs = last(1_000);
    long beforeBytes = threads.getCurrentThreadAllocatedBytes();
    long laterNs = last(readings);
    long bytes = threads.getCurrentThreadAllocatedBytes() - beforeBytes;
    assertThat(laterNs).isGreaterThan(lastNs);
    assertThat(bytes).as("bytes of %d readings", readings).isLessThan(readings);
  }

  @Test
  void readingTheTimeMakesNoObject() {
    int readings = 100_000;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    readTime(1_000);
    long beforeBytes = threads.getCurrentThreadAllocatedBytes();
    readTime(readings);
    long bytes = threads.getCurrentThreadAllocatedBytes() - beforeBytes;
    assertThat(bytes).as("bytes of %d readings", readings).isLessThan(readings);
  }

  private void readTime(int count) {
    for (int i = 0; i < count; i++) {
      clock.realtimeNs();
    }
  }

  @Test
  void theTimeIsThatOfTheMachine() {
    long beforeMs = System.currentTimeMillis();
    long timeMs = Math.floorDiv(clock.realtimeNs(), 1_000_000L);
    assertThat(timeMs).isBetween(beforeMs, System.currentTimeMillis());
  }

  private long last(int count) {
    long lastNs = 0;
    for (int i = 0; i < count; i++) {
      lastNs = clock.rawNs();
    }
    return lastNs;
  }
}
