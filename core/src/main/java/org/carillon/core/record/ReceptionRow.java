package org.carillon.core.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What happened to a worker's datagrams since it was looked at before, about a second earlier.
 *
 * @param localNs when it was looked at, on the node's clock, ns since the Unix epoch
 * @param received events of the run, duplicates included
 * @param malformed datagrams that are no events
 * @param foreign events of another run
 * @param kernelDrops datagrams that the kernel dropped because the socket's buffer was full; empty
 *     where it does not tell
 * @param rowsLost rows of events that did not get into their file
 */
public record ReceptionRow(
    long localNs,
    long received,
    long malformed,
    long foreign,
    OptionalLong kernelDrops,
    long rowsLost) {

  /** The lines of reception_NODE.csv. */
  public static final RowFormat<ReceptionRow> FORMAT =
      new RowFormat<>(Schemas.RECEPTION, ReceptionRow::cells);

  public ReceptionRow {
    Objects.requireNonNull(kernelDrops);
  }

  /** Whether nothing came and nothing was lost. */
  public boolean isQuiet() {
    return received == 0
        && malformed == 0
        && foreign == 0
        && kernelDrops.orElse(0) == 0
        && rowsLost == 0;
  }

  private List<Object> cells() {
    List<Object> cells = new ArrayList<>(Schemas.RECEPTION.size());
    cells.add(localNs);
    cells.add(received);
    cells.add(malformed);
    cells.add(foreign);
    cells.add(Cells.orEmpty(kernelDrops));
    cells.add(rowsLost);
    return cells;
  }
}
