package org.carillon.clock;

/**
 * How fast a clock's rate can change: its frequency error never changes faster than ω.
 *
 * <p>With dL/dt = 1 + d, the offset's rate per unit of raw time is r = −d/(1 + d), so |dr/dL| =
 * |dd/dt|/(1 + d)³ ≤ ω/(1 − ρ)³: see {@link Assumptions#wanderNsPerS2}.
 *
 * @param ppmPerSecond ω in parts per million a second: 0 < ω ≤ 1,000,000. A bound so large that it
 *     lets the rate jump anywhere between two samples leaves the drift bound alone in force
 */
public record WanderBound(double ppmPerSecond) {

  /** Says nothing: from one sample to the next the rate may be any within the drift bound. */
  public static final WanderBound NONE = new WanderBound(1_000_000);

  public WanderBound {
    if (!(ppmPerSecond > 0 && ppmPerSecond <= 1_000_000)) {
      throw new IllegalArgumentException(
          "a wander bound lies above 0 and up to 1000000 ppm/s, not " + ppmPerSecond);
    }
  }
}
