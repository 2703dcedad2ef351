package org.carillon.deploy.validate;

import java.util.OptionalDouble;

/**
 * A number that a check found.
 *
 * @param name with its unit, such as {@code disk_percent}
 * @param value finite; empty if it could not be measured
 * @param limit that it is held against; empty if there is none
 */
public record Measurement(String name, OptionalDouble value, OptionalDouble limit) {

  public Measurement {
    if (!name.matches("[a-z0-9_]+")) {
      throw new IllegalArgumentException("'" + name + "' cannot name a measurement");
    }
    if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
      throw new IllegalArgumentException(name + " is " + value.getAsDouble());
    }
  }

  /** A number that is held against nothing. */
  static Measurement of(String name, double value) {
    return new Measurement(name, OptionalDouble.of(value), OptionalDouble.empty());
  }

  /** A number and its limit. */
  static Measurement of(String name, double value, double limit) {
    return new Measurement(name, OptionalDouble.of(value), OptionalDouble.of(limit));
  }

  /** A number that was asked for and is not to be had. */
  static Measurement missing(String name) {
    return new Measurement(name, OptionalDouble.empty(), OptionalDouble.empty());
  }
}
