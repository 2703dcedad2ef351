package org.carillon.core.record;

import static org.carillon.core.record.ClockBuffer.BEST;
import static org.carillon.core.record.ClockBuffer.CHRONOTICK_OFFSET;
import static org.carillon.core.record.ClockBuffer.CHRONOTICK_UNCERTAINTY;
import static org.carillon.core.record.ClockBuffer.EARLIEST;
import static org.carillon.core.record.ClockBuffer.HAS_CHRONOTICK;
import static org.carillon.core.record.ClockBuffer.HAS_NTP;
import static org.carillon.core.record.ClockBuffer.HAS_RAW_TIME;
import static org.carillon.core.record.ClockBuffer.HAS_TRUE_TIME;
import static org.carillon.core.record.ClockBuffer.KNOWN;
import static org.carillon.core.record.ClockBuffer.LATEST;
import static org.carillon.core.record.ClockBuffer.NTP_OFFSET;
import static org.carillon.core.record.ClockBuffer.NTP_UNCERTAINTY;
import static org.carillon.core.record.ClockBuffer.RAW_TIME;
import static org.carillon.core.record.ClockBuffer.RAW_UNCERTAINTY;
import static org.carillon.core.record.ClockBuffer.STATUS_SHIFT;
import static org.carillon.core.record.ClockBuffer.TRUE_TIME;

import java.util.Arrays;
import org.carillon.core.time.ClockStatus;

/**
 * Writes the cells of a {@link ClockBuffer} that stands in a record; {@code at} is where in {@code
 * records} it was stored.
 */
final class ClockBytes {

  /** ChronoTick's bounds are three times its uncertainty, as in the Python toolkit. */
  private static final int CHRONOTICK_BOUND_FACTOR = 3;

  private static final byte[][] STATUS =
      Arrays.stream(ClockStatus.values())
          .map(status -> CsvText.cell(status.text()))
          .toArray(byte[][]::new);

  private ClockBytes() {}

  static int ntp(
      long[] records, int at, long localNs, boolean withUncertainty, byte[] into, int position) {
    if ((records[at + KNOWN] & HAS_NTP) == 0) {
      return empty(withUncertainty ? 3 : 2, into, position);
    }
    long offsetNs = records[at + NTP_OFFSET];
    int next = CellBytes.milliseconds(offsetNs, into, position);
    if (withUncertainty) {
      next = CellBytes.milliseconds(records[at + NTP_UNCERTAINTY], into, next);
    }
    return CellBytes.integer(localNs + offsetNs, into, next);
  }

  static int ntpUncertainty(long[] records, int at, byte[] into, int position) {
    return (records[at + KNOWN] & HAS_NTP) == 0
        ? CellBytes.empty(into, position)
        : CellBytes.milliseconds(records[at + NTP_UNCERTAINTY], into, position);
  }

  static int chronoTick(
      long[] records, int at, long localNs, boolean withBounds, byte[] into, int position) {
    if ((records[at + KNOWN] & HAS_CHRONOTICK) == 0) {
      return empty(withBounds ? 5 : 2, into, position);
    }
    long offsetNs = records[at + CHRONOTICK_OFFSET];
    long bestNs = localNs + offsetNs;
    int next = CellBytes.milliseconds(offsetNs, into, position);
    if (!withBounds) {
      return CellBytes.integer(bestNs, into, next);
    }
    long uncertaintyNs = records[at + CHRONOTICK_UNCERTAINTY];
    long boundNs = CHRONOTICK_BOUND_FACTOR * uncertaintyNs;
    next = CellBytes.milliseconds(uncertaintyNs, into, next);
    next = CellBytes.integer(bestNs, into, next);
    next = CellBytes.integer(bestNs - boundNs, into, next);
    return CellBytes.integer(bestNs + boundNs, into, next);
  }

  static int bounded(long[] records, int at, byte[] into, int position) {
    long known = records[at + KNOWN];
    int status = (int) (known >> STATUS_SHIFT);
    int next = position;
    if (status == ClockStatus.UNSYNCHRONIZED.ordinal()) {
      next = empty(3, into, next);
    } else {
      next = CellBytes.integer(records[at + BEST], into, next);
      next = CellBytes.integer(records[at + EARLIEST], into, next);
      next = CellBytes.integer(records[at + LATEST], into, next);
    }
    next = CellBytes.text(STATUS[status], into, next);
    next =
        (known & HAS_TRUE_TIME) == 0
            ? CellBytes.empty(into, next)
            : CellBytes.integer(records[at + TRUE_TIME], into, next);
    if ((known & HAS_RAW_TIME) == 0) {
      return empty(2, into, next);
    }
    next = CellBytes.integer(records[at + RAW_TIME], into, next);
    return CellBytes.integer(records[at + RAW_UNCERTAINTY], into, next);
  }

  private static int empty(int cells, byte[] into, int position) {
    int next = position;
    for (int i = 0; i < cells; i++) {
      next = CellBytes.empty(into, next);
    }
    return next;
  }
}
