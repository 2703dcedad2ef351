package org.carillon.core.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Hands records over from one thread to another without a lock, without an object and without
 * waiting: a ring of places for so many longs each. What is claimed is seen by the other side once
 * it is published. For exactly one producer and one consumer at a time.
 */
final class RecordRing {

  private static final VarHandle PUBLISHED = handle("published");
  private static final VarHandle RELEASED = handle("released");

  private final long[] values;
  private final Object[] notes;
  private final int recordLongs;
  private final int places;

  // The producer's.
  private long claimed;
  private long releasedSeen;

  @SuppressWarnings("unused") // through the handle
  private long published;

  // The consumer's.
  private long taken;
  private long publishedSeen;

  @SuppressWarnings("unused") // through the handle
  private long released;

  private static VarHandle handle(String field) {
    try {
      return MethodHandles.lookup().findVarHandle(RecordRing.class, field, long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * @param places a power of two
   * @param recordLongs what a record takes
   */
  RecordRing(int places, int recordLongs) {
    if (Integer.bitCount(places) != 1) {
      throw new IllegalArgumentException(places + " places are no power of two");
    }
    this.places = places;
    this.recordLongs = recordLongs;
    this.values = new long[Math.multiplyExact(places, recordLongs)];
    this.notes = new Object[places];
  }

  /** Where the records stand. */
  long[] values() {
    return values;
  }

  /** Producer: where the next record begins in {@link #values}, or −1 if the ring is full. */
  int claim() {
    if (claimed - releasedSeen == places) {
      releasedSeen = (long) RELEASED.getAcquire(this);
      if (claimed - releasedSeen == places) {
        return -1;
      }
    }
    return place(claimed++) * recordLongs;
  }

  /** Producer: something to go with the record claimed last, for what no long can say. */
  void note(Object note) {
    notes[place(claimed - 1)] = note;
  }

  /** Producer: lets the consumer see all that was claimed. */
  void publish() {
    PUBLISHED.setRelease(this, claimed);
  }

  /** Consumer: whether there is a record; then {@link #at} and {@link #note()} are its. */
  boolean hasNext() {
    if (taken == publishedSeen) {
      publishedSeen = (long) PUBLISHED.getAcquire(this);
    }
    return taken < publishedSeen;
  }

  /** Consumer: where the next record begins. */
  int at() {
    return place(taken) * recordLongs;
  }

  /** Consumer: what goes with the next record, or null. */
  Object note() {
    return notes[place(taken)];
  }

  /** Consumer: goes on to the record after. */
  void take() {
    notes[place(taken++)] = null;
  }

  /** Consumer: gives back the places of all that were taken. */
  void release() {
    RELEASED.setRelease(this, taken);
  }

  private int place(long count) {
    return (int) count & places - 1;
  }
}
