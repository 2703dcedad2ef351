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
    return new Rate(contained, n).low();
  }

  /** The largest share of claims that hold, with 95 % confidence, 0 to 1. */
  public double coverageHigh() {
    return new Rate(compatible, n).high();
  }
}
