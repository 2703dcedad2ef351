package org.carillon.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.carillon.core.ExitCode;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.time.DurationText;

/** From workers that wait for their coordinator to the end of the run: lets it drive them. */
final class Conduct {
  private static final String BEST_EFFORT = "best-effort";

  private final Crew crew;
  private final Lineup lineup;
  private final ProgressListener progress;

  Conduct(Crew crew, Lineup lineup, ProgressListener progress) {
    this.crew = crew;
    this.lineup = lineup;
    this.progress = progress;
  }

  /**
   * Starts the coordinator and watches until it has ended.
   *
   * @throws Abandoned if it is not waited for any longer
   */
  void conduct(Launch launch, CommandLines lines) {
    SequencedMap<String, Member> workers = lineup.healthyWorkers();
    Deadline warmup =
        crew.begin(Stage.WARM_UP, workers.size(), "worker", crew.experiment().deadlines().warmup());
    Member coordinator = lineup.get(Names.COORDINATOR);
    String policy = crew.keepGoing() ? BEST_EFFORT : crew.experiment().run().preparePolicy();
    List<String> argv =
        lines.coordinator(
            launch.agents(workers), policy, launch.executable(coordinator.site(), "coordinator"));
    launch.startAlone(Stage.WARM_UP, coordinator, argv, files(), warmup);
    crew.requireCrew(Stage.WARM_UP);
    try {
      watch(coordinator, workers, warmup);
    } finally {
      progress.over();
    }
  }

  /** What the coordinator needs beside its release. */
  private Map<String, Path> files() {
    return crew.experiment().workload() instanceof Experiment.EventStream events
        ? events.replay().map(it -> Map.of(CommandLines.REPLAY_FILE, it.file())).orElse(Map.of())
        : Map.of();
  }

  private void watch(Member coordinator, SequencedMap<String, Member> workers, Deadline warmup) {
    Watch watch = new Watch(crew, progress);
    Watch.End end = watch.untilPrepared(coordinator, workers, warmup);
    Deadline deadline = warmup;
    if (end == Watch.End.PREPARED) {
      deadline =
          crew.begin(
              Stage.RUN,
              crew.roster().healthyNodes().size(),
              "worker",
              crew.experiment().deadlines().run());
      crew.journal().info("run: " + intention());
      end = watch.untilEnded(coordinator, workers, deadline);
    }
    Stage stage = deadline == warmup ? Stage.WARM_UP : Stage.RUN;
    switch (end) {
      case PREPARED, FINISHED -> judge(coordinator);
      case NOBODY_LEFT ->
          throw new Abandoned(ExitCode.ALL_FAILED, "all workers have died during the run");
      case TOO_LATE ->
          throw new Abandoned(
              ExitCode.TIMEOUT,
              "the " + stage.word() + " was not over within its deadline of " + deadline);
      case CANCELLED -> crew.stopIfCancelled(stage.word());
    }
  }

  private String intention() {
    return switch (crew.experiment().workload()) {
      case Experiment.EventStream events ->
          events.events() + " events, about " + DurationText.rounded(events.scheduledDuration());
      case Experiment.Exec exec ->
          "a command on every node, for " + DurationText.format(exec.timeout()) + " at most";
    };
  }

  /** A coordinator that did not come to say how the run went has failed itself. */
  private void judge(Member coordinator) {
    int code = coordinator.exitCode().orElse(ExitCode.INTERNAL.code());
    if (!Launch.left(coordinator, ControlReport.FILE)) {
      crew.roster()
          .fail(
              Names.COORDINATOR,
              "coordinator: "
                  + Verdicts.ending(code)
                  // Who was killed had no time for a word on it.
                  + (code > 128 ? "" : Launch.lastWords(coordinator)),
              ExitCode.SOME_FAILED);
    }
  }
}
