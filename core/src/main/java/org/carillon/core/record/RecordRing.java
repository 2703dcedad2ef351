package org.carillon.core.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Hands records over from one thread to another without a lock, without an object and without
 * waiting: a ring of places for so many longs each. What is claimed is seen by the other side once
 * it is published. For exactly one producer and one consumer at a time.
 */
public final class RecordRing {

  /**
   * The counters of the producer and of the consumer stand in one array, those that one thread
   * writes 128 bytes away from those of the other: processors fetch cache lines of 64 in pairs.
   */
  private static final VarHandle COUNTER = MethodHandles.arrayElementVarHandle(long[].class);

  // The producer's.
  private static final int CLAIMED = 16;
  private static final int RELEASED_SEEN = 17;
  private static final int PUBLISHED = 18;

  // The consumer's.
  private static final int TAKEN = 34;
  private static final int PUBLISHED_SEEN = 35;
  private static final int RELEASED = 36;

  private static final int COUNTERS = 53;

  private final long[] counters = new long[COUNTERS];
  private final long[] values;
  private final Object[] notes;
  private final int recordLongs;
  private final int places;

  /**
   * @param places a power of two
   * @param recordLongs what a record takes
   */
  public RecordRing(int places, int recordLongs) {
    if (Integer.bitCount(places) != 1) {
      throw new IllegalArgumentException(places + " places are no power of two");
    }
    this.places = places;
    this.recordLongs = recordLongs;
    this.values = new long[Math.multiplyExact(places, recordLongs)];
    this.notes = new Object[places];
  }

  /** Where the records stand. */
  public long[] values() {
    return values;
  }

  /** Producer: where the next record begins in {@link #values}, or −1 if the ring is full. */
  public int claim() {
    long claimed = counters[CLAIMED];
    if (claimed - counters[RELEASED_SEEN] == places) {
      counters[RELEASED_SEEN] = (long) COUNTER.getAcquire(counters, RELEASED);
      if (claimed - counters[RELEASED_SEEN] == places) {
        return -1;
      }
    }
    counters[CLAIMED] = claimed + 1;
    return place(claimed) * recordLongs;
  }

  /** Producer: something to go with the record claimed last, for what no long can say. */
  public void note(Object note) {
    notes[place(counters[CLAIMED] - 1)] = note;
  }

  /** Producer: lets the consumer see all that was claimed. */
  public void publish() {
    COUNTER.setRelease(counters, PUBLISHED, counters[CLAIMED]);
  }

  /** Consumer: whether there is a record; then {@link #at} and {@link #note()} are its. */
  public boolean hasNext() {
    if (counters[TAKEN] == counters[PUBLISHED_SEEN]) {
      counters[PUBLISHED_SEEN] = (long) COUNTER.getAcquire(counters, PUBLISHED);
    }
    return counters[TAKEN] < counters[PUBLISHED_SEEN];
  }

  /** Consumer: where the next record begins. */
  public int at() {
    return place(counters[TAKEN]) * recordLongs;
  }

  /** Consumer: what goes with the next record, or null. */
  public Object note() {
    return notes[place(counters[TAKEN])];
  }

  /** Consumer: goes on to the record after. */
  public void take() {
    int place = place(counters[TAKEN]++);
    if (notes[place] != null) {
      notes[place] = null;
    }
  }

  /** Consumer: gives back the places of all that were taken. */
  public void release() {
    COUNTER.setRelease(counters, RELEASED, counters[TAKEN]);
  }

  /** Any thread: how many records are published and not given back; soon out of date. */
  public long waiting() {
    long released = (long) COUNTER.getAcquire(counters, RELEASED);
    return (long) COUNTER.getAcquire(counters, PUBLISHED) - released;
  }

  private int place(long count) {
    return (int) count & places - 1;
  }
}
