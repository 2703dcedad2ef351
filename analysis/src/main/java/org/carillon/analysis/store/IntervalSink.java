package org.carillon.analysis.store;

import java.util.OptionalLong;

/** Where intervals in hindsight are stored, one per event of a node. */
public interface IntervalSink extends AutoCloseable {

  /**
   * Takes the interval of an event.
   *
   * @param earliestNs empty, as the other, if nothing is known
   */
  void accept(long eventId, OptionalLong earliestNs, OptionalLong latestNs);

  @Override
  void close();
}
