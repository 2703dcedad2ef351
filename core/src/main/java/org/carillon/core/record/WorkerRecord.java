package org.carillon.core.record;

import java.util.Arrays;
import java.util.List;

/** One event as a worker received it, as longs: a line of worker_NODE.csv. */
public final class WorkerRecord {

  private static final int EVENT_ID = 0;
  private static final int SEQUENCE_NUMBER = 1;
  private static final int RECEIVE_TIME = 2;
  private static final int COORDINATOR_SEND_TIME = 3;
  private static final int SOURCE = 4;
  private static final int CLOCKS = 5;
  private static final int LONGS = CLOCKS + ClockBuffer.LONGS;

  private WorkerRecord() {}

  /**
   * The lines of worker_NODE.csv.
   *
   * @param withChronoTick false leaves the ct_ columns out
   */
  public static RecordFormat format(String nodeId, boolean withChronoTick) {
    return new Format(CsvText.cell(nodeId), withChronoTick);
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
    records[at + EVENT_ID] = eventId;
    records[at + SEQUENCE_NUMBER] = sequenceNumber;
    records[at + RECEIVE_TIME] = receiveTimeNs;
    records[at + COORDINATOR_SEND_TIME] = coordinatorSendTimeNs;
    records[at + SOURCE] = source.ordinal();
    clocks.store(records, at + CLOCKS);
  }

  private record Format(byte[] nodeId, boolean withChronoTick) implements RecordFormat {

    private static final byte[][] SOURCES =
        Arrays.stream(TimestampSource.values())
            .map(source -> CsvText.cell(source.text()))
            .toArray(byte[][]::new);

    @Override
    public List<Column> columns() {
      return Schemas.worker(withChronoTick);
    }

    @Override
    public int recordLongs() {
      return LONGS;
    }

    @Override
    public int lineBytesMax() {
      return nodeId.length + Schemas.WORKER.size() * CellBytes.NUMBER_BYTES_MAX;
    }

    @Override
    public int format(long[] records, int at, Object note, byte[] into, int position) {
      int clocks = at + CLOCKS;
      long receiveTimeNs = records[at + RECEIVE_TIME];
      int next = CellBytes.integer(records[at + EVENT_ID], into, position);
      next = CellBytes.text(nodeId, into, next);
      next = CellBytes.integer(records[at + SEQUENCE_NUMBER], into, next);
      next = CellBytes.integer(receiveTimeNs, into, next);
      next = CellBytes.integer(records[at + COORDINATOR_SEND_TIME], into, next);
      next = ClockBytes.ntp(records, clocks, receiveTimeNs, true, into, next);
      if (withChronoTick) {
        next = ClockBytes.chronoTick(records, clocks, receiveTimeNs, true, into, next);
      }
      next = CellBytes.text(SOURCES[(int) records[at + SOURCE]], into, next);
      next = ClockBytes.bounded(records, clocks, into, next);
      return CellBytes.endOfLine(into, next);
    }
  }
}
