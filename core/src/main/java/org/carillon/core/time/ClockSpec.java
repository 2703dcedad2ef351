package org.carillon.core.time;

import java.util.List;

/**
 * Reads the specification of a node's clock: {@code system}, or {@code
 * simulated:offset=3ms,drift_ppm=20,wander_ppm=0.01,seed=7} with any of the four keys left out.
 */
public final class ClockSpec {

  private static final String SIMULATED = "simulated";
  private static final List<String> KEYS = List.of("offset", "drift_ppm", "wander_ppm", "seed");

  private ClockSpec() {}

  /**
   * The clock that a specification names. A simulated clock's epoch is now.
   *
   * @throws IllegalArgumentException with a sentence that names the faulty part
   */
  public static ClockSource parse(String specification) {
    SystemClock system = new SystemClock();
    if (specification.equals(SystemClock.NAME)) {
      return system;
    }
    return new SimulatedClock(system, parseErrors(specification), system.realtimeNs());
  }

  /**
   * Checks a specification without making a clock.
   *
   * @throws IllegalArgumentException as {@link #parse}
   */
  public static void validate(String specification) {
    if (!specification.equals(SystemClock.NAME)) {
      parseErrors(specification);
    }
  }

  private static SimulatedClock.Errors parseErrors(String specification) {
    String rest;
    if (specification.equals(SIMULATED)) {
      rest = "";
    } else if (specification.startsWith(SIMULATED + ":")) {
      rest = specification.substring(SIMULATED.length() + 1);
    } else {
      throw new IllegalArgumentException(
          "'"
              + specification
              + "' is not a clock: use system or simulated:offset=3ms,drift_ppm=20");
    }
    long offsetNs = 0;
    double driftPpm = 0;
    double wanderPpm = 0;
    long seed = 0;
    for (String part : rest.isEmpty() ? new String[0] : rest.split(",", -1)) {
      int equals = part.indexOf('=');
      String key = equals < 0 ? part : part.substring(0, equals);
      String value = equals < 0 ? "" : part.substring(equals + 1);
      try {
        switch (key) {
          case "offset" -> offsetNs = DurationText.parseNs(value);
          case "drift_ppm" -> driftPpm = Double.parseDouble(value);
          case "wander_ppm" -> wanderPpm = Double.parseDouble(value);
          case "seed" -> seed = Long.parseLong(value);
          default ->
              throw new IllegalArgumentException(
                  "'" + key + "' is no property of a simulated clock: use " + KEYS);
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "'" + value + "' is no number for " + key + " of a simulated clock", e);
      }
    }
    return new SimulatedClock.Errors(offsetNs, driftPpm, wanderPpm, seed);
  }
}
