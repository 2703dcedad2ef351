package org.carillon.core.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One event as a worker received it, as an object: the slow and obvious way, which {@link
 * WorkerRecord} must equal byte by byte.
 *
 * @param eventId counts from 1
 * @param nodeId the worker's node
 * @param sequenceNumber counts from 0
 * @param receiveTimeNs the node's local clock on arrival, ns since the Unix epoch
 * @param coordinatorSendTimeNs as the datagram carried it, ns on the coordinator's local clock
 * @param source who stamped the arrival
 * @param clocks what the node's clocks said about {@code receiveTimeNs}
 */
public record WorkerRow(
    long eventId,
    String nodeId,
    long sequenceNumber,
    long receiveTimeNs,
    long coordinatorSendTimeNs,
    TimestampSource source,
    ClockCells clocks) {

  public WorkerRow {
    Objects.requireNonNull(nodeId);
    Objects.requireNonNull(source);
    Objects.requireNonNull(clocks);
  }

  /**
   * The lines of worker_NODE.csv.
   *
   * @param withChronoTick false leaves the ct_ columns out
   */
  public static RowFormat<WorkerRow> format(boolean withChronoTick) {
    return new RowFormat<>(Schemas.worker(withChronoTick), row -> row.cells(withChronoTick));
  }

  private List<Object> cells(boolean withChronoTick) {
    List<Object> cells = new ArrayList<>(Schemas.WORKER.size());
    cells.add(eventId);
    cells.add(nodeId);
    cells.add(sequenceNumber);
    cells.add(receiveTimeNs);
    cells.add(coordinatorSendTimeNs);
    RowCells.addNtp(cells, clocks, receiveTimeNs, true);
    if (withChronoTick) {
      RowCells.addChronoTick(cells, clocks, receiveTimeNs, true);
    }
    cells.add(source.text());
    RowCells.addBounded(cells, clocks);
    return cells;
  }
}
