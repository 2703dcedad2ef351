package org.carillon.clock;

/**
 * How much a clock can have drifted: its frequency error never exceeds ρ.
 *
 * <p>With raw time L and true time t, a clock that is fast by d has dL/dt = 1 + d, so the offset θ
 * = t − L changes by |dθ/dL| = |d|/(1 + d) ≤ ρ/(1 − ρ) per unit of <em>raw</em> time, which is the
 * time ages are counted in.
 *
 * @param ppm ρ in parts per million: 0 < ρ ≤ 100,000
 */
public record DriftBound(double ppm) {
  public DriftBound {
    if (!(ppm > 0 && ppm <= 100_000)) {
      throw new IllegalArgumentException(
          "a drift bound lies above 0 and up to 100000 ppm, not " + ppm);
    }
  }

  /**
   * The largest change of the offset over a raw time, rounded up.
   *
   * @param ageNs of any sign: a drift widens an interval into the past as well
   */
  public long driftNs(long ageNs) {
    double rate = ppm / (1e6 - ppm);
    // A double is good to 1 part in 10¹⁶ here: below 0.01 ns even after a month at 50 ppm.
    return (long) Math.ceil(Math.abs((double) ageNs) * rate);
  }
}
