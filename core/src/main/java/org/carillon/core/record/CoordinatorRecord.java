package org.carillon.core.record;

import java.util.List;

/** One event as the coordinator sent it, as longs: a line of coordinator.csv. */
public final class CoordinatorRecord {

  /** In place of a time that is not known. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  static final int EVENT_ID = 0;
  static final int SEQUENCE_NUMBER = 1;
  static final int SEND_TIME = 2;
  static final int PATTERN_DELAY = 3;
  static final int SCHEDULED_TIME = 4;
  static final int LATENESS = 5;
  static final int TRANSMIT_TIME = 6;
  static final int CLOCKS = 7;
  static final int LONGS = CLOCKS + ClockBuffer.LONGS;

  private CoordinatorRecord() {}

  /**
   * The lines of coordinator.csv. The note of a record whose send failed for some workers is an
   * {@code int[]} of their indexes, ascending; without a note all were sent.
   *
   * @param workers HOST:PORT of all
   */
  public static RecordFormat format(List<String> workers) {
    return new CoordinatorFormat(workers);
  }

  /**
   * Writes an event into a record.
   *
   * @param at where {@link RecordLog#claim} said
   * @param sendTimeNs the coordinator's local clock just before the event was sent
   * @param patternDelayNs how long after this event the next one is due
   * @param scheduledTimeNs when it was due, on the same clock as {@code sendTimeNs}
   * @param latenessNs how much later than that it was sent, on the monotonic clock, ≥ 0
   * @param transmitTimeNs when the kernel handed the first of its datagrams to the network, on the
   *     same clock as {@code sendTimeNs}, or {@link #UNKNOWN}
   * @param clocks what the node's clocks said about {@code sendTimeNs}
   */
  public static void put(
      long[] records,
      int at,
      long eventId,
      long sequenceNumber,
      long sendTimeNs,
      long patternDelayNs,
      long scheduledTimeNs,
      long latenessNs,
      long transmitTimeNs,
      ClockBuffer clocks) {
    records[at + EVENT_ID] = eventId;
    records[at + SEQUENCE_NUMBER] = sequenceNumber;
    records[at + SEND_TIME] = sendTimeNs;
    records[at + PATTERN_DELAY] = patternDelayNs;
    records[at + SCHEDULED_TIME] = scheduledTimeNs;
    records[at + LATENESS] = latenessNs;
    records[at + TRANSMIT_TIME] = transmitTimeNs;
    clocks.store(records, at + CLOCKS);
  }
}
