package org.carillon.deploy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.experiment.ExperimentLoader;
import org.carillon.core.experiment.HostKind;
import org.carillon.core.net.HostPort;
import org.carillon.core.run.RunDirectory;
import org.carillon.core.time.DurationText;
import org.carillon.ssh.ShellWords;

/** Says what a deployment would do, on every host, without touching one. */
public final class DryRun {
  private final ExperimentLoader.Loaded loaded;
  private final Experiment experiment;
  private final Distribution distribution;
  private final Set<Stage> stages;
  private final StringBuilder out = new StringBuilder();

  private DryRun(ExperimentLoader.Loaded loaded, Distribution distribution, Set<Stage> stages) {
    this.loaded = loaded;
    this.experiment = loaded.experiment();
    this.distribution = distribution;
    this.stages = stages;
  }

  /** The resolved file, and every step. */
  public static String text(
      ExperimentLoader.Loaded loaded, Distribution distribution, Set<Stage> stages) {
    DryRun dryRun = new DryRun(loaded, distribution, stages);
    dryRun.write();
    return dryRun.out.toString();
  }

  private void write() {
    line("# " + loaded.sources().stream().map(String::valueOf).collect(Collectors.joining(" + ")));
    out.append(loaded.resolvedYaml()).append('\n');
    Experiment.Deadlines deadlines = experiment.deadlines();
    if (stages.contains(Stage.START)) {
      line(
          "# run directory: "
              + RunDirectory.experimentFolder(experiment.run().resultsDir(), experiment.name())
              + "/TIME");
    }
    if (stages.contains(Stage.PREFLIGHT)) {
      stage(Stage.PREFLIGHT, deadlines.preflight());
      Arrival.wanted(experiment).forEach((name, spec) -> step(name, checks(name, spec)));
    }
    if (stages.contains(Stage.STAGE) || stages.contains(Stage.START)) {
      stage(Stage.STAGE, deadlines.stage());
      Arrival.wanted(experiment).forEach((name, spec) -> step(name, release(spec)));
    }
    if (stages.contains(Stage.START)) {
      run(deadlines);
    }
  }

  private void run(Experiment.Deadlines deadlines) {
    CommandLines lines = new CommandLines(experiment, "RUN_ID", experiment.time().servers());
    stage(Stage.START, deadlines.start());
    experiment
        .time()
        .serve()
        .ifPresent(
            serve ->
                command(Names.TIMESERVER, HostKind.LOCAL, lines.timeserver(serve, "timeserver")));
    CommandLines served =
        new CommandLines(
            experiment,
            "RUN_ID",
            experiment
                .time()
                .serve()
                .map(
                    serve ->
                        java.util.List.of(
                            new HostPort(serve.address(), serve.port().orElse(UNKNOWN))))
                .orElse(experiment.time().servers()));
    experiment
        .nodes()
        .forEach((name, node) -> command(name, node.host().kind(), served.worker(node, "worker")));
    stage(Stage.WARM_UP, deadlines.warmup());
    Map<String, HostPort> agents = new LinkedHashMap<>();
    experiment
        .nodes()
        .forEach((name, node) -> agents.put(name, new HostPort(node.dataAddress(), UNKNOWN)));
    replay();
    command(
        Names.COORDINATOR,
        experiment.coordinator().host().kind(),
        served.coordinator(agents, experiment.run().preparePolicy(), "coordinator"));
    step("all", "measure the clocks for " + DurationText.format(CommandLines.warmup(experiment)));
    stage(Stage.RUN, deadlines.run());
    step(
        "all",
        "wait up to "
            + DurationText.format(experiment.run().clockGate())
            + " until every clock is known to "
            + DurationText.format(experiment.run().maxClockBound())
            + ", then start together after "
            + DurationText.format(experiment.run().startDelay()));
    step("all", work());
    stage(Stage.COLLECT, deadlines.collect());
    step(
        "all",
        "bring "
            + records()
            + " and logs home, verified by SHA-256"
            + (experiment.run().keepNodeFiles() ? "" : "; remove them there"));
    if (stages.contains(Stage.ANALYZE)) {
      stage(Stage.ANALYZE, deadlines.analyze());
      step("here", "statistics, figures, report.html, results.tsv, manifest.json");
    }
    line(
        "# ports, the run id and its identity (on each standard input) are made at the start; port "
            + UNKNOWN
            + " stands for any free one");
  }

  /** Stands for a port that is not chosen yet; the discard port, which nobody would mean. */
  private static final int UNKNOWN = 9;

  private void replay() {
    if (experiment.workload() instanceof Experiment.EventStream events) {
      events
          .replay()
          .ifPresent(
              it ->
                  step(
                      Names.COORDINATOR,
                      "copy " + it.file() + " to its folder as " + CommandLines.REPLAY_FILE));
    }
  }

  private String work() {
    return switch (experiment.workload()) {
      case Experiment.EventStream events ->
          "receive "
              + events.events()
              + " events in about "
              + DurationText.rounded(events.scheduledDuration())
              + ", wait up to "
              + DurationText.format(events.settle())
              + " for missing ones, and end";
      case Experiment.Exec exec ->
          "run "
              + ShellWords.join(exec.command())
              + " for "
              + DurationText.format(exec.timeout())
              + " at most";
    };
  }

  private String records() {
    return switch (experiment.workload()) {
      case Experiment.EventStream events ->
          "control.json, coordinator.csv, worker_NODE.csv, reception_NODE.csv, samples_NODE.csv,"
              + " clock_NODE.csv, commit_wait_NODE.csv";
      case Experiment.Exec exec ->
          "control.json, exec_NODE.out, exec_NODE.err, samples_NODE.csv, clock_NODE.csv";
    };
  }

  private String checks(String name, Experiment.HostSpec spec) {
    Experiment.Node node = experiment.nodes().get(name);
    String port =
        node == null || node.port().isEmpty() ? "" : ", UDP port " + node.port().getAsInt();
    return "check "
        + where(spec)
        + ": system, tools, work folder, noexec, free disk"
        + port
        + (experiment.time().servers().isEmpty() ? "" : ", time servers")
        + ", clock";
  }

  private String release(Experiment.HostSpec spec) {
    return spec.kind() == HostKind.LOCAL
        ? "use " + distribution.home()
        : "use "
            + distribution.home()
            + " if the filesystem is shared; else upload share/carillon-node-"
            + distribution.version()
            + "-linux-ARCH.tar.gz to "
            + spec.workDir().orElse(experiment.run().workDir())
            + "/releases unless it is there";
  }

  private static String where(Experiment.HostSpec spec) {
    return spec.kind() == HostKind.LOCAL
        ? "this machine"
        : spec.user().map(user -> user + "@").orElse("")
            + spec.address()
            + (spec.sshPort().isPresent() ? " port " + spec.sshPort().getAsInt() : "")
            + " over SSH";
  }

  private void stage(Stage stage, java.time.Duration deadline) {
    line("# " + stage.word() + ", within " + DurationText.rounded(deadline));
  }

  private void command(String name, HostKind kind, java.util.List<String> argv) {
    step(name, (kind == HostKind.LOCAL ? "here: " : "over SSH: ") + ShellWords.join(argv));
  }

  private void step(String name, String what) {
    line("#   " + name + ": " + what);
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
