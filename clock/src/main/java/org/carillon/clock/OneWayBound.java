package org.carillon.clock;

import java.util.Objects;

/**
 * A bound on the offset from one side, at one moment: what a datagram proves that went one way
 * between two nodes. Nothing is received before it was sent, so the receiver's true time is at
 * least the sender's, and the sender's at most the receiver's.
 *
 * @param rawNs the moment, on the node's counter
 * @param offsetNs θ, true time minus raw time
 * @param side where θ lies
 */
public record OneWayBound(long rawNs, long offsetNs, Side side) {

  /** Where the offset lies. */
  public enum Side {
    /** θ ≥ the bound. */
    AT_LEAST,
    /** θ ≤ the bound. */
    AT_MOST
  }

  public OneWayBound {
    Objects.requireNonNull(side);
  }

  /** θ is at least this at that moment. */
  public static OneWayBound atLeast(long rawNs, long offsetNs) {
    return new OneWayBound(rawNs, offsetNs, Side.AT_LEAST);
  }

  /** θ is at most this at that moment. */
  public static OneWayBound atMost(long rawNs, long offsetNs) {
    return new OneWayBound(rawNs, offsetNs, Side.AT_MOST);
  }
}
