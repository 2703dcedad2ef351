package org.carillon.control.workload;

import java.util.Optional;
import org.carillon.control.statistics.ClockReport;
import org.carillon.core.time.Moment;
import org.carillon.core.time.Reading;

/** The bounded clock of this node, for any thread; asking never waits for the network. */
public interface NodeClock {

  /** A reading of this moment; empty while the clock is unsynchronized. */
  Optional<Reading> now();

  /**
   * A reading of a moment of late, so that one stamp yields both the reading and, where a simulated
   * clock knows it, true time.
   */
  Optional<Reading> readingAt(Moment moment);

  /** How the clock stands, with what it rests on. */
  ClockReport report();

  /**
   * Asks the time servers more often for a while, so that the interval is narrow when it counts:
   * shortly before a common start. A no-op where there is nobody to ask.
   */
  void sharpen();
}
