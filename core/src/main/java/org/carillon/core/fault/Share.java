package org.carillon.core.fault;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A share of all datagrams.
 *
 * @param percent above 0, at most 100
 */
public record Share(BigDecimal percent) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,9})?)%");

  public Share {
    if (percent.signum() <= 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
      throw new IllegalArgumentException(
          percent.toPlainString() + "% is not a share: it must be above 0% and at most 100%");
    }
    percent = percent.stripTrailingZeros();
  }

  /**
   * Reads {@code 1%} or {@code 0.5%}.
   *
   * @throws IllegalArgumentException with a sentence if the text is something else
   */
  static Share parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a share: write a percentage such as 1% or 0.5%");
    }
    return new Share(new BigDecimal(matcher.group(1)));
  }

  /** Above 0, at most 1. */
  public double probability() {
    return percent.movePointLeft(2).doubleValue();
  }

  @Override
  public String toString() {
    return percent.toPlainString() + "%";
  }
}
