package org.carillon.events.send;

/**
 * Keeps events apart that are overdue. While the sender is less than 1 ms behind, as it is now and
 * then on any machine, an event that is due is sent at once. Further behind, events keep at least
 * half of their planned distance to the one before, so never more than twice the planned rate,
 * until the sender is on schedule again. For one thread.
 */
final class Distance {

  private static final long BEHIND_NS = 1_000_000;

  private boolean behind;
  private long sentNs;
  private long sentDueNs;

  /**
   * When an event may be sent. All times are ns on one scale.
   *
   * @param dueNs when it is due, not before the one before it
   * @param nowNs what time it is
   * @return no earlier than it is due
   */
  long releaseNs(long dueNs, long nowNs) {
    if (!behind) {
      behind = nowNs - dueNs >= BEHIND_NS;
      if (!behind) {
        return dueNs;
      }
    }
    long keptNs = sentNs + (dueNs - sentDueNs) / 2;
    behind = keptNs > dueNs;
    return Math.max(keptNs, dueNs);
  }

  /** An event has been sent. */
  void sent(long dueNs, long atNs) {
    sentDueNs = dueNs;
    sentNs = atNs;
  }
}
