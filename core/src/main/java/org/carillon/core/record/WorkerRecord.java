package org.carillon.core.record;

/** A line of worker_NODE.csv as longs; see {@link WorkerRow}, which says the same as an object. */
public final class WorkerRecord {

  private WorkerRecord() {}

  /**
   * The lines of worker_NODE.csv.
   *
   * @param withChronoTick false leaves the ct_ columns out
   */
  public static RecordFormat format(String nodeId, boolean withChronoTick) {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes an event into a record.
   *
   * @param at where {@link RecordLog#claim} said
   * @param receiveTimeNs the node's local clock on arrival, ns since the Unix epoch
   * @param coordinatorSendTimeNs as the datagram carried it
   * @param clocks what the node's clocks said about {@code receiveTimeNs}
   */
  public static void put(
      long[] records,
      int at,
      long eventId,
      long sequenceNumber,
      long receiveTimeNs,
      long coordinatorSendTimeNs,
      TimestampSource source,
      ClockBuffer clocks) {
    throw new UnsupportedOperationException();
  }
}
