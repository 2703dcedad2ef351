package org.carillon.ntp;

import org.carillon.core.record.TimestampSource;
import org.carillon.core.time.Moment;

/**
 * When a datagram left or came.
 *
 * @param localNs on the node's clock, ns since the Unix epoch
 * @param rawNs on the node's free-running counter, ns since an arbitrary moment: not after it left,
 *     or not before it came
 * @param rawUncertaintyNs how far off {@code rawNs} may be from the moment of {@code localNs}, ≥ 0
 * @param source who noted it
 */
record Stamp(long localNs, long rawNs, long rawUncertaintyNs, TimestampSource source) {

  /** Of a datagram that left: at the earliest. */
  static Stamp ofDeparture(Moment left, TimestampSource source) {
    return new Stamp(left.localNs(), left.earliestRawNs(), left.rawUncertaintyNs(), source);
  }

  /** Of a datagram that came: at the latest. */
  static Stamp ofArrival(Moment came, TimestampSource source) {
    return new Stamp(came.localNs(), came.rawNs(), came.rawUncertaintyNs(), source);
  }
}
