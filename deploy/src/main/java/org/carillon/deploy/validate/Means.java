package org.carillon.deploy.validate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.carillon.core.time.ClockSource;
import org.carillon.deploy.Cancellation;
import org.carillon.deploy.Distribution;

/**
 * With what is validated.
 *
 * @param clock of this machine
 * @param distribution of the executables that two of the checks run; without it they are left out
 * @param memory of earlier validations
 * @param cancellation ends it early
 */
public record Means(
    ClockSource clock,
    Optional<Distribution> distribution,
    Memory memory,
    Cancellation cancellation) {

  /** What time it is here. */
  public Instant now() {
    return Instant.EPOCH.plus(clock.realtimeNs(), ChronoUnit.NANOS);
  }

  /** Without a past and without executables: what a release asks needs neither. */
  public static Means of(ClockSource clock, Cancellation cancellation) {
    return new Means(clock, Optional.empty(), Memory.empty(), cancellation);
  }
}
