package org.carillon.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KernelCountersTest {

  private static final long SUSPENDED_NS = 7_000_000_000L;
  private static final long MS_NS = 1_000_000;

  @Test
  void aThreadThatWasInterruptedBetweenTwoCountersReadsThemAgain() {
    AtomicLong nowNs = new AtomicLong(5);
    AtomicLong interruptionNs = new AtomicLong(13 * MS_NS);
    long differenceNs =
        KernelCounters.difference(
            nowNs::incrementAndGet,
            () -> nowNs.addAndGet(interruptionNs.getAndSet(0)) + SUSPENDED_NS);
    assertThat(differenceNs).isBetween(SUSPENDED_NS - 10, SUSPENDED_NS + 10);
  }

  @Test
  void theMachineHasNotSleptBetweenTwoLooks() {
    assertThat(KernelCounters.suspendedNs() - KernelCounters.suspendedNs())
        .isBetween(-MS_NS, MS_NS);
  }
}
