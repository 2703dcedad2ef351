package org.carillon.ntp.check;

import java.util.Objects;

/**
 * A clock at one moment.
 *
 * @param trueNs the moment, as well as it is known: ns since the Unix epoch
 * @param offset of the clock
 */
public record TimedOffset(long trueNs, OffsetBounds offset) {
  public TimedOffset {
    Objects.requireNonNull(offset);
  }
}
