package org.carillon.core.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns records of {@link CoordinatorRecord} into lines. What seldom changes from one line to the
 * next is kept as it was written: the second of the send, and who was sent to and who was not.
 */
final class CoordinatorFormat implements RecordFormat {

  private static final int[] NONE = {};

  private final List<String> workers;
  private final int lineBytesMax;

  private long second;
  private byte[] secondCell;
  private int[] failed = NONE;
  private byte[] sentCell;
  private byte[] failedCell;

  CoordinatorFormat(List<String> workers) {
    this.workers = List.copyOf(workers);
    startSecond(0);
    startWorkers(NONE);
    // Each worker stands in one of the two lists, behind a comma or the first quote.
    int workersBytesMax =
        workers.stream().mapToInt(worker -> CsvText.cell(worker).length + 1).sum() + 4;
    this.lineBytesMax = workersBytesMax + Schemas.COORDINATOR.size() * CellBytes.NUMBER_BYTES_MAX;
  }

  private void startSecond(long epochSecond) {
    second = epochSecond;
    secondCell = CsvText.cell(Cells.utcSecond(epochSecond));
  }

  private void startWorkers(int[] failedIndexes) {
    failed = failedIndexes;
    List<String> sentTo = new ArrayList<>(workers);
    List<String> failedFor = new ArrayList<>();
    for (int index : failedIndexes) {
      failedFor.add(workers.get(index));
    }
    for (int i = failedIndexes.length - 1; i >= 0; i--) {
      sentTo.remove(failedIndexes[i]);
    }
    sentCell = CsvText.cell(String.join(",", sentTo));
    failedCell = CsvText.cell(String.join(",", failedFor));
  }

  @Override
  public List<Column> columns() {
    return Schemas.COORDINATOR;
  }

  @Override
  public int recordLongs() {
    return CoordinatorRecord.LONGS;
  }

  @Override
  public int lineBytesMax() {
    return lineBytesMax;
  }

  @Override
  public int format(long[] records, int at, Object note, byte[] into, int position) {
    long sendTimeNs = records[at + CoordinatorRecord.SEND_TIME];
    prepare(sendTimeNs, note);
    int clocks = at + CoordinatorRecord.CLOCKS;
    int next = CellBytes.integer(records[at + CoordinatorRecord.EVENT_ID], into, position);
    next = CellBytes.integer(records[at + CoordinatorRecord.SEQUENCE_NUMBER], into, next);
    next = CellBytes.integer(sendTimeNs, into, next);
    next = CellBytes.text(secondCell, into, next);
    next = ClockBytes.ntp(records, clocks, sendTimeNs, false, into, next);
    next = ClockBytes.chronoTick(records, clocks, sendTimeNs, false, into, next);
    next = CellBytes.milliseconds(records[at + CoordinatorRecord.PATTERN_DELAY], into, next);
    next = CellBytes.text(sentCell, into, next);
    next = CellBytes.text(failedCell, into, next);
    next = CellBytes.integer(records[at + CoordinatorRecord.SCHEDULED_TIME], into, next);
    next = ClockBytes.ntpUncertainty(records, clocks, into, next);
    next = ClockBytes.bounded(records, clocks, into, next);
    next = CellBytes.integer(records[at + CoordinatorRecord.LATENESS], into, next);
    long transmitTimeNs = records[at + CoordinatorRecord.TRANSMIT_TIME];
    next =
        transmitTimeNs == CoordinatorRecord.UNKNOWN
            ? CellBytes.empty(into, next)
            : CellBytes.integer(transmitTimeNs, into, next);
    return CellBytes.endOfLine(into, next);
  }

  private void prepare(long sendTimeNs, Object note) {
    long epochSecond = Math.floorDiv(sendTimeNs, Cells.NS_PER_S);
    if (epochSecond != second) {
      startSecond(epochSecond);
    }
    int[] failedIndexes = note == null ? NONE : (int[]) note;
    if (failedIndexes != failed && !Arrays.equals(failedIndexes, failed)) {
      startWorkers(failedIndexes);
    }
  }
}
