package org.carillon.core.experiment;

import static org.carillon.core.experiment.Key.optional;
import static org.carillon.core.experiment.Key.withDefault;

import java.time.Duration;
import java.util.List;

/** The group {@code worker}: how all workers do it. */
final class WorkerKeys {

  static final KeyGroup GROUP = new KeyGroup();

  private static final Duration NONE = Duration.ZERO;

  static final Key<Duration> WARMUP =
      GROUP.add(
          withDefault(
              "worker.warmup",
              Forms.duration(NONE),
              "3m",
              "How long the clocks are measured before the first event."));
  static final Key<List<Duration>> COMMIT_WAIT =
      GROUP.add(
          optional(
              "worker.commit_wait",
              new Form.Many<>(Forms.duration(Duration.ofMillis(1))),
              "After each of these delays, record how wide the interval of an event has become."));
  static final Key<Duration> GRACE =
      GROUP.add(
          withDefault(
              "worker.grace",
              Forms.duration(NONE),
              "60s",
              "How long a worker that has lost the coordinator goes on by itself, and how long the"
                  + " coordinator waits for it; then it ends with its files closed."));
  static final Key<Duration> SETTLE =
      GROUP.add(
          withDefault(
              "worker.settle",
              Forms.duration(NONE),
              "2s",
              "How long workers wait for events that are missing after the last one was sent."));

  private WorkerKeys() {}
}
