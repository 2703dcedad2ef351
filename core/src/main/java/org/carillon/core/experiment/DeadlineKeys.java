package org.carillon.core.experiment;

import static org.carillon.core.keys.Key.optional;
import static org.carillon.core.keys.Key.withDefault;

import java.time.Duration;
import org.carillon.core.keys.Forms;
import org.carillon.core.keys.Key;
import org.carillon.core.keys.KeyGroup;

/** The group {@code deadlines}: how long each stage may take. */
final class DeadlineKeys {

  static final KeyGroup GROUP = new KeyGroup();

  private static final Duration SECOND = Duration.ofSeconds(1);

  static final Key<Duration> PREFLIGHT = deadline("preflight", "1m", "The checks of all hosts.");
  static final Key<Duration> STAGE =
      deadline("stage", "10m", "Copying and unpacking the release on all hosts.");
  static final Key<Duration> START = deadline("start", "1m", "Starting all processes.");
  static final Key<Duration> WARMUP =
      GROUP.add(
          optional(
              "deadlines.warmup",
              Forms.duration(SECOND),
              "Until every worker is ready; the longer of `worker.warmup` and `coordinator.warmup`,"
                  + " and 1m, if left out."));
  static final Key<Duration> RUN =
      GROUP.add(
          optional(
              "deadlines.run",
              Forms.duration(SECOND),
              "From then to the end of the workload; `run.clock_gate`, `run.start_delay`, the"
                  + " workload's duration, a tenth of it, `worker.grace`, `worker.settle`, the longest"
                  + " `worker.commit_wait`, and 1m, if left out."));
  static final Key<Duration> STOP =
      deadline("stop", "20s", "From asking the processes to end until they are killed.");
  static final Key<Duration> COLLECT =
      deadline("collect", "10m", "Bringing the files of all hosts home.");
  static final Key<Duration> ANALYZE =
      deadline("analyze", "30m", "Statistics, figures and report.");

  private DeadlineKeys() {}

  private static Key<Duration> deadline(String stage, String text, String description) {
    return GROUP.add(withDefault("deadlines." + stage, Forms.duration(SECOND), text, description));
  }
}
