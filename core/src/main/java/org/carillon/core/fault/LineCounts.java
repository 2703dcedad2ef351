package org.carillon.core.fault;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What the faulty lines of a process have done so far, and the memory that they share. */
final class LineCounts {

  /** Of all that is under way: a quarter of the heap of a worker or coordinator. */
  static final long UNDER_WAY_BYTES_MAX = 64 << 20;

  final LongAdder passed = new LongAdder();
  final LongAdder lost = new LongAdder();
  final LongAdder duplicated = new LongAdder();
  final LongAdder heldBack = new LongAdder();
  final LongAdder undelivered = new LongAdder();

  private final AtomicLong underWayBytes = new AtomicLong();

  /** Whether there was room for so many bytes more, which is now taken. */
  boolean takeRoom(long bytes) {
    if (underWayBytes.addAndGet(bytes) <= UNDER_WAY_BYTES_MAX) {
      return true;
    }
    giveRoom(bytes);
    return false;
  }

  /** So many bytes are not under way any more. */
  void giveRoom(long bytes) {
    underWayBytes.addAndGet(-bytes);
  }

  InjectedCounts read() {
    return new InjectedCounts(
        passed.sum(), lost.sum(), duplicated.sum(), heldBack.sum(), undelivered.sum());
  }
}
