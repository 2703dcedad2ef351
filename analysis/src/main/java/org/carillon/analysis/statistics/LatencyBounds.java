package org.carillon.analysis.statistics;

/**
 * One-way latency by a clock that gives intervals: it is no less than the earliest time of the
 * receive less the latest of the send, and no more than the latest less the earliest.
 *
 * <p>A lower end below zero is no error: the intervals of send and receive overlap, so that they do
 * not tell which came first. An upper end below zero cannot be: that is a violation of causality.
 *
 * @param earliest the lower ends
 * @param latest the upper ends
 * @param negativeEarliest how many lower ends are below zero
 * @param negativeLatest how many upper ends are below zero
 */
public record LatencyBounds(
    Distribution earliest, Distribution latest, long negativeEarliest, long negativeLatest) {

  /** The share of events whose lower end is below zero. */
  public Rate negativeEarliestRate() {
    return new Rate(negativeEarliest, earliest.n());
  }
}
