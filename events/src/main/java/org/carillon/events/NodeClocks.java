package org.carillon.events;

import org.carillon.core.record.ClockCells;
import org.carillon.core.time.Moment;

/**
 * What a node knows about the error of its own clock. Measuring goes on in the background; asking
 * never waits for it.
 */
public interface NodeClocks extends AutoCloseable {

  /** What every clock of the node says about a moment. */
  ClockCells at(Moment moment);

  /** Rows of what was measured that could not be written to their file. */
  default long lostRows() {
    return 0;
  }

  /** Ends the measuring. */
  @Override
  void close();
}
