package org.carillon.core.record;

import java.time.Duration;
import java.util.List;

/**
 * How sure a worker's clocks were a given time after an event had arrived, as longs: a line of
 * commit_wait_NODE.csv.
 */
public final class CommitWaitRecord {

  private static final int EVENT_ID = 0;
  private static final int DELAY = 1;
  private static final int BOUNDED_UNCERTAINTY = 2;
  private static final int CHRONOTICK_UNCERTAINTY = 3;
  private static final int LONGS = 4;

  private CommitWaitRecord() {}

  /**
   * The lines of commit_wait_NODE.csv.
   *
   * @param delays all that there are; records name them by their index
   */
  public static RecordFormat format(List<Duration> delays) {
    return new Format(
        delays.stream()
            .map(delay -> CsvText.cell(Cells.seconds(delay.toNanos())))
            .toArray(byte[][]::new));
  }

  /**
   * Writes a measurement into a record.
   *
   * @param at where {@link RecordLog#claim} said
   * @param delay index of how long after the arrival this was measured
   * @param clocks what the node's clocks said then
   */
  public static void put(long[] records, int at, long eventId, int delay, ClockBuffer clocks) {
    records[at + EVENT_ID] = eventId;
    records[at + DELAY] = delay;
    records[at + BOUNDED_UNCERTAINTY] = clocks.boundedUncertaintyNs();
    records[at + CHRONOTICK_UNCERTAINTY] = clocks.chronoTickUncertaintyNs();
  }

  private record Format(byte[][] delays) implements RecordFormat {

    @Override
    public List<Column> columns() {
      return Schemas.COMMIT_WAIT;
    }

    @Override
    public int recordLongs() {
      return LONGS;
    }

    @Override
    public int lineBytesMax() {
      return Schemas.COMMIT_WAIT.size() * CellBytes.NUMBER_BYTES_MAX;
    }

    @Override
    public int format(long[] records, int at, Object note, byte[] into, int position) {
      long boundedNs = records[at + BOUNDED_UNCERTAINTY];
      long chronoTickNs = records[at + CHRONOTICK_UNCERTAINTY];
      int next = CellBytes.integer(records[at + EVENT_ID], into, position);
      next = CellBytes.text(delays[(int) records[at + DELAY]], into, next);
      next =
          boundedNs == ClockBuffer.NOT_KNOWN
              ? CellBytes.empty(into, next)
              : CellBytes.integer(boundedNs, into, next);
      next =
          chronoTickNs == ClockBuffer.NOT_KNOWN
              ? CellBytes.empty(into, next)
              : CellBytes.milliseconds(chronoTickNs, into, next);
      return CellBytes.endOfLine(into, next);
    }
  }
}
