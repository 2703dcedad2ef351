package org.carillon.ntp.check;

import java.time.Duration;

/**
 * What a clock must keep to be good enough.
 *
 * @param maxBoundNs how well true time must be known: the most that half the width of the interval
 *     may be, > 0
 * @param maxOffsetNs how far the system clock may be from true time, ≥ 0
 * @param maxDriftPpm by how much the system clock may gain or lose, > 0
 * @param minAnsweredShare of the requests to a server, how many must bring a usable answer, 0–1
 */
public record Thresholds(
    long maxBoundNs, long maxOffsetNs, double maxDriftPpm, double minAnsweredShare) {
  public Thresholds {
    if (maxBoundNs <= 0 || maxOffsetNs < 0 || !(maxDriftPpm > 0)) {
      throw new IllegalArgumentException("a limit of nothing is never kept");
    }
    if (!(minAnsweredShare >= 0 && minAnsweredShare <= 1)) {
      throw new IllegalArgumentException("a share lies between 0 and 1, not " + minAnsweredShare);
    }
  }

  /** True time to 1 ms, the clock within 10 ms and 50 ppm of it, nine answers of ten. */
  public static Thresholds defaults() {
    return new Thresholds(Duration.ofMillis(1).toNanos(), Duration.ofMillis(10).toNanos(), 50, 0.9);
  }
}
