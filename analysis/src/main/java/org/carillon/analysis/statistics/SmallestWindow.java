package org.carillon.analysis.statistics;

import java.util.OptionalLong;

/**
 * The smallest window that hardly any event is ambiguous for.
 *
 * @param pairs events that were judged
 * @param sizeNs the smallest size of the series 1, 2, 5, 10, … ns from which on no larger one that
 *     was tried has more than 1 % ambiguous events; empty if none up to 1,000 s has
 * @param ambiguous how many events are ambiguous at that size; of none if there is no such size
 */
public record SmallestWindow(long pairs, OptionalLong sizeNs, long ambiguous) {

  /** The share of events that are ambiguous at that size. */
  public Rate ambiguousRate() {
    return new Rate(ambiguous, sizeNs.isPresent() ? pairs : 0);
  }
}
