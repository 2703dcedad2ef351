package org.carillon.events.send;

/**
 * How far a coordinator is.
 *
 * @param state where in its life it is
 * @param sent events sent
 * @param total events to be sent
 * @param failedSends sends to single workers that failed
 * @param elapsedNs since the first event was due; 0 before
 * @param remainingNs until the last event is expected to be sent
 */
public record Progress(
    State state, long sent, long total, long failedSends, long elapsedNs, long remainingNs) {

  /** The life of a coordinator. */
  public enum State {
    WARMING_UP,
    RUNNING,
    FINISHED,
    ABORTED
  }

  private static final double NS_PER_SECOND = 1e9;

  /**
   * How it stands, with the time left: what the schedule says, or, for a coordinator that cannot
   * keep up with it, what its rate so far says.
   *
   * @param scheduledNs when the last event is due, counted like {@code elapsedNs}
   */
  static Progress of(
      State state, long sent, long total, long failedSends, long elapsedNs, long scheduledNs) {
    long remainingNs;
    if (sent >= total || state == State.FINISHED || state == State.ABORTED) {
      remainingNs = 0;
    } else if (elapsedNs < scheduledNs) {
      remainingNs = scheduledNs - Math.max(0, elapsedNs);
    } else {
      remainingNs = sent == 0 ? 0 : (long) ((double) elapsedNs / sent * (total - sent));
    }
    return new Progress(state, sent, total, failedSends, elapsedNs, remainingNs);
  }

  /** Events per second so far; 0 before the first. */
  public double rateHz() {
    return elapsedNs <= 0 ? 0 : sent / (elapsedNs / NS_PER_SECOND);
  }

  /** Elapsed time in seconds. */
  public double elapsedSeconds() {
    return elapsedNs / NS_PER_SECOND;
  }

  /** Time left in seconds. */
  public double remainingSeconds() {
    return remainingNs / NS_PER_SECOND;
  }

  /** Whether nothing more will come. */
  public boolean isLast() {
    return state == State.FINISHED || state == State.ABORTED;
  }
}
