package org.carillon.analysis.statistics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * How often something was so, with the interval that its probability lies in with 95 % confidence
 * if the events are independent of one another: Wilson's score interval (E. B. Wilson, "Probable
 * inference, the law of succession, and statistical inference", Journal of the American Statistical
 * Association 22, 1927), which stays within 0 and 1 and holds near them too.
 *
 * @param count how often, 0 to n
 * @param n of how many
 */
public record Rate(long count, long n) {

  /** 95 % of a normal distribution lie within so many standard deviations. */
  private static final double Z = 1.959963984540054;

  /** Decimals of a share in files: one event in a thousand million is seen. */
  private static final int DECIMALS = 9;

  public Rate {
    if (count < 0 || count > n) {
      throw new IllegalArgumentException("0 ≤ " + count + " ≤ " + n + " does not hold");
    }
  }

  /** Of these and others. */
  public Rate plus(Rate other) {
    return new Rate(count + other.count, n + other.n);
  }

  /** The share, 0 to 1 with at most nine decimals; empty of nothing. */
  public Optional<BigDecimal> share() {
    return n == 0
        ? Optional.empty()
        : Optional.of(
            BigDecimal.valueOf(count)
                .divide(BigDecimal.valueOf(n), DECIMALS, RoundingMode.HALF_EVEN)
                .stripTrailingZeros());
  }

  /** The lower edge of the interval, 0 to 1; 0 of nothing. */
  public double low() {
    return count == 0 ? 0 : edge(-1);
  }

  /** The upper edge of the interval, 0 to 1; 1 of nothing. */
  public double high() {
    return count == n ? 1 : edge(1);
  }

  private double edge(int side) {
    double p = (double) count / n;
    double z2 = Z * Z;
    double middle = p + z2 / (2.0 * n);
    double half = Z * Math.sqrt(p * (1 - p) / n + z2 / (4.0 * n * n));
    return Math.clamp((middle + side * half) / (1 + z2 / n), 0, 1);
  }

  /** A share that was computed, with the decimals of {@link #share()}. */
  static BigDecimal rounded(double share) {
    return BigDecimal.valueOf(share)
        .setScale(DECIMALS, RoundingMode.HALF_EVEN)
        .stripTrailingZeros();
  }
}
