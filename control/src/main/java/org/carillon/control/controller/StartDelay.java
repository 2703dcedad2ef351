package org.carillon.control.controller;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.List;
import java.util.OptionalLong;

/** How far ahead the common start lies. */
final class StartDelay {

  /** Beyond the messages' way and the clocks' difference: for scheduling on busy machines. */
  private static final long MARGIN_NS = MILLISECONDS.toNanos(500);

  private StartDelay() {}

  /**
   * The delay that was asked for; of a fast start, what the slowest worker needs if that is less:
   * twice its round trip and back, so that one lost packet does no harm, and the difference that
   * the bounds of two clocks allow.
   *
   * @param roundTripsNs of the workers that take part; empty where it was not measured
   */
  static long ns(ControllerOptions options, List<OptionalLong> roundTripsNs) {
    long fullNs = options.startDelay().toNanos();
    if (!options.fastStart()) {
      return fullNs;
    }
    long slowestNs = roundTripsNs.stream().mapToLong(it -> it.orElse(fullNs)).max().orElse(0);
    return Math.min(fullNs, MARGIN_NS + 4 * slowestNs + 2 * options.maxClockBound().toNanos());
  }
}
