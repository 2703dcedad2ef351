package org.carillon.core.record;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How sure a worker's clocks were a given time after an event had arrived, as an object: the slow
 * and obvious way, which {@link CommitWaitRecord} must equal byte by byte.
 *
 * @param eventId counts from 1
 * @param delayNs how long after the arrival this was measured
 * @param boundedUncertaintyNs half the width of the bounded clock's interval then, rounded up
 * @param chronoTickUncertaintyNs ChronoTick's uncertainty then
 */
public record CommitWaitRow(
    long eventId,
    long delayNs,
    OptionalLong boundedUncertaintyNs,
    OptionalLong chronoTickUncertaintyNs) {

  /** The lines of commit_wait_NODE.csv. */
  public static final RowFormat<CommitWaitRow> FORMAT =
      new RowFormat<>(Schemas.COMMIT_WAIT, CommitWaitRow::cells);

  private List<Object> cells() {
    List<Object> cells = new ArrayList<>(Schemas.COMMIT_WAIT.size());
    cells.add(eventId);
    cells.add(Cells.seconds(delayNs));
    cells.add(Cells.orEmpty(boundedUncertaintyNs));
    cells.add(
        chronoTickUncertaintyNs.isPresent()
            ? RowCells.milliseconds(chronoTickUncertaintyNs.getAsLong())
            : null);
    return cells;
  }
}
