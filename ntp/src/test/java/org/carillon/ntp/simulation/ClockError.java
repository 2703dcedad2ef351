package org.carillon.ntp.simulation;

/** How far a clock is ahead of true time, as a function of true time. */
@FunctionalInterface
public interface ClockError {

  /** A clock without error. */
  ClockError NONE = trueNs -> 0;

  /**
   * Local minus true time in ns.
   *
   * @param trueNs since the epoch of the simulation, ≥ 0
   */
  double errorNs(long trueNs);

  /** What a clock with this error shows, rounded to the nearest ns. */
  default long localNs(long trueNs) {
    return trueNs + Math.round(errorNs(trueNs));
  }

  /** Both errors at once. */
  default ClockError plus(ClockError other) {
    return trueNs -> errorNs(trueNs) + other.errorNs(trueNs);
  }

  /** The same at all times. */
  static ClockError offset(long ns) {
    return trueNs -> ns;
  }

  /** A constant frequency error; positive runs fast. */
  static ClockError drift(double ppm) {
    return trueNs -> trueNs * (ppm * 1e-6);
  }

  /** From a moment on, a clock that was set by so much. */
  static ClockError step(long atNs, long byNs) {
    return trueNs -> trueNs < atNs ? 0 : byNs;
  }

  /**
   * A frequency that changes evenly over a time, as that of a machine that warms up, and then
   * stays.
   */
  static ClockError ramp(long fromNs, long toNs, double byPpm) {
    return trueNs -> {
      double byRate = byPpm * 1e-6;
      double rampNs = toNs - fromNs;
      if (trueNs <= fromNs) {
        return 0;
      }
      return trueNs < toNs
          ? byRate * Math.pow(trueNs - fromNs, 2) / (2 * rampNs)
          : byRate * (trueNs - fromNs - rampNs / 2);
    };
  }
}
