package org.carillon.core;

/** Numbers of things in sentences. */
public final class Count {

  private Count() {}

  /** {@code 1 host}, {@code 4 hosts}. */
  public static String of(long number, String thing) {
    String plural = thing.endsWith("s") ? "es" : "s";
    return number + " " + thing + (number == 1 ? "" : plural);
  }

  /** {@code 1 of 4 hosts}; where there is but one, {@code 1 of 1 host}. */
  public static String of(long number, long all, String thing) {
    return number + " of " + of(all, thing);
  }
}
