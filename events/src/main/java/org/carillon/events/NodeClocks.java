package org.carillon.events;

import org.carillon.core.record.ClockBuffer;
import org.carillon.core.record.ClockCells;
import org.carillon.core.time.Moment;
import org.carillon.core.time.MomentBuffer;

/**
 * What a node knows about the error of its own clock. Measuring goes on in the background; asking
 * never waits for it.
 */
public interface NodeClocks extends AutoCloseable {

  /** What every clock of the node says about a moment. */
  ClockCells at(Moment moment);

  /**
   * The same as {@link #at}, for what comes many times in a millisecond.
   *
   * @param realtimeNs the machine's CLOCK_REALTIME then
   * @param localNs the node's clock then
   * @param rawNs the free-running counter then, at the latest
   * @param rawUncertaintyNs how much earlier it may have been
   * @param into gets all of it; what it held before is gone
   */
  default void read(
      long realtimeNs, long localNs, long rawNs, long rawUncertaintyNs, ClockBuffer into) {
    into.set(at(new Moment(realtimeNs, localNs, rawNs, rawUncertaintyNs)));
  }

  /** The same of a moment in a buffer. */
  default void read(MomentBuffer moment, ClockBuffer into) {
    read(moment.realtimeNs(), moment.localNs(), moment.rawNs(), moment.rawUncertaintyNs(), into);
  }

  /** Rows of what was measured that could not be written to their file. */
  default long lostRows() {
    return 0;
  }

  /** Ends the measuring. */
  @Override
  void close();
}
