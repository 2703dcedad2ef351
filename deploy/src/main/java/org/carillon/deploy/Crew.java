package org.carillon.deploy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.carillon.core.Count;
import org.carillon.core.ExitCode;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.time.ClockSource;

/**
 * What every stage needs: the experiment, who takes part, where to log, and when to give up.
 *
 * @param distribution whose executables are used
 * @param connector reaches hosts
 * @param keepGoing whether the stages before the run go on without those who failed
 */
record Crew(
    Experiment experiment,
    Distribution distribution,
    Connector connector,
    ClockSource clock,
    Journal journal,
    Roster roster,
    Cancellation cancellation,
    boolean keepGoing) {

  /** Does a stage's work on all subjects at once and notes who failed. */
  <S, T> SequencedMap<String, T> onAll(
      String what, Map<String, S> subjects, Deadline deadline, Function<S, T> task) {
    SequencedMap<String, Outcome<T>> outcomes =
        FanOut.run(what, subjects, deadline, cancellation, task);
    stopIfCancelled(what);
    return roster.take(outcomes);
  }

  /**
   * As {@link #onAll}, but a wish to stop does not interrupt it: for what must not be left half
   * done, and does not take long.
   */
  <S, T> SequencedMap<String, T> onAllToTheEnd(
      String what, Map<String, S> subjects, Deadline deadline, Function<S, T> task) {
    SequencedMap<String, T> done =
        roster.take(FanOut.run(what, subjects, deadline, new Cancellation(), task));
    stopIfCancelled(what);
    return done;
  }

  /** Begins a stage: says so, and since when its deadline runs. */
  Deadline begin(Stage stage, int subjects, String subject, Duration limit) {
    stopIfCancelled(stage.word());
    Deadline deadline = new Deadline(clock, limit);
    journal.info(stage.word() + ": " + Count.of(subjects, subject) + ", within " + deadline);
    return deadline;
  }

  void stopIfCancelled(String during) {
    if (cancellation.requested()) {
      throw new Abandoned(ExitCode.ABORTED, "stopped during " + during + ", as was asked for");
    }
  }

  /** Gives up unless enough are left to go on with. */
  void requireCrew(Stage stage) {
    var failures = roster.failures();
    if (failures.isEmpty()) {
      return;
    }
    boolean indispensable =
        roster.healthyNodes().isEmpty()
            || roster.failed(Names.COORDINATOR)
            || roster.failed(Names.TIMESERVER);
    if (indispensable || !keepGoing) {
      ExitCode code =
          Verdicts.beforeRun(
              roster.nodeCount(),
              failures.values().stream().map(Outcome.Failed::exitCode).toList());
      throw new Abandoned(
          code,
          stage.word()
              + " failed for "
              + String.join(", ", failures.keySet())
              + (indispensable ? "" : "; --keep-going goes on without them"));
    }
    journal.warn("going on without " + String.join(", ", failures.keySet()));
  }

  /** The node whose host the coordinator shares, if it does. */
  Optional<String> coordinatorsNode() {
    return experiment.coordinator().node();
  }
}
