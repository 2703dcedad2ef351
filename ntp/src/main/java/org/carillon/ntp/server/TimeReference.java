package org.carillon.ntp.server;

import java.util.Optional;
import org.carillon.core.time.Moment;

/** Where a server takes its time from. */
public sealed interface TimeReference permits LocalReference, UpstreamReference {

  /**
   * What the server knows at a moment; never waits.
   *
   * @return empty while unsynchronized
   */
  Optional<ServedTime> at(Moment moment);

  /** The source in a few words, for the log. */
  String description();
}
