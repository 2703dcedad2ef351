package org.carillon.control.workload;

/** Makes the workload that a configuration asks for. */
@FunctionalInterface
public interface WorkloadFactory {

  /**
   * Makes it; opens nothing yet.
   *
   * @param runId of the run, not 0
   * @throws IllegalArgumentException if this worker does not do such work, with the reason
   */
  Workload make(long runId, WorkloadSpec spec);
}
