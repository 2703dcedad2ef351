package org.carillon.analysis.statistics;

import java.util.OptionalLong;

/**
 * What a model claimed of a node's clock, judged by exchanges with time servers that began after
 * each claim was made.
 *
 * <p>An exchange leaves an interval that holds the true offset. A claim that does not meet it is
 * wrong, and one that covers it is right; of others nobody can tell. So the share of claims that
 * hold the truth lies between contained/n and compatible/n.
 *
 * @param n exchanges with a claim to judge; zero where none of them had one
 * @param compatible of these, whose interval meets the claim
 * @param contained of these, whose interval lies within the claim
 * @param medianNs median |claimed − measured offset|; empty if n is zero
 * @param rmsNs root mean square of the same
 */
public record ModelJudgement(
    long n, long compatible, long contained, OptionalLong medianNs, OptionalLong rmsNs) {

  /** 95 % of a normal distribution lie within so many standard deviations. */
  private static final double Z = 1.959963984540054;

  public ModelJudgement {
    if (n < 0 || contained > compatible || compatible > n || contained < 0) {
      throw new IllegalArgumentException(
          contained + " ≤ " + compatible + " ≤ " + n + " does not hold");
    }
  }

  /** How many claims are wrong for certain. */
  public long refuted() {
    return n - compatible;
  }

  /** How many claims the exchanges are too coarse to tell of. */
  public long undecided() {
    return compatible - contained;
  }

  /** The least share of claims that hold, with 95 % confidence (Wilson 1927), 0 to 1. */
  public double coverageLow() {
    return wilson(contained, -1);
  }

  /** The largest share of claims that hold, with 95 % confidence, 0 to 1. */
  public double coverageHigh() {
    return wilson(compatible, 1);
  }

  /** An edge of Wilson's score interval for a share of successes. */
  private double wilson(long successes, int side) {
    if (n == 0) {
      return side < 0 ? 0 : 1;
    }
    double p = (double) successes / n;
    double z2 = Z * Z;
    double middle = p + z2 / (2 * n);
    double half = Z * Math.sqrt(p * (1 - p) / n + z2 / (4.0 * n * n));
    return Math.clamp((middle + side * half) / (1 + z2 / n), 0, 1);
  }
}
