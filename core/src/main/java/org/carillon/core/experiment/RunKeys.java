package org.carillon.core.experiment;

import static org.carillon.core.keys.Key.optional;
import static org.carillon.core.keys.Key.required;
import static org.carillon.core.keys.Key.withDefault;

import java.time.Duration;
import org.carillon.core.keys.Forms;
import org.carillon.core.keys.Key;
import org.carillon.core.keys.KeyGroup;

/** What the experiment is called, and the group {@code run}. */
final class RunKeys {

  static final KeyGroup GROUP = new KeyGroup();

  private static final Duration NONE = Duration.ZERO;

  static final Key<String> NAME =
      GROUP.add(
          required("name", Forms.name(), "Names the folder of its runs under `run.results_dir`."));
  static final Key<String> DESCRIPTION =
      GROUP.add(optional("description", Forms.text("text"), "For people; kept with every run."));
  static final Key<String> RESULTS_DIR =
      GROUP.add(
          withDefault(
              "run.results_dir",
              Forms.text("path"),
              "runs",
              "Folder on the head node for the runs of all experiments; a relative path starts at"
                  + " the current folder."));
  static final Key<String> WORK_DIR =
      GROUP.add(
          withDefault(
              "run.work_dir",
              Forms.workDir(),
              "~/.carillon",
              "Folder on each SSH node for the release and for files of a run under way; `~` is the"
                  + " account's home folder. Local nodes work inside the run directory."));
  static final Key<Long> MIN_FREE_DISK =
      GROUP.add(
          withDefault(
              "run.min_free_disk",
              Forms.size(0, 1L << 50),
              "512MiB",
              "Preflight refuses a node whose work folder has less free space."));
  static final Key<Duration> MAX_CLOCK_BOUND =
      GROUP.add(
          withDefault(
              "run.max_clock_bound",
              Forms.duration(Duration.ofNanos(1)),
              "5ms",
              "Nothing starts before every clock's bound, half the width of its interval, is"
                  + " below."));
  static final Key<Duration> CLOCK_GATE =
      GROUP.add(
          withDefault(
              "run.clock_gate",
              Forms.duration(NONE),
              "30s",
              "How long the start waits for that after the warm-up; then the run ends with exit code"
                  + " 8."));
  static final Key<Duration> START_DELAY =
      GROUP.add(
          withDefault(
              "run.start_delay",
              Forms.durationUpTo(Duration.ofMinutes(5)),
              "10s",
              "From the moment at which all are ready to the common start."));
  static final Key<Boolean> FAST_START =
      GROUP.add(
          withDefault(
              "run.fast_start",
              Forms.bool(),
              "false",
              "Shorten that to what the slowest worker needs."));
  static final Key<String> PREPARE_POLICY =
      GROUP.add(
          withDefault(
              "run.policy.prepare",
              ExperimentForms.policy(),
              "all",
              "How many workers must get as far as the common start; the others are left behind."
                  + " `deploy --keep-going` makes it `best-effort`."));
  static final Key<String> RUN_POLICY =
      GROUP.add(
          withDefault(
              "run.policy.run",
              ExperimentForms.policy(),
              "best-effort",
              "How many must go on from then on; with fewer, the run is called off."));
  static final Key<Boolean> KEEP_NODE_FILES =
      GROUP.add(
          withDefault(
              "run.keep_node_files",
              Forms.bool(),
              "false",
              "Leave the run's files on the nodes after they were collected and verified."));

  private RunKeys() {}
}
