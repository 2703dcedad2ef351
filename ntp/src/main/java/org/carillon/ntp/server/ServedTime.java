package org.carillon.ntp.server;

import org.carillon.core.time.ClockStatus;

/**
 * What a server tells of its time at one moment. The time itself is local time + {@code offsetNs}.
 *
 * @param status synchronized or holdover
 * @param leap leap warning, 0–2
 * @param stratum 1–15
 * @param referenceId the source, as NTP packets carry it
 * @param setNs when the clock was last set, local time
 * @param offsetNs true time minus local time, as well as it is known
 * @param rootDelayNs round trip to the primary server, ≥ 0
 * @param rootDispersionNs the rest of the error bound, > 0
 */
public record ServedTime(
    ClockStatus status,
    int leap,
    int stratum,
    int referenceId,
    long setNs,
    long offsetNs,
    long rootDelayNs,
    long rootDispersionNs) {
  public ServedTime {
    if (status == ClockStatus.UNSYNCHRONIZED) {
      throw new IllegalArgumentException("an unsynchronized server has no time to serve");
    }
    if (leap < 0 || leap > 2 || stratum < 1 || stratum > 15) {
      throw new IllegalArgumentException("no such leap " + leap + " or stratum " + stratum);
    }
    if (rootDelayNs < 0 || rootDispersionNs <= 0) {
      throw new IllegalArgumentException("a served time needs an error bound");
    }
  }

  /** The largest error: root delay/2 + root dispersion, rounded up, > 0. */
  public long boundNs() {
    return (rootDelayNs + 1) / 2 + rootDispersionNs;
  }
}
