package org.carillon.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.carillon.analysis.AnalysisRequest;
import org.carillon.analysis.Effort;
import org.carillon.analysis.partial.PartialAnalysis;
import org.carillon.analysis.partial.Share;
import org.carillon.core.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A run in shares, for a cluster. */
final class PartialOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--partial",
      paramLabel = "K/N",
      converter = Converters.OfShare.class,
      description =
          "Reduce share K of N of the event ids to a state, share-K-of-N in --out (default:"
              + " RUN_DIR/statistics/shares), and write no report. Shares may be made on different"
              + " machines at the same time.")
  private Share share;

  @Option(
      names = "--merge",
      paramLabel = "DIR",
      description =
          "Join the states of all shares, which are in DIR, instead of reading the events and arrivals"
              + " again; may be given several times. The results are the same to the last digit.")
  private List<Path> states = List.of();

  /** Whether a share is to be reduced. */
  boolean isPartial() {
    return share != null;
  }

  /** Whether states are to be joined. */
  boolean isMerge() {
    return !states.isEmpty();
  }

  /** The folders of states that are to be joined. */
  List<Path> states() {
    return states;
  }

  /** Where the states of a run go if nobody says where. */
  static Path usualOut(Path run) {
    return run.resolve("statistics").resolve("shares");
  }

  /** Refuses what asks for two things at once. */
  void requireOne(boolean compared) {
    if (isPartial() && isMerge()) {
      throw refused("--partial and --merge are two steps: first each share, then all together");
    }
    if (compared && (isPartial() || isMerge())) {
      throw refused(
          (isPartial() ? "--partial" : "--merge") + " is for one run, and --compare for several");
    }
  }

  /**
   * Refuses what is of no use without results.
   *
   * @param judged whether conditions on the numbers were given
   * @param exported whether the merged table is to be written for others
   */
  void requireIdle(ReportOptions report, boolean judged, boolean exported) {
    String idle =
        judged
            ? "--fail-if"
            : report.isJson() ? "--json" : report.latex() ? "--latex" : exported ? "--parquet" : "";
    if (!idle.isEmpty()) {
      throw refused(idle + " has no effect with --partial; give it with --merge");
    }
  }

  /** Reduces a share, and says where its state is. */
  ExitCode reduce(
      AnalysisRequest request, Effort effort, ReportOptions report, Consumer<String> progress) {
    Path state = PartialAnalysis.reduce(request, share, effort, progress);
    if (!report.isQuiet()) {
      PrintWriter to = spec.commandLine().getOut();
      to.println("Share " + share + ": " + state);
      to.flush();
    }
    return ExitCode.SUCCESS;
  }

  private ParameterException refused(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
