package org.carillon.analysis.figure;

/**
 * Differences of times in a unit that suits their size.
 *
 * @param unit its name
 * @param unitNs its length
 * @param low where the axis begins, in the unit
 * @param high where it ends; above low
 */
record Scale(String unit, double unitNs, double low, double high) {

  /** An axis that holds both values, with a margin. */
  static Scale of(long lowNs, long highNs) {
    double span = Math.max(1, (double) highNs - lowNs);
    double margin = span * 0.04;
    double from = lowNs - margin;
    double to = highNs + margin;
    double largest = Math.max(Math.abs(from), Math.abs(to));
    String unit = largest < 1e3 ? "ns" : largest < 1e6 ? "µs" : largest < 1e10 ? "ms" : "s";
    double unitNs =
        switch (unit) {
          case "ns" -> 1;
          case "µs" -> 1e3;
          case "ms" -> 1e6;
          default -> 1e9;
        };
    return new Scale(unit, unitNs, from / unitNs, to / unitNs);
  }

  double of(long ns) {
    return ns / unitNs;
  }
}
