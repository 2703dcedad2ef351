package org.carillon.ntp;

import java.util.Locale;

/** Milliseconds for the log. */
final class Milliseconds {

  private static final double NS_PER_MS = 1e6;

  private Milliseconds() {}

  /** Nanoseconds as milliseconds with three digits after the point. */
  static String text(long ns) {
    return String.format(Locale.ROOT, "%.3f", ns / NS_PER_MS);
  }
}
