package org.carillon.core.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * One event as the coordinator sent it, as an object: the slow and obvious way, which {@link
 * CoordinatorRecord} must equal byte by byte.
 *
 * @param eventId counts from 1
 * @param sequenceNumber counts from 0
 * @param sendTimeNs the coordinator's local clock just before the event was encoded and sent; the
 *     datagram carries the same number; ns since the Unix epoch
 * @param patternDelayNs how long after this event the next one is due
 * @param workersSent HOST:PORT of the workers that it was sent to
 * @param workersFailed HOST:PORT of the workers for which the operating system reported an error
 * @param scheduledTimeNs when it was due, on the same clock as {@code sendTimeNs}
 * @param latenessNs how much later than that it was sent, on the monotonic clock, ≥ 0
 * @param transmitTimeNs when the kernel handed it to the network, on the same clock as {@code
 *     sendTimeNs}
 * @param clocks what the node's clocks said about {@code sendTimeNs}
 */
public record CoordinatorRow(
    long eventId,
    long sequenceNumber,
    long sendTimeNs,
    long patternDelayNs,
    List<String> workersSent,
    List<String> workersFailed,
    long scheduledTimeNs,
    OptionalLong latenessNs,
    OptionalLong transmitTimeNs,
    ClockCells clocks) {

  /** The lines of coordinator.csv. */
  public static final RowFormat<CoordinatorRow> FORMAT =
      new RowFormat<>(Schemas.COORDINATOR, CoordinatorRow::cells);

  public CoordinatorRow {
    workersSent = List.copyOf(workersSent);
    workersFailed = List.copyOf(workersFailed);
    Objects.requireNonNull(latenessNs);
    Objects.requireNonNull(transmitTimeNs);
    Objects.requireNonNull(clocks);
  }

  /** Of which neither is known how late it was nor when the kernel sent it. */
  public CoordinatorRow(
      long eventId,
      long sequenceNumber,
      long sendTimeNs,
      long patternDelayNs,
      List<String> workersSent,
      List<String> workersFailed,
      long scheduledTimeNs,
      ClockCells clocks) {
    this(
        eventId,
        sequenceNumber,
        sendTimeNs,
        patternDelayNs,
        workersSent,
        workersFailed,
        scheduledTimeNs,
        OptionalLong.empty(),
        OptionalLong.empty(),
        clocks);
  }

  private List<Object> cells() {
    List<Object> cells = new ArrayList<>(Schemas.COORDINATOR.size());
    cells.add(eventId);
    cells.add(sequenceNumber);
    cells.add(sendTimeNs);
    cells.add(Cells.utcSecond(Math.floorDiv(sendTimeNs, Cells.NS_PER_S)));
    RowCells.addNtp(cells, clocks, sendTimeNs, false);
    RowCells.addChronoTick(cells, clocks, sendTimeNs, false);
    cells.add(RowCells.milliseconds(patternDelayNs));
    cells.add(String.join(",", workersSent));
    cells.add(String.join(",", workersFailed));
    cells.add(scheduledTimeNs);
    cells.add(RowCells.ntpUncertainty(clocks));
    RowCells.addBounded(cells, clocks);
    cells.add(Cells.orEmpty(latenessNs));
    cells.add(Cells.orEmpty(transmitTimeNs));
    return cells;
  }
}
