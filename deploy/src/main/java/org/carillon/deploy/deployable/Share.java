package org.carillon.deploy.deployable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some of the hosts: a number of them, or a part of them all.
 *
 * @param value hosts ≥ 0, or percent 0–100
 * @param isPercent which of them
 */
public record Share(int value, boolean isPercent) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})(%?)");

  /** What may be written, for messages. */
  public static final String DESCRIPTION = "number of hosts, or percent such as `10%`";

  public Share {
    if (value < 0 || isPercent && value > 100) {
      throw new IllegalArgumentException(value + (isPercent ? "%" : "") + " is no part of hosts");
    }
  }

  /**
   * Reads {@code 3} or {@code 10%}.
   *
   * @throws IllegalArgumentException with a sentence that quotes the text
   */
  public static Share parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()
        || !matcher.group(2).isEmpty() && Integer.parseInt(matcher.group(1)) > 100) {
      throw new IllegalArgumentException("'" + text + "' is not a " + DESCRIPTION.replace("`", ""));
    }
    return new Share(Integer.parseInt(matcher.group(1)), !matcher.group(2).isEmpty());
  }

  /** How many of so many hosts this is at least; at least 1, since a batch of none goes nowhere. */
  public int atLeastOneOf(int hosts) {
    return Math.max(1, isPercent ? Math.ceilDiv(value * hosts, 100) : value);
  }

  /** How many of so many hosts this is at most: what is tolerated is never rounded up. */
  public int atMostOf(int hosts) {
    return isPercent ? value * hosts / 100 : Math.min(value, hosts);
  }

  @Override
  public String toString() {
    return value + (isPercent ? "%" : "");
  }
}
