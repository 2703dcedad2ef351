package org.carillon.core.record;

import java.math.BigDecimal;
import java.util.List;
import org.carillon.core.time.Reading;

/** The cells that rows have of a node's clocks, the slow and obvious way; null is an empty one. */
final class RowCells {

  /** ChronoTick's bounds are three times its uncertainty, as in the Python toolkit. */
  private static final int CHRONOTICK_BOUND_FACTOR = 3;

  private RowCells() {}

  /** Nanoseconds as milliseconds: the six digits after the point are exactly the nanoseconds. */
  static String milliseconds(long ns) {
    return BigDecimal.valueOf(ns, 6).toPlainString();
  }

  static void addNtp(List<Object> cells, ClockCells clocks, long localNs, boolean withUncertainty) {
    cells.add(clocks.ntp().map(offset -> milliseconds(offset.offsetNs())).orElse(null));
    if (withUncertainty) {
      cells.add(ntpUncertainty(clocks));
    }
    cells.add(clocks.ntp().map(offset -> localNs + offset.offsetNs()).orElse(null));
  }

  static String ntpUncertainty(ClockCells clocks) {
    return clocks.ntp().map(offset -> milliseconds(offset.uncertaintyNs())).orElse(null);
  }

  static void addChronoTick(
      List<Object> cells, ClockCells clocks, long localNs, boolean withBounds) {
    cells.add(clocks.chronoTick().map(offset -> milliseconds(offset.offsetNs())).orElse(null));
    if (withBounds) {
      cells.add(
          clocks.chronoTick().map(offset -> milliseconds(offset.uncertaintyNs())).orElse(null));
    }
    cells.add(clocks.chronoTick().map(offset -> localNs + offset.offsetNs()).orElse(null));
    if (withBounds) {
      cells.add(
          clocks
              .chronoTick()
              .map(offset -> localNs + offset.offsetNs() - bound(offset))
              .orElse(null));
      cells.add(
          clocks
              .chronoTick()
              .map(offset -> localNs + offset.offsetNs() + bound(offset))
              .orElse(null));
    }
  }

  private static long bound(MeasuredOffset offset) {
    return CHRONOTICK_BOUND_FACTOR * offset.uncertaintyNs();
  }

  static void addBounded(List<Object> cells, ClockCells clocks) {
    cells.add(clocks.bounded().map(Reading::bestNs).orElse(null));
    cells.add(clocks.bounded().map(Reading::earliestNs).orElse(null));
    cells.add(clocks.bounded().map(Reading::latestNs).orElse(null));
    cells.add(clocks.status().text());
    cells.add(Cells.orEmpty(clocks.trueTimeNs()));
    cells.add(Cells.orEmpty(clocks.rawTimeNs()));
    cells.add(Cells.orEmpty(clocks.rawUncertaintyNs()));
  }
}
