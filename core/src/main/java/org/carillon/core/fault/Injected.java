package org.carillon.core.fault;

/**
 * What a process did on purpose.
 *
 * @param plan as {@link FaultPlan#text()}, not empty
 * @param counts of its lines
 */
public record Injected(String plan, InjectedCounts counts) {

  /** One line for the log. */
  @Override
  public String toString() {
    String faults = "faults were injected (" + plan + ")";
    return counts.datagrams() == 0 ? faults : faults + ": " + counts;
  }
}
