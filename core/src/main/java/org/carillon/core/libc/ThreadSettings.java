package org.carillon.core.libc;

/** What Linux lets a thread choose for itself. */
public final class ThreadSettings {

  private ThreadSettings() {}

  /**
   * Runs the calling thread on one processor alone from now on (sched_setaffinity(2)).
   *
   * @param processor as in /proc/cpuinfo, from 0
   * @return why it cannot be had, in a few words; empty if it can
   */
  public static java.util.Optional<String> pin(int processor) {
    throw new UnsupportedOperationException();
  }

  /**
   * Lets the kernel wake the calling thread at most so much later than it asked for
   * (PR_SET_TIMERSLACK, prctl(2)); the default is 50 µs. Without effect where it cannot be had.
   *
   * @param slackNs at least 1
   */
  public static void timerSlack(long slackNs) {
    throw new UnsupportedOperationException();
  }
}
