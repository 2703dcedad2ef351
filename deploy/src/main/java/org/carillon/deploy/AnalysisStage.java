package org.carillon.deploy;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.carillon.core.ExitCode;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.run.RunDirectory;

/** The last stage: has a run analysed within its deadline. */
final class AnalysisStage {
  private final Crew crew;
  private final Analyzer analyzer;
  private final RunDirectory run;
  private Optional<ExitCode> fault = Optional.empty();

  AnalysisStage(Crew crew, Analyzer analyzer, RunDirectory run) {
    this.crew = crew;
    this.analyzer = analyzer;
    this.run = run;
  }

  /** Whether there is anything to analyse. */
  boolean isWorthwhile() {
    return switch (crew.experiment().workload()) {
      case Experiment.EventStream events ->
          Files.isRegularFile(run.coordinatorCsv())
              && crew.experiment().nodes().keySet().stream()
                  .anyMatch(node -> Files.isRegularFile(run.workerCsv(node)));
      case Experiment.Exec exec -> Files.isRegularFile(ControlReport.file(run));
    };
  }

  /** Analyses; empty if that failed, and then {@link #fault} says how. */
  Optional<Analyzer.Found> analyze(Duration limit) {
    Deadline deadline = new Deadline(crew.clock(), limit);
    crew.journal().info("analyze: " + run + ", within " + deadline);
    // Nothing is left to stop by now; a second Ctrl-C ends this too.
    Outcome<Analyzer.Found> outcome =
        FanOut.run(
                Stage.ANALYZE.word(),
                Map.of("analysis", run),
                deadline,
                new Cancellation(),
                directory -> analyzer.analyze(directory, crew.experiment().analysis()))
            .get("analysis");
    return switch (outcome) {
      case Outcome.Done<Analyzer.Found>(Analyzer.Found found) -> Optional.of(found);
      case Outcome.Failed<Analyzer.Found>(String reason, ExitCode code) -> {
        fault = Optional.of(code);
        crew.journal().error(reason);
        yield Optional.empty();
      }
    };
  }

  /** Why there is no report. */
  Optional<ExitCode> fault() {
    return fault;
  }
}
