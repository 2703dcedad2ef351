package org.carillon.control.controller;

import java.util.List;
import java.util.OptionalLong;

/** What the coordinator itself does in a run, beside driving the workers. */
public interface CoordinatorPart {

  /** Opens all that the start must not wait for; called when all workers are ready. */
  void prepare(List<ReadyWorker> workers);

  /**
   * Waits for the common start, does its part, and returns; at once if there is none. Runs in a
   * thread of its own, which is interrupted when the run is aborted.
   *
   * @param startTrueTimeNs the common start, ns since the Unix epoch in true time
   * @return the last event that was sent, 0 if none; empty if this workload sends no events
   */
  OptionalLong perform(long startTrueTimeNs) throws InterruptedException;

  /** Nothing to do but driving the workers. */
  static CoordinatorPart none() {
    return new CoordinatorPart() {
      @Override
      public void prepare(List<ReadyWorker> workers) {}

      @Override
      public OptionalLong perform(long startTrueTimeNs) {
        return OptionalLong.empty();
      }
    };
  }
}
