package org.carillon.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.carillon.analysis.Analysis;
import org.carillon.analysis.AnalysisRequest;
import org.carillon.analysis.AnalysisResult;
import org.carillon.analysis.FigureFormat;
import org.carillon.analysis.input.ClockModelFile;
import org.carillon.core.ExitCode;
import org.carillon.core.time.DurationText;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Judges the clocks of a recorded run. */
@Command(
    name = "analyze",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Judges the clocks of a recorded run: which event came first, which window it belongs to,"
            + " how long a commit must wait, and how sure of that anyone can be.",
    footer = {
      "  Analyse a run; the report goes beside its data:",
      "    analyze runs/quickstart/2026-11-22T10-15-30Z",
      "  Data that must not be touched, windows of 10 ms, figures for a paper:",
      "    analyze /data/recording --out results --windows 10ms --format pdf",
      "  In a script, the numbers only:",
      "    analyze RUN_DIR --out results --json | jq .causality",
      "  Exit code 8 if causality was violated, or the 99th percentile is too large:",
      "    analyze RUN_DIR --fail-if 'causality.bounded.violations > 0' \\",
      "        --fail-if 'latency.bounded.n1.p99_ns > 5ms'",
      "  All runs that cron made, and whether the last one is worse than usual:",
      "    analyze --compare runs/nightly --out trend \\",
      "        --fail-if 'windows.100ms.bounded.ambiguous_rate > baseline * 1.1'",
      "  A run too large for one machine, in 8 shares; the first line 8 times, with 1/8 to 8/8:",
      "    analyze RUN_DIR --partial 1/8 --out shares",
      "    analyze RUN_DIR --merge shares --out results"
    })
final class AnalyzeCommand implements Callable<Integer> {

  /** Reads a window size; an impossible one is refused by name. */
  static final class WindowSize implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        Duration size = DurationText.parse(text);
        if (!size.isPositive()) {
          throw new IllegalArgumentException("'" + text + "' must be longer than 0");
        }
        return size;
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Reads the name and the file of a clock model. */
  static final class ClockModel implements ITypeConverter<ClockModelFile> {
    @Override
    public ClockModelFile convert(String text) {
      try {
        return ClockModelFile.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  @Spec private CommandSpec spec;

  @Mixin private LogOptions log;

  @Mixin private EffortOptions effort;

  @Parameters(
      paramLabel = "RUN_DIR",
      arity = "1..*",
      description =
          "The folder of a run: coordinator.csv, a worker_NODE.csv per worker, and"
              + " commit_wait_NODE.csv, samples_NODE.csv, clock_NODE.csv and control.json where there"
              + " are any. It is only read, unless results go there too.")
  private List<Path> runs;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where report.html, report.md, figures/ and statistics/ go (default: RUN_DIR). Results of an earlier"
              + " analysis are replaced.")
  private Path out;

  @Option(
      names = "--windows",
      paramLabel = "SIZE",
      split = ",",
      defaultValue = "50ms,100ms,500ms,1s",
      converter = WindowSize.class,
      description = "Window sizes, separated by commas (default: ${DEFAULT-VALUE}).")
  private List<Duration> windows;

  @Option(
      names = "--epsilon",
      paramLabel = "SIZE",
      split = ",",
      converter = WindowSize.class,
      description =
          "Uncertainties that an application tolerates, separated by commas: of each is told how many"
              + " intervals are wider, so that the clock alone does not do (default: 1us, 2us, 5us, 10us,"
              + " ... 1s).")
  private List<Duration> epsilons = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      split = ",",
      defaultValue = "png,svg,pdf",
      description =
          "File formats of the figures, of png (300 dpi), svg and pdf (default: ${DEFAULT-VALUE})."
              + " Beside each stand the numbers that it shows, as csv. The report holds its figures"
              + " in any case.")
  private Set<FigureFormat> formats;

  @Option(
      names = "--clock-model",
      paramLabel = "[NAME=]FILE",
      converter = ClockModel.class,
      description =
          "Also judge a clock model by the run's NTP exchanges: a CSV file with the columns time_ns,"
              + " offset_ns, uncertainty_ns (or _ms, _s), true time less the node's clock at a time of"
              + " that clock, and node where it is not about every node. May be given several"
              + " times.")
  private List<ClockModelFile> models = List.of();

  @Option(
      names = "--mixed",
      description =
          "Also compare each worker's clock with the coordinator's system clock. That is no valid"
              + " comparison and is marked so; published numbers used it.")
  private boolean mixed;

  @Mixin private ReportOptions report;

  @Mixin private ConditionOptions conditions;

  @Mixin private CompareOptions compare;

  @Mixin private PartialOptions partial;

  public static void main(String[] args) {
    Executable.main(new AnalyzeCommand(), args);
  }

  @Override
  public Integer call() {
    log.apply();
    partial.requireOne(compare.isAsked());
    ConditionOptions.Given given = conditions.read(compare.isAsked());
    if (compare.isAsked()) {
      return compare.run(runs, out, formats, given, this::analysed, report).code();
    }
    Path run = onlyRun();
    if (partial.isPartial()) {
      return reduced(run, given).code();
    }
    AnalysisResult result;
    try (AnalysisProgress progress = AnalysisProgress.shown(report.isQuiet())) {
      Path to = out == null ? run : out;
      result = partial.isMerge() ? merged(run, to, progress) : analysed(run, to, progress);
    }
    report.print(result, spec.commandLine().getOut());
    boolean taken = report.isQuiet() || report.isJson();
    PrintWriter to = taken ? spec.commandLine().getErr() : spec.commandLine().getOut();
    return ConditionOptions.print(given.judge(result.summary()), report.isQuiet(), to).code();
  }

  private AnalysisResult analysed(Path run, Path to, AnalysisProgress progress) {
    return Analysis.analyze(request(run, to), effort.effort(progress), progress::step);
  }

  private AnalysisResult merged(Path run, Path to, AnalysisProgress progress) {
    return Analysis.merge(
        request(run, to), partial.states(), effort.effort(progress), progress::step);
  }

  private ExitCode reduced(Path run, ConditionOptions.Given given) {
    AnalysisRequest request = request(run, out == null ? PartialOptions.usualOut(run) : out);
    partial.requireIdle(report, !given.conditions().isEmpty(), effort.isExport());
    try (AnalysisProgress progress = AnalysisProgress.shown(report.isQuiet())) {
      return partial.reduce(request, effort.effort(progress), report, progress::step);
    }
  }

  private Path onlyRun() {
    compare.requireNone();
    if (runs.size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "one RUN_DIR is analysed at a time; --compare takes several");
    }
    return runs.getFirst();
  }

  private AnalysisRequest request(Path run, Path to) {
    try {
      return new AnalysisRequest(
          run, to, windows, formats, mixed, models, epsilons, report.latex());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
