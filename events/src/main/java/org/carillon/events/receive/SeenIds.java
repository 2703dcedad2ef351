package org.carillon.events.receive;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which event ids of one run have been seen, as ranges without gaps. Memory is bounded: beyond a
 * number of ranges the lowest two are closed into a floor, below which an id can no longer be told
 * new from repeated. Not for several threads.
 */
final class SeenIds {

  /** What an id turned out to be. */
  enum Seen {
    FIRST,
    AGAIN,
    /** At or below the floor: nobody can tell. */
    UNKNOWN
  }

  private static final class Range {
    private final long first;
    private long last;

    Range(long first, long last) {
      this.first = first;
      this.last = last;
    }
  }

  private final int rangesMax;
  private final TreeMap<Long, Range> ranges = new TreeMap<>();

  private Range top = new Range(0, 0);
  private long floor;
  private long missing;

  /**
   * @param rangesMax how many ranges are kept apart, at least 2
   */
  SeenIds(int rangesMax) {
    if (rangesMax < 2) {
      throw new IllegalArgumentException("the lowest two ranges must not be the last ones");
    }
    this.rangesMax = rangesMax;
    ranges.put(0L, top); // Ids count from 1; a range that ends in 0 makes 1 nothing special.
  }

  /**
   * Notes an id.
   *
   * @param id at least 1
   */
  Seen add(long id) {
    if (id == top.last + 1) {
      top.last = id; // The way of nearly all events, without a search.
      return Seen.FIRST;
    }
    if (id > top.last) {
      missing += id - top.last - 1;
      top = new Range(id, id);
      ranges.put(id, top);
      limit();
      return Seen.FIRST;
    }
    if (id <= floor) {
      return Seen.UNKNOWN;
    }
    Range below = ranges.floorEntry(id).getValue();
    if (id <= below.last) {
      return Seen.AGAIN;
    }
    missing--;
    fill(id, below);
    return Seen.FIRST;
  }

  private void fill(long id, Range below) {
    Map.Entry<Long, Range> above = ranges.higherEntry(id);
    boolean joinsAbove = above != null && above.getKey() == id + 1;
    if (id == below.last + 1) {
      below.last = id;
      if (joinsAbove) {
        below.last = above.getValue().last;
        ranges.remove(above.getKey());
        if (above.getValue() == top) {
          top = below;
        }
      }
      return;
    }
    long last = joinsAbove ? above.getValue().last : id;
    Range joined = new Range(id, last);
    if (joinsAbove) {
      ranges.remove(above.getKey());
      if (above.getValue() == top) {
        top = joined;
      }
    }
    ranges.put(id, joined);
    limit();
  }

  private void limit() {
    if (ranges.size() > rangesMax) {
      Range lowest = ranges.pollFirstEntry().getValue();
      Range next = ranges.pollFirstEntry().getValue();
      floor = next.last;
      ranges.put(lowest.first, new Range(lowest.first, next.last));
    }
  }

  /** The highest id seen, or 0. */
  long highest() {
    return top.last;
  }

  /** How many ids between 1 and the highest were not seen, as far as can be told. */
  long missing() {
    return missing;
  }
}
