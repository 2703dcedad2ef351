package org.carillon.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.carillon.analysis.AnalysisResult;
import org.carillon.analysis.FigureFormat;
import org.carillon.analysis.compare.Comparison;
import org.carillon.analysis.compare.ComparisonRequest;
import org.carillon.analysis.compare.ComparisonResult;
import org.carillon.core.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Many runs at once. */
final class CompareOptions {

  private static final double PERCENT = 100;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--compare",
      description =
          "Compare runs: several RUN_DIR, or a folder of runs such as cron makes. Writes"
              + " comparison.html, .md, .json and .csv to --out (default: comparison). A summary"
              + " that a run has is used; others are made below --out.")
  private boolean compare;

  @Option(
      names = "--metric",
      paramLabel = "PATH",
      description =
          "With --compare, a number of summary.json to compare in place of the usual ones; may be"
              + " given several times.")
  private List<String> metrics = List.of();

  @Option(
      names = "--tolerance-percent",
      paramLabel = "N",
      description = "With --compare, a difference up to this is none (default: 5).")
  private Double tolerancePercent;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "With --compare, the seed of the permutation tests (default: 1); the same seed gives the"
              + " same bytes.")
  private Long seed;

  /** Whether runs are to be compared. */
  boolean isAsked() {
    return compare;
  }

  /** Refuses what is for comparisons only. */
  void requireNone() {
    String option =
        !metrics.isEmpty()
            ? "--metric"
            : tolerancePercent != null ? "--tolerance-percent" : seed != null ? "--seed" : null;
    if (option != null) {
      throw new ParameterException(spec.commandLine(), option + " has no effect without --compare");
    }
  }

  /** Analyses one run. */
  @FunctionalInterface
  interface RunAnalysis {
    AnalysisResult analyze(Path run, Path out, AnalysisProgress progress);
  }

  /** Compares, prints and gives back the exit code. */
  ExitCode run(
      List<Path> runs,
      Path out,
      Set<FigureFormat> formats,
      ConditionOptions.Given given,
      RunAnalysis analysis,
      ReportOptions report) {
    if (report.latex()) {
      throw new ParameterException(spec.commandLine(), "--latex has no effect with --compare");
    }
    double tolerance = tolerancePercent == null ? 5 : tolerancePercent;
    if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
      throw new ParameterException(
          spec.commandLine(), "--tolerance-percent takes a number of 0 or more");
    }
    ComparisonResult result;
    try (AnalysisProgress progress = AnalysisProgress.shown(report.isQuiet())) {
      ComparisonRequest request =
          new ComparisonRequest(
              runs,
              out == null ? Path.of("comparison") : out,
              metrics,
              tolerance / PERCENT,
              seed == null ? 1 : seed,
              formats,
              given.conditions(),
              (run, to) -> analysis.analyze(run, to, progress).summary());
      result = Comparison.compare(request, progress::step);
    }
    PrintWriter to = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    result.notRead().forEach(sentence -> err.println("analyze: not compared: " + sentence));
    err.flush();
    boolean taken = report.isJson() || report.isQuiet();
    if (report.isJson()) {
      ReportOptions.printFile(result.numbers(), to);
    } else if (!report.isQuiet()) {
      print(result, to);
    }
    ExitCode judged = ConditionOptions.print(result.judged(), report.isQuiet(), taken ? err : to);
    return judged != ExitCode.SUCCESS
        ? judged
        : result.notRead().isEmpty() ? ExitCode.SUCCESS : ExitCode.SOME_FAILED;
  }

  private static void print(ComparisonResult result, PrintWriter to) {
    to.println("Findings");
    result.findings().forEach(finding -> to.println("  - " + finding));
    if (!result.warnings().isEmpty()) {
      to.println();
      to.println("Warnings");
      result.warnings().forEach(warning -> to.println("  ! " + warning));
    }
    to.println();
    to.print(result.table());
    to.println();
    to.println("Report:  " + result.report());
    to.println("Numbers: " + result.numbers());
    to.flush();
  }
}
