package org.carillon.events;

import java.util.OptionalLong;
import org.carillon.core.record.ClockCells;
import org.carillon.core.time.ClockSource;

/** Of a node without a time server: nothing is known about the error of its clock. */
final class UnmeasuredClocks implements NodeClocks {
  private final ClockSource clock;

  UnmeasuredClocks(ClockSource clock) {
    this.clock = clock;
  }

  @Override
  public ClockCells at(long realtimeNs, long localNs) {
    return ClockCells.unsynchronized(
        clock.knowsTrueTime() ? OptionalLong.of(realtimeNs) : OptionalLong.empty());
  }

  @Override
  public void close() {
    // Nothing runs.
  }
}
