package org.carillon.deploy.validate;

import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.carillon.core.ExitCode;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.experiment.ExperimentLoader;
import org.carillon.core.time.ClockSource;
import org.carillon.deploy.Cancellation;
import org.carillon.deploy.Deployment;
import org.carillon.deploy.Distribution;
import org.carillon.deploy.ReportAnalyzer;
import org.carillon.deploy.SshConnector;

/** Runs a short real experiment and says what came out. */
final class ExperimentCheck implements FleetwideCheck {

  private final Path file;
  private final Distribution distribution;
  private final ClockSource clock;
  private final Cancellation cancellation;

  ExperimentCheck(
      Path file, Distribution distribution, ClockSource clock, Cancellation cancellation) {
    this.file = file;
    this.distribution = distribution;
    this.clock = clock;
    this.cancellation = cancellation;
  }

  @Override
  public Set<CheckName> names() {
    return Set.of(CheckName.EXPERIMENT);
  }

  /** Its hosts are those of its own file. */
  @Override
  public void look(SequencedMap<String, Node> nodes, Question question, Findings findings) {
    ExperimentLoader.Loaded loaded = ExperimentLoader.load(file, List.of(), Path.of(""));
    Experiment experiment = loaded.experiment();
    Deployment.Result result;
    try (SshConnector connector = new SshConnector(experiment.ssh())) {
      result =
          new Deployment(
                  new Deployment.Request(loaded, distribution, Deployment.allStages(), false),
                  new Deployment.Services(clock, connector, new ReportAnalyzer(), line -> {}),
                  cancellation)
              .run();
    }
    findings.add(judge(experiment.name(), result));
  }

  static CheckResult judge(String name, Deployment.Result result) {
    String where = result.run().map(run -> "; see " + run).orElse("");
    String said = "the experiment " + name + ": " + result.outcome() + where;
    return result.exitCode() == ExitCode.SUCCESS
        ? CheckResult.pass(CheckName.EXPERIMENT, said)
        : CheckResult.fail(
            CheckName.EXPERIMENT,
            said + " (exit code " + result.exitCode().code() + ")",
            "run it with deploy, which says more");
  }
}
