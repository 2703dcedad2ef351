package org.carillon.control.controller;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.List;
import org.carillon.control.controller.WorkerState.Failed;

/**
 * A run that was called off: its workers are told to end, and given up if they take too long.
 *
 * @param verdict why
 * @param deadlineNs when whoever has not ended is given up, monotonic
 */
record CallingOff(Verdict verdict, long deadlineNs) {

  /** How long workers may take to end. */
  static final long DEADLINE_NS = SECONDS.toNanos(5);

  /**
   * Tells the workers.
   *
   * @param reason for them
   * @param open those that have not come to an end
   */
  static CallingOff begin(Verdict verdict, String reason, List<WorkerMachine> open, long nowNs) {
    for (WorkerMachine machine : open) {
      if (machine.isBeyondReach()) {
        machine.giveUp(Failed.Kind.CALLED_OFF, "it was not reached before the run was called off");
      } else {
        machine.abort(reason);
      }
    }
    return new CallingOff(verdict, nowNs + DEADLINE_NS);
  }

  /** Lets time pass for those that have not come to an end. */
  void tick(List<WorkerMachine> open, long nowNs) {
    if (nowNs < deadlineNs) {
      return;
    }
    for (WorkerMachine machine : open) {
      machine.giveUp(
          Failed.Kind.CALLED_OFF,
          machine.isReachable()
              ? "it did not say within 5 s that it has ended"
              : "it could not be reached when the run was called off");
    }
  }
}
