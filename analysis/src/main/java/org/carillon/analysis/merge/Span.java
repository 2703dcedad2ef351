package org.carillon.analysis.merge;

/**
 * When events were sent.
 *
 * @param earliestNs the earliest send time; above {@code latestNs} if no event was sent
 * @param latestNs the latest
 */
public record Span(long earliestNs, long latestNs) {

  /** Whether any event was sent. */
  public boolean isAny() {
    return earliestNs <= latestNs;
  }
}
