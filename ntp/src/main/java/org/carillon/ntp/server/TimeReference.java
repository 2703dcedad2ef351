package org.carillon.ntp.server;

import java.util.Optional;

/** Where a server takes its time from. */
public sealed interface TimeReference permits LocalReference, UpstreamReference {

  /**
   * What the server knows at a moment; never waits.
   *
   * @param localNs local time
   * @return empty while unsynchronized
   */
  Optional<ServedTime> at(long localNs);

  /** The source in a few words, for the log. */
  String description();
}
