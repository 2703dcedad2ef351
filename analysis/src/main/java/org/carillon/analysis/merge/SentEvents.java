package org.carillon.analysis.merge;

import java.util.Iterator;
import org.carillon.analysis.input.RowBatch;

/** The events of coordinator.csv that are at hand, a window that moves on. Ids rise. */
final class SentEvents {

  /** Events at hand at most; a power of two. */
  static final int WINDOW = 1 << 14;

  /** What {@link #find} gives for an event that was not sent. */
  static final long NONE = -1;

  /** What {@link #find} gives for an event before those at hand. */
  static final long PASSED = -2;

  /** What {@link #find} gives for an event beyond those at hand, if more may come. */
  static final long BEYOND = -3;

  private static final int MASK = WINDOW - 1;

  private final Iterator<RowBatch> file;
  private final RowBatch[] batches = new RowBatch[WINDOW];
  private final int[] rows = new int[WINDOW];
  private final long[] ids = new long[WINDOW];
  private RowBatch batch;
  private int row;
  private long begin;
  private long end;
  private long firstId;
  private boolean ended;
  private long earliestNs = Long.MAX_VALUE;
  private long latestNs = Long.MIN_VALUE;

  SentEvents(Iterator<RowBatch> file) {
    this.file = file;
  }

  /** The place of the first event at hand, counted from the first of the file. */
  long begin() {
    return begin;
  }

  /** The id of the first event at hand. */
  long firstAtHand() {
    return ids[(int) begin & MASK];
  }

  /** From the earliest sending to the latest, of the events that were read. */
  Span span() {
    return new Span(earliestNs, latestNs);
  }

  /** Whether an event with this id would have been read by now, if it was sent. */
  boolean isReadTo(long id) {
    return ended || end > 0 && ids[(int) (end - 1) & MASK] >= id;
  }

  /** Whether there is an event at hand; reads one if need be. */
  boolean any() {
    return begin < end || read();
  }

  /** Passes the first event at hand on. */
  void pass(Slice to, int place) {
    int slot = (int) begin & MASK;
    to.set(place, batches[slot], rows[slot]);
    batches[slot] = null;
    begin++;
  }

  long sendTimeNs(long place) {
    int slot = (int) place & MASK;
    return batches[slot].number(Columns.SEND_TIME, rows[slot]);
  }

  /**
   * The place of an event, reading on as far as there is room.
   *
   * @param guess a place where it may be
   */
  long find(long id, long guess) {
    while (end == 0 || ids[(int) (end - 1) & MASK] < id) {
      if (end - begin == WINDOW) {
        return BEYOND;
      }
      if (!read()) {
        return NONE;
      }
    }
    if (guess >= begin && guess < end && ids[(int) guess & MASK] == id) {
      return guess;
    }
    if (id < firstId) {
      return NONE;
    }
    if (begin == end || id < ids[(int) begin & MASK]) {
      return PASSED;
    }
    long low = begin;
    long high = end - 1;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (ids[(int) middle & MASK] < id) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return ids[(int) low & MASK] == id ? low : NONE;
  }

  private boolean read() {
    if (batch == null || row == batch.size()) {
      if (ended || !file.hasNext()) {
        ended = true;
        return false;
      }
      batch = file.next();
      row = 0;
    }
    long id = batch.number(Columns.SENT_ID, row);
    if (end == 0) {
      firstId = id;
    } else if (id <= ids[(int) (end - 1) & MASK]) {
      throw new OutOfReach("event ids do not rise in coordinator.csv");
    }
    long sendTimeNs = batch.number(Columns.SEND_TIME, row);
    earliestNs = Math.min(earliestNs, sendTimeNs);
    latestNs = Math.max(latestNs, sendTimeNs);
    int slot = (int) end & MASK;
    ids[slot] = id;
    batches[slot] = batch;
    rows[slot] = row++;
    end++;
    return true;
  }
}
