package org.carillon.core.udp;

/**
 * Whether a thread that fetches datagrams rests before it fetches again, so that one call of the
 * kernel brings many ({@link Waiting#MODERATED}). Network cards hold their interrupts back in the
 * same way.
 */
final class Moderation {

  /** How long a rest is; the timer of a thread may add its slack, 50 µs as a rule. */
  static final long REST_NS = 100_000;

  /**
   * Datagrams that come at most so far apart on the average come quickly. Were they further apart,
   * a rest would bring less than four, and cost more than to be woken by each.
   */
  static final long QUICK_NS = 25_000;

  private long lastNs;
  private boolean quick;

  /**
   * @param nowNs as for {@link #fetched}
   */
  Moderation(long nowNs) {
    lastNs = nowNs;
  }

  /**
   * Notes what a fetch brought.
   *
   * @param count how many datagrams
   * @param nowNs on a clock that never steps
   */
  void fetched(int count, long nowNs) {
    quick = nowNs - lastNs < count * QUICK_NS;
    if (count > 0) {
      lastNs = nowNs;
    }
  }

  /** Whether to rest now. */
  boolean rests() {
    return quick;
  }
}
