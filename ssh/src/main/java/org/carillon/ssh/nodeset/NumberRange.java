package org.carillon.ssh.nodeset;

import java.util.List;
import java.util.stream.LongStream;

/** {@code 001-128}, and with a step {@code 0-10/5}. */
final class NumberRange {
  private final long first;
  private final long last;
  private final long step;

  /** The fewest digits; what has less gets zeros in front. */
  private final int width;

  /**
   * @param firstDigits 1–18 digits; a zero in front of others sets the width
   * @param lastDigits as many, or more without zeros in front
   */
  NumberRange(String firstDigits, String lastDigits, String stepDigits) {
    first = Long.parseLong(firstDigits);
    last = Long.parseLong(lastDigits);
    step = Long.parseLong(stepDigits);
    String range = firstDigits + "-" + lastDigits;
    if (last < first) {
      throw new IllegalArgumentException(range + " runs backwards");
    }
    if (step == 0) {
      throw new IllegalArgumentException("a step of 0 leads nowhere");
    }
    boolean padded = isPadded(firstDigits);
    if (isPadded(lastDigits) && lastDigits.length() != firstDigits.length()
        || padded && lastDigits.length() < firstDigits.length()) {
      throw new IllegalArgumentException("the two numbers of " + range + " are padded differently");
    }
    width = padded ? firstDigits.length() : 1;
    long count = (last - first) / step + 1;
    if (count > NodeSet.SIZE_MAX) {
      throw new IllegalArgumentException(NodeSetParser.tooMany(count));
    }
  }

  static boolean isPadded(String digits) {
    return digits.length() > 1 && digits.startsWith("0");
  }

  List<String> texts() {
    return LongStream.rangeClosed(0, (last - first) / step)
        .mapToObj(index -> text(first + index * step, width))
        .toList();
  }

  static String text(long value, int width) {
    String digits = Long.toString(value);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }
}
