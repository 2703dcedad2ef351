package org.carillon.control.controller;

import java.util.Collection;
import org.carillon.core.time.Reading;

/**
 * How closely workers started together, by the readings of their first moments.
 *
 * @param workers how many, at least 1
 * @param bestNs between the first and the last best estimate
 * @param atLeastNs what the bounds allow at least: latest earliest minus earliest latest, or 0
 * @param atMostNs what the bounds allow at most: latest latest minus earliest earliest
 */
public record StartSpread(int workers, long bestNs, long atLeastNs, long atMostNs) {

  /** The spread of at least one reading. */
  public static StartSpread of(Collection<Reading> readings) {
    throw new AssertionError("not yet");
  }

  /** "12 workers started within 41 µs (between 0 and 163 µs, by their bounds)". */
  public String sentence() {
    throw new AssertionError("not yet");
  }
}
