package org.carillon.ntp;

import java.util.Optional;
import org.carillon.clock.Measurement;
import org.carillon.core.record.SampleRow;

/** How one poll of a server ended, and what its sample says of it. */
sealed interface Poll {

  SampleRow sample();

  /** A measurement came of it. */
  record Measured(SampleRow sample, Measurement measurement) implements Poll {}

  /**
   * It failed.
   *
   * @param kissCode what the server demands, if it does
   */
  record Failed(SampleRow sample, Optional<String> kissCode) implements Poll {}

  /** The server's name could not be resolved. */
  record Unresolved(SampleRow sample) implements Poll {}
}
