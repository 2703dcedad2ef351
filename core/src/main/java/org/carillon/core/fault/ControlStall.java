package org.carillon.core.fault;

import java.util.List;
import org.carillon.core.time.ClockSource;

/**
 * Tells whether the control stream is stalled: connected, and as if nobody were there. A pure
 * function of the time since the start.
 */
public final class ControlStall {

  private final List<Fault.StallControl> stalls;
  private final ClockSource clock;
  private final long startNs;

  ControlStall(List<Fault.StallControl> stalls, ClockSource clock) {
    this.stalls = List.copyOf(stalls);
    this.clock = clock;
    this.startNs = clock.monotonicNs();
  }

  /** A stream that is never stalled. */
  public static ControlStall never(ClockSource clock) {
    return new ControlStall(List.of(), clock);
  }

  /** For how long, in ns, nothing is to be read or written; 0 if the stream is not stalled. */
  public long remainingNs() {
    long elapsedNs = clock.monotonicNs() - startNs;
    long remainingNs = 0;
    for (Fault.StallControl stall : stalls) {
      long atNs = stall.at().toNanos();
      if (elapsedNs >= atNs) {
        remainingNs = Math.max(remainingNs, atNs + stall.length().toNanos() - elapsedNs);
      }
    }
    return remainingNs;
  }
}
