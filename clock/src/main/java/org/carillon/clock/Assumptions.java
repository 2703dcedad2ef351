package org.carillon.clock;

import java.util.Objects;

/**
 * What is taken for granted of the counter, and all that an interval holds under besides the
 * servers' own claims.
 *
 * @param drift how far its rate can be off
 * @param wander how fast its rate can change
 */
public record Assumptions(DriftBound drift, WanderBound wander) {
  public Assumptions {
    Objects.requireNonNull(drift);
    Objects.requireNonNull(wander);
  }

  /**
   * For a counter that nobody steers: 50 ppm, within which ordinary crystals stay, and 0.02 ppm/s,
   * a change by 1.2 ppm a minute, more than a machine that warms up or cools down shows. See
   * docs/clock.md.
   */
  public static Assumptions defaults() {
    return new Assumptions(new DriftBound(50), new WanderBound(0.02));
  }

  /**
   * The same for a clock that a daemon steers, which changes its rate from one moment to the next.
   */
  public Assumptions steered() {
    return new Assumptions(drift, WanderBound.NONE);
  }

  /** The largest rate of the offset, ns per second of raw time. */
  double rateNsPerS() {
    return 1e9 * drift.ppm() / (1e6 - drift.ppm());
  }

  /** The largest change of that rate, ns per second of raw time, per second of it. */
  double wanderNsPerS2() {
    double slowest = 1 - drift.ppm() * 1e-6;
    return 1e3 * wander.ppmPerSecond() / (slowest * slowest * slowest);
  }

  /** As it stands in logs and evidence. */
  @Override
  public String toString() {
    return "rate within "
        + drift.ppm()
        + " ppm"
        + (wander.equals(WanderBound.NONE)
            ? ""
            : ", changing by at most " + wander.ppmPerSecond() + " ppm/s");
  }
}
