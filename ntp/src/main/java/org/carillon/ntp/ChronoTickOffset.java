package org.carillon.ntp;

/**
 * What a ChronoTick service says of the clock.
 *
 * @param offsetNs true time minus local time, any sign
 * @param uncertaintyNs one standard uncertainty, ≥ 0; its users bound the time by three of them
 */
public record ChronoTickOffset(long offsetNs, long uncertaintyNs) {
  public ChronoTickOffset {
    if (uncertaintyNs < 0) {
      throw new IllegalArgumentException("an uncertainty is never negative: " + uncertaintyNs);
    }
  }
}
