package org.carillon.ntp;

import java.util.Optional;
import org.carillon.clock.Measurement;

/** How one poll of a server ended, and what its sample says of it. */
sealed interface Poll {

  NtpSample sample();

  /** A measurement came of it. */
  record Measured(NtpSample sample, Measurement measurement) implements Poll {}

  /**
   * It failed.
   *
   * @param kissCode what the server demands, if it does
   */
  record Failed(NtpSample sample, Optional<String> kissCode) implements Poll {}

  /** The server's name could not be resolved. */
  record Unresolved(NtpSample sample) implements Poll {}
}
