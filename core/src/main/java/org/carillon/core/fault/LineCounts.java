package org.carillon.core.fault;

import java.util.concurrent.atomic.LongAdder;

/** What the faulty lines of a process have done so far. */
final class LineCounts {
  final LongAdder passed = new LongAdder();
  final LongAdder lost = new LongAdder();
  final LongAdder duplicated = new LongAdder();
  final LongAdder heldBack = new LongAdder();
  final LongAdder undelivered = new LongAdder();

  InjectedCounts read() {
    return new InjectedCounts(
        passed.sum(), lost.sum(), duplicated.sum(), heldBack.sum(), undelivered.sum());
  }
}
