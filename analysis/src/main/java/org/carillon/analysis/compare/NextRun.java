package org.carillon.analysis.compare;

import java.util.Arrays;

/**
 * Where one more run may be expected after some: Student's prediction interval, mean ± t·s·√(1 +
 * 1/n) with 95 % (G. Hahn and W. Meeker, "Statistical Intervals", 1991, section 4.7). It takes the
 * runs for independent and their numbers for normally distributed; where all are equal it has no
 * width.
 *
 * @param low the least number to be expected
 * @param high the greatest
 */
record NextRun(double low, double high) {

  /** With fewer runs their scatter is hardly known. */
  static final int FEWEST = 5;

  /** 97.5 % of a normal distribution lie below. */
  private static final double Z = 1.959963984540054;

  /** After at least {@link #FEWEST} runs. */
  static NextRun after(double[] values) {
    int n = values.length;
    if (n < FEWEST) {
      throw new IllegalArgumentException(n + " runs are too few");
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double half = student(n - 1) * Math.sqrt(squares / (n - 1) * (1 + 1.0 / n));
    // Rounding must not make a scatter of equal values.
    boolean equal = Arrays.stream(values).allMatch(value -> value == values[0]);
    return equal ? new NextRun(values[0], values[0]) : new NextRun(mean - half, mean + half);
  }

  /**
   * The 97.5th percentile of Student's distribution (Abramowitz and Stegun, "Handbook of
   * Mathematical Functions", 26.7.5); within 0.001 from 4 degrees of freedom on.
   */
  static double student(int degrees) {
    double v = degrees;
    double z = Z;
    double z2 = z * z;
    double g1 = z * (z2 + 1) / 4;
    double g2 = z * ((5 * z2 + 16) * z2 + 3) / 96;
    double g3 = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
    double g4 = z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92_160;
    return z + (g1 + (g2 + (g3 + g4 / v) / v) / v) / v;
  }
}
