package org.carillon.ntp.simulation;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * A frequency that wanders within limits, linearly from knot to knot, so that it never jumps: its
 * fastest change is exactly what the limits say.
 */
public final class Wander implements ClockError {

  private static final long KNOT_NS = 8_000_000_000L;
  private static final double KNOT_S = KNOT_NS * 1e-9;

  /**
   * @param withinPpm largest frequency error, ≥ 0
   * @param ppmPerS fastest change, ≥ 0
   */
  public record Limits(double withinPpm, double ppmPerS) {}

  private final double[] frequencyPpm;
  private final double[] phaseNs;

  private Wander(Duration length, Limits limits, DoubleSupplier changePpm) {
    int knots = Math.toIntExact(length.toNanos() / KNOT_NS) + 2;
    frequencyPpm = new double[knots];
    phaseNs = new double[knots];
    for (int i = 1; i < knots; i++) {
      double most = limits.ppmPerS() * KNOT_S;
      double change = Math.clamp(changePpm.getAsDouble(), -most, most);
      frequencyPpm[i] =
          Math.clamp(frequencyPpm[i - 1] + change, -limits.withinPpm(), limits.withinPpm());
      phaseNs[i] = phaseNs[i - 1] + (frequencyPpm[i - 1] + frequencyPpm[i]) / 2 * KNOT_S * 1e3;
    }
  }

  /**
   * A random walk of the frequency, as a crystal's.
   *
   * @param ppmPerRootS standard deviation of the change in a second
   */
  public static Wander walk(long seed, Duration length, double ppmPerRootS, Limits limits) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Wander(
        length, limits, () -> random.nextGaussian() * ppmPerRootS * Math.sqrt(KNOT_S));
  }

  /** The worst that the limits allow: always changing as fast as possible, at times turning. */
  public static Wander extreme(long seed, Duration length, Limits limits) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] direction = {Double.MAX_VALUE};
    return new Wander(
        length,
        limits,
        () -> {
          if (random.nextInt(12) == 0) {
            direction[0] = -direction[0];
          }
          return direction[0];
        });
  }

  @Override
  public double errorNs(long trueNs) {
    int knot = Math.clamp(trueNs / KNOT_NS, 0, frequencyPpm.length - 2);
    double sinceS = (trueNs - knot * KNOT_NS) * 1e-9;
    double slope = (frequencyPpm[knot + 1] - frequencyPpm[knot]) / KNOT_S;
    return phaseNs[knot] + (frequencyPpm[knot] * sinceS + slope * sinceS * sinceS / 2) * 1e3;
  }
}
