package org.carillon.core.udp;

/**
 * Whether a thread that fetches datagrams rests before it fetches again, so that one call of the
 * kernel brings many ({@link Waiting#MODERATED}). Network cards hold their interrupts back in the
 * same way.
 *
 * <p>Resting begins when something came soon after what came before, and goes on as long as more
 * than one datagram has come meanwhile.
 */
final class Moderation {

  /** How long a rest is; the timer of a thread may add its slack, 50 µs as a rule. */
  static final long REST_NS = 100_000;

  /** What comes so soon after something else comes quickly. */
  static final long QUICK_NS = 200_000;

  private long lastNs;
  private boolean resting;

  /**
   * @param nowNs as for {@link #fetched}
   */
  Moderation(long nowNs) {
    lastNs = nowNs - QUICK_NS;
  }

  /**
   * Notes what a fetch brought.
   *
   * @param count how many datagrams
   * @param nowNs on a clock that never steps
   */
  void fetched(int count, long nowNs) {
    if (count == 0) {
      resting = false;
      return;
    }
    resting = resting ? count > 1 : nowNs - lastNs < QUICK_NS;
    lastNs = nowNs;
  }

  /** Whether to rest now. */
  boolean rests() {
    return resting;
  }
}
