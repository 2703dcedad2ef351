package org.carillon.control.controller;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.util.List;
import java.util.OptionalLong;
import org.carillon.control.controller.RunView.Phase;

/**
 * What a run waits for at one moment.
 *
 * @param calledOff whether the run was called off
 * @param open the workers that have not come to an end
 * @param clocks who is not through the clock gate, each with what keeps it out
 * @param gateLeftNs how long they have yet; of a meaning in the clock gate only
 * @param toStartNs from now to the common start; empty while that was not sent
 */
record WaitingFor(
    Phase phase,
    boolean calledOff,
    List<WorkerMachine> open,
    List<String> clocks,
    long gateLeftNs,
    OptionalLong toStartNs) {

  /** For people; empty if the run waits for nothing. */
  String sentence() {
    if (calledOff) {
      return workers("workers to end", WorkerState.class);
    }
    return switch (phase) {
      case CONNECTING -> workers("an answer", WorkerState.Connecting.class);
      case PREPARING -> workers("workers to get ready", WorkerState.ConfigSent.class);
      case CLOCK_GATE ->
          clocks.isEmpty()
              ? ""
              : "waiting for clocks, %d s left: %s"
                  .formatted(Math.max(0, NANOSECONDS.toSeconds(gateLeftNs)), Verdict.names(clocks));
      case STARTING ->
          toStartNs.isPresent()
              ? "starting in " + ShortTime.text(Math.max(0, toStartNs.getAsLong()))
              : "waiting for the coordinator's own part to get ready";
      case FINISHING -> workers("workers to finish", WorkerState.class);
      case RUNNING, ENDED -> "";
    };
  }

  /** "waiting for WHAT: n1 (why), n2", of the workers in a state; empty if there is none. */
  private String workers(String what, Class<? extends WorkerState> in) {
    List<String> names =
        open.stream()
            .filter(machine -> in.isInstance(machine.state()))
            .map(
                machine ->
                    machine.account().name()
                        + (machine.waitingFor().isEmpty() ? "" : " (" + machine.waitingFor() + ")"))
            .toList();
    return names.isEmpty() ? "" : "waiting for " + what + ": " + Verdict.names(names);
  }
}
