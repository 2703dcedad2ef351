package org.carillon.control.controller;

import java.util.function.Consumer;
import org.carillon.control.workload.NodeClock;
import org.carillon.core.time.ClockSource;

/** Drives the workers of one run. */
public final class Controller {

  /**
   * @param nodeClock the coordinator's own bounded clock
   * @param view gets a picture of the run every second, and one at the end; called by one thread
   */
  public Controller(
      ControllerOptions options, ClockSource clock, NodeClock nodeClock, Consumer<RunView> view) {
    throw new AssertionError("not yet");
  }

  /** Conducts the run from connecting to its end; whatever happens is in the outcome. */
  public RunOutcome conduct(CoordinatorPart part) {
    throw new AssertionError("not yet");
  }

  /** Calls the run off: every worker that can be reached closes its files; from any thread. */
  public void abort(String reason) {
    throw new AssertionError("not yet");
  }
}
