package org.carillon.control.controller;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.control.statistics.ClockReport;
import org.carillon.core.time.ClockStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a clock is good enough for a common start.
 *
 * @param maxBoundNs the bound, half the width of the interval, must be below
 */
record ClockGate(long maxBoundNs) {

  private static final Logger LOG = LoggerFactory.getLogger(ClockGate.class);

  /** What keeps a clock out; empty if it may pass. */
  Optional<String> complaint(ClockReport clock) {
    if (clock.status() == ClockStatus.UNSYNCHRONIZED || clock.offset().isEmpty()) {
      return Optional.of("clock unsynchronized");
    }
    long boundNs = clock.offset().get().uncertaintyNs();
    return boundNs < maxBoundNs
        ? Optional.empty()
        : Optional.of(
            "clock bound "
                + ShortTime.text(boundNs)
                + ", must be under "
                + ShortTime.text(maxBoundNs));
  }

  /** Who is not through the gate, each with what keeps it out. */
  List<String> complaints(ClockReport coordinator, List<WorkerMachine> workers) {
    List<String> names = new ArrayList<>();
    complaint(coordinator).ifPresent(it -> names.add("coordinator (" + it + ")"));
    for (WorkerMachine worker : workers) {
      complaint(worker.account().clock())
          .ifPresent(it -> names.add(worker.account().name() + " (" + it + ")"));
    }
    return names;
  }

  /** Goes on without those who are not through. */
  void giveUp(List<WorkerMachine> workers) {
    for (WorkerMachine worker : workers) {
      ClockReport clock = worker.account().clock();
      complaint(clock)
          .ifPresent(
              it -> worker.giveUp(WorkerState.Failed.Kind.CLOCK, it + ": " + evidence(clock)));
    }
  }

  void logEvidence(ClockReport coordinator, List<WorkerMachine> workers) {
    for (WorkerMachine worker : workers) {
      LOG.warn("clock of {}: {}", worker.account().name(), evidence(worker.account().clock()));
    }
    LOG.warn("clock of the coordinator: {}", evidence(coordinator));
  }

  private static String evidence(ClockReport clock) {
    String bound =
        clock
            .offset()
            .map(
                it ->
                    ", offset "
                        + ShortTime.signed(it.offsetNs())
                        + " ± "
                        + ShortTime.text(it.uncertaintyNs()))
            .orElse("");
    return clock.status().text()
        + bound
        + (clock.evidence().isEmpty() ? "" : " (" + clock.evidence() + ")");
  }
}
