package org.carillon.ntp.simulation;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Clocks of several characters, all within 50 ppm and 0.02 ppm/s. */
public final class Crystals {

  private static final long MINUTE_NS = 60_000_000_000L;

  private Crystals() {}

  /**
   * @param length of the simulation
   * @return by a name in words
   */
  public static Map<String, ClockError> honest(long seed, Duration length) {
    Map<String, ClockError> all = new TreeMap<>();
    all.put("quiet crystal", quiet(seed, length));
    all.put(
        "crystal at the drift bound",
        ClockError.offset(-900_000_000).plus(ClockError.drift(-49.999)));
    all.put(
        "crystal at the wander bound",
        ClockError.drift(20)
            .plus(Wander.extreme(seed, length, new Wander.Limits(29.999, 0.01999))));
    all.put(
        "crystal at both bounds",
        ClockError.offset(70_000_000)
            .plus(ClockError.drift(45))
            .plus(Wander.extreme(seed, length, new Wander.Limits(4.999, 0.01999))));
    all.put(
        "machine that warms up",
        quiet(seed, length)
            .plus(ClockError.ramp(60 * MINUTE_NS, 70 * MINUTE_NS, 5))
            .plus(ClockError.ramp(120 * MINUTE_NS, 130 * MINUTE_NS, -5)));
    return all;
  }

  /** 12 ppm fast, and walking by 0.001 ppm in a second. */
  public static ClockError quiet(long seed, Duration length) {
    return walking(seed, length, 0.001);
  }

  /**
   * 12 ppm fast, within 20 ppm more and 0.01 ppm/s.
   *
   * @param ppmPerRootS standard deviation by which the frequency walks in a second
   */
  public static ClockError walking(long seed, Duration length, double ppmPerRootS) {
    return ClockError.offset(3_000_000)
        .plus(ClockError.drift(12))
        .plus(Wander.walk(seed, length, ppmPerRootS, new Wander.Limits(20, 0.01)));
  }
}
