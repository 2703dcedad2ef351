package org.carillon.analysis.figure;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Where values stand along one side of a plot, and which places are named there. */
sealed interface Axis permits LinearAxis, LogAxis {

  /**
   * A place with a name.
   *
   * @param at from 0, where the axis begins, to 1
   * @param label empty where only a mark stands
   */
  record Tick(double at, String label) {}

  /** Where a value stands: 0 where the axis begins, 1 where it ends. */
  double at(double value);

  /** Places to name, at most about so many. */
  List<Tick> ticks(double most);

  /** Round numbers within the limits: 1, 2 or 5 times a power of ten apart, at most so many. */
  static List<BigDecimal> round(double low, double high, double most) {
    double roughStep = (high - low) / Math.max(1, most);
    int exponent = (int) Math.floor(Math.log10(roughStep));
    BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen(exponent);
    for (int factor : new int[] {1, 2, 5, 10}) {
      step = BigDecimal.valueOf(factor).scaleByPowerOfTen(exponent);
      if (step.doubleValue() >= roughStep * 0.9) {
        break;
      }
    }
    List<BigDecimal> numbers = new ArrayList<>();
    long first = (long) Math.ceil(low / step.doubleValue());
    long last = (long) Math.floor(high / step.doubleValue());
    for (long i = first; i <= last; i++) {
      BigDecimal number = step.multiply(BigDecimal.valueOf(i));
      numbers.add(number.signum() == 0 ? BigDecimal.ZERO : number);
    }
    return numbers;
  }

  /** A number as it is written in figures. */
  static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString().replace('-', '−');
  }
}
