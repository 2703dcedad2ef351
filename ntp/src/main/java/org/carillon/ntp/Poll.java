package org.carillon.ntp;

import java.util.List;
import java.util.Optional;
import org.carillon.clock.Measurement;
import org.carillon.core.record.SampleRow;

/** How one poll of a server ended, and what its sample says of it. */
sealed interface Poll {

  SampleRow sample();

  /** What a datagram made of a poll. */
  sealed interface Answered {
    /** Nothing: it is no answer to this request, and the true one may still come. */
    record Not(String verdict) implements Answered {}
  }

  /**
   * A measurement came of it.
   *
   * @param measurements oldest first; an interleaved answer brings two
   */
  record Measured(SampleRow sample, List<Measurement> measurements) implements Poll, Answered {
    public Measured {
      measurements = List.copyOf(measurements);
    }
  }

  /**
   * It failed.
   *
   * @param kissCode what the server demands, if it does
   */
  record Failed(SampleRow sample, Optional<String> kissCode) implements Poll, Answered {}

  /** The server's name could not be resolved. */
  record Unresolved(SampleRow sample) implements Poll {}
}
