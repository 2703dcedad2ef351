package org.carillon.analysis.merge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.analysis.input.RowBatch;

/** The rows of one worker, put to the events that they are about. */
final class WorkerRows {

  /** Rows further from the sending of their event than this are of another run. */
  private static final long SAME_SENDING_NS = 100_000_000;

  /** How many events a row may come too late in its file. */
  private static final int REACH = SentEvents.WINDOW / 2;

  /** So many rows that name another node are not yet held against how many were read. */
  private static final int FEW_MISNAMED = 64;

  /** Rows that do not count are kept in memory; more than this are left to the database. */
  private static final int MAX_SET_ASIDE = 1 << 18;

  private static final int MASK = SentEvents.WINDOW - 1;

  /** Rows beyond the window that are remembered at most; with more, reading waits. */
  private static final int MAX_EARLY = 1 << 12;

  /**
   * A row whose event cannot be looked up yet.
   *
   * @param puts how many rows had been put to their events, less those behind it in the file
   */
  private record Early(RowBatch batch, int row, long id, long puts) {}

  private final int file;
  private final String node;
  private final byte[] nodeText;
  private final Iterator<RowBatch> rows;
  private final List<SetAside> setAside;
  private final RowBatch[] batches = new RowBatch[SentEvents.WINDOW];
  private final int[] rowOf = new int[SentEvents.WINDOW];
  private final boolean[] belowHighest = new boolean[SentEvents.WINDOW];

  private RowBatch batch;
  private int row;
  private byte[] lastNode;
  private boolean isMisnamed;
  private long rowsOfNode;
  private long misnamed;
  private List<Early> early = new ArrayList<>();
  private long leastEarlyId = Long.MAX_VALUE;
  private long puts;
  private long highestId;
  private long reached = -1;
  private long outOfOrder;

  WorkerRows(int file, String node, Iterator<RowBatch> rows, List<SetAside> setAside) {
    this.file = file;
    this.node = node;
    this.nodeText = node.getBytes(StandardCharsets.UTF_8);
    this.rows = rows;
    this.setAside = setAside;
  }

  /** Rows that count and came after one of a later event. */
  long outOfOrder() {
    return outOfOrder;
  }

  /** Reads until no row of the first event at hand is likely to come any more. */
  void readBeyond(SentEvents events) {
    retryEarly(events);
    long target = events.begin() + REACH;
    while (reached < target && atRow()) {
      if (isMisnamed()) {
        row++;
        continue;
      }
      long id = batch.number(Columns.ID, row);
      long place = events.find(id, reached + 1);
      if (place == SentEvents.BEYOND) {
        if (early.size() == MAX_EARLY) {
          rowsOfNode--;
          return;
        }
        early.add(new Early(batch, row, id, puts));
        leastEarlyId = Math.min(leastEarlyId, id);
      } else {
        judge(events, place, id);
      }
      row++;
    }
  }

  private void judge(SentEvents events, long place, long id) {
    if (place == SentEvents.PASSED) {
      throw new OutOfReach(node + " recorded event " + id + " long after later ones");
    }
    if (place == SentEvents.NONE || isOfAnotherSending(batch, row, events.sendTimeNs(place))) {
      setAside(batch, row, "foreign");
    } else {
      put(batch, row, id, place);
    }
  }

  /**
   * Rows of events beyond the window: after a gap all are, and before it ends they find their
   * place; or they are of no event at all, and must not keep the rows behind them from being read.
   */
  private void retryEarly(SentEvents events) {
    if (early.isEmpty() || !events.isReadTo(leastEarlyId)) {
      return;
    }
    List<Early> still = new ArrayList<>();
    int found = 0;
    leastEarlyId = Long.MAX_VALUE;
    for (Early one : early) {
      long place = events.isReadTo(one.id) ? events.find(one.id, reached + 1) : SentEvents.BEYOND;
      if (place == SentEvents.BEYOND) {
        still.add(new Early(one.batch, one.row, one.id, one.puts + found));
        leastEarlyId = Math.min(leastEarlyId, one.id);
      } else if (place == SentEvents.NONE
          || place != SentEvents.PASSED
              && isOfAnotherSending(one.batch, one.row, events.sendTimeNs(place))) {
        setAside(one.batch, one.row, "foreign");
      } else if (place == SentEvents.PASSED || one.puts + found != puts) {
        throw new OutOfReach(node + " recorded event " + one.id + " long before earlier ones");
      } else {
        put(one.batch, one.row, one.id, place);
        found++;
      }
    }
    early = still;
  }

  /** Whether there is a row at hand; takes the next batch if need be. */
  private boolean atRow() {
    while (batch == null || row == batch.size()) {
      if (!rows.hasNext()) {
        batch = null;
        return false;
      }
      batch = rows.next();
      row = 0;
    }
    return true;
  }

  private static boolean isOfAnotherSending(RowBatch from, int which, long sendTimeNs) {
    return Math.abs(from.number(Columns.COORDINATOR_SEND_TIME, which) - sendTimeNs)
        > SAME_SENDING_NS;
  }

  /** Whether the row at hand names another node, and was set aside for that; else it counts on. */
  private boolean isMisnamed() {
    byte[] named = batch.text(Columns.NODE, row);
    if (named != lastNode) {
      isMisnamed = named != null && !Arrays.equals(named, nodeText);
      lastNode = named;
    }
    if (!isMisnamed) {
      rowsOfNode++;
      return false;
    }
    misnamed++;
    if (misnamed > FEW_MISNAMED) {
      requireFewMisnamed();
    }
    setAside(batch, row, "foreign", Optional.of(new String(named, StandardCharsets.UTF_8)));
    return true;
  }

  /** With fewer than a tenth, they are damage; with more, the file may be of other nodes. */
  private void requireFewMisnamed() {
    if (10 * misnamed >= rowsOfNode) {
      throw new OutOfReach("rows of worker_" + node + ".csv name another node");
    }
  }

  private void put(RowBatch from, int which, long id, long place) {
    int slot = (int) place & MASK;
    boolean below = puts > 0 && id < highestId;
    highestId = puts > 0 ? Math.max(highestId, id) : id;
    puts++;
    reached = Math.max(reached, place);
    RowBatch earlier = batches[slot];
    if (earlier != null) {
      long earlierNs = earlier.number(Columns.RECEIVE_TIME, rowOf[slot]);
      if (from.number(Columns.RECEIVE_TIME, which) >= earlierNs) {
        setAside(from, which, "duplicate");
        return;
      }
      setAside(earlier, rowOf[slot], "duplicate");
    }
    batches[slot] = from;
    rowOf[slot] = which;
    belowHighest[slot] = below;
  }

  private void setAside(RowBatch from, int which, String fate) {
    setAside(from, which, fate, Optional.empty());
  }

  private void setAside(RowBatch from, int which, String fate, Optional<String> named) {
    if (setAside.size() >= MAX_SET_ASIDE) {
      throw new OutOfReach("most rows do not count");
    }
    setAside.add(
        new SetAside(
            file,
            node,
            from.line(which),
            from.number(Columns.ID, which),
            from.isKnown(Columns.SEQUENCE, which)
                ? OptionalLong.of(from.number(Columns.SEQUENCE, which))
                : OptionalLong.empty(),
            from.number(Columns.RECEIVE_TIME, which),
            from.number(Columns.COORDINATOR_SEND_TIME, which),
            fate,
            named));
  }

  /** Passes the row of an event on, or that there is none. */
  void pass(long event, Slice to, int place) {
    int slot = (int) event & MASK;
    if (batches[slot] != null && belowHighest[slot]) {
      outOfOrder++;
    }
    to.set(place, batches[slot], rowOf[slot]);
    batches[slot] = null;
  }

  /** Reads what is left when every event was passed on: nothing of it is about an event. */
  void finish(SentEvents events) {
    retryEarly(events);
    while (atRow()) {
      if (!isMisnamed()) {
        long id = batch.number(Columns.ID, row);
        judge(events, events.find(id, -1), id);
      }
      row++;
    }
    if (misnamed > 0) {
      requireFewMisnamed();
    }
  }
}
