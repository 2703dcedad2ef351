package org.carillon.events.receive;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Arrivals on their way from the thread that receives to the one that waits, in order: event id and
 * moment, without an object and without a lock. Bounded; for one thread on each side.
 */
final class ArrivalRing {

  private static final int LONGS = 2;

  private final long[] values;
  private final int places;
  private final AtomicLong added = new AtomicLong();
  private final AtomicLong taken = new AtomicLong();

  /**
   * @param places a power of two
   */
  ArrivalRing(int places) {
    this.places = places;
    this.values = new long[LONGS * places];
  }

  /**
   * Adds one; for the receiving thread. What that thread reads afterwards is no older than this.
   *
   * @return false if there is no room
   */
  boolean offer(long eventId, long monotonicNs) {
    long count = added.getPlain();
    if (count - taken.getAcquire() == places) {
      return false;
    }
    int at = at(count);
    values[at] = eventId;
    values[at + 1] = monotonicNs;
    added.set(count + 1);
    return true;
  }

  /** Whether none waits; for any thread. */
  boolean isEmpty() {
    // In this order: what is taken was added before.
    long before = taken.get();
    return added.get() == before;
  }

  /** The id of the oldest that waits, as all below for the waiting thread and only if one does. */
  long eventId() {
    return values[at(taken.getPlain())];
  }

  /** Its moment. */
  long monotonicNs() {
    return values[at(taken.getPlain()) + 1];
  }

  /** Goes on to the next. */
  void take() {
    taken.set(taken.getPlain() + 1);
  }

  /** Takes all that wait, and tells how many. */
  long takeAll() {
    long before = taken.getPlain();
    taken.set(added.get());
    return taken.getPlain() - before;
  }

  private int at(long count) {
    return (int) (count & places - 1) * LONGS;
  }
}
