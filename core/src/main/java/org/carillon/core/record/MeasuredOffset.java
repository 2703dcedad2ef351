package org.carillon.core.record;

/**
 * What a point clock, NTP or ChronoTick, said about the local clock.
 *
 * @param offsetNs true time minus local time, as estimated
 * @param uncertaintyNs how far off the estimate may be to either side, ≥ 0
 */
public record MeasuredOffset(long offsetNs, long uncertaintyNs) {
  public MeasuredOffset {
    if (uncertaintyNs < 0) {
      throw new IllegalArgumentException("an uncertainty is not negative: " + uncertaintyNs);
    }
  }
}
