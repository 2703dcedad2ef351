package org.carillon.ssh.fanout;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How one piece of work is spread.
 *
 * @param what names the work in complaints: {@code the upload}
 * @param width on how many hosts at once, ≥ 1
 * @param deadline for the whole, on all hosts
 * @param retries how often at most a host is tried again where that is safe, 0–10
 * @param stop whether somebody wants it to end; asked every 20 ms
 */
public record FanOutSettings(
    String what, int width, Duration deadline, int retries, BooleanSupplier stop) {

  /** So many hosts at once if nobody says otherwise: what a small head node does without strain. */
  public static final int WIDTH_USUAL = 64;

  public FanOutSettings {
    if (width < 1) {
      throw new IllegalArgumentException("work is spread over 1 host at least, not " + width);
    }
    if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(Duration.ofDays(30)) > 0) {
      throw new IllegalArgumentException(
          "a deadline lies within 30 days after the start, not " + deadline);
    }
    if (retries < 0 || retries > 10) {
      throw new IllegalArgumentException("a host is tried again 0 to 10 times, not " + retries);
    }
  }

  /** How many hosts have to wait for one another, one after the other, at least 1. */
  public static int turns(int hosts, int width) {
    return Math.max(1, Math.ceilDiv(hosts, width));
  }

  /** At most {@link #WIDTH_USUAL} hosts at once, without retries, and nobody stops it. */
  public static FanOutSettings of(String what, Duration deadline) {
    return new FanOutSettings(what, WIDTH_USUAL, deadline, 0, () -> false);
  }

  /** The same with another width. */
  public FanOutSettings withWidth(int hosts) {
    return new FanOutSettings(what, hosts, deadline, retries, stop);
  }

  /** The same with retries. */
  public FanOutSettings withRetries(int times) {
    return new FanOutSettings(what, width, deadline, times, stop);
  }

  /** The same, which ends when somebody wishes so. */
  public FanOutSettings withStop(BooleanSupplier wish) {
    return new FanOutSettings(what, width, deadline, retries, wish);
  }
}
