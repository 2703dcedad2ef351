package org.carillon.ntp;

/**
 * A measured offset, the point estimate of a plain NTP client.
 *
 * @param offsetNs θ, true time minus local time, any sign
 * @param uncertaintyNs half the width of the interval around it, aged to the moment asked for, > 0
 */
public record NtpOffset(long offsetNs, long uncertaintyNs) {
  public NtpOffset {
    if (uncertaintyNs <= 0) {
      throw new IllegalArgumentException("an uncertainty is never " + uncertaintyNs);
    }
  }
}
