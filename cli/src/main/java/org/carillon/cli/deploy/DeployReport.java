package org.carillon.cli.deploy;

import java.io.PrintWriter;
import org.carillon.cli.AnalysisText;
import org.carillon.cli.Terminal;
import org.carillon.core.ExitCode;
import org.carillon.deploy.Deployment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What deploy says at its end: what was found on standard output, what went wrong in the log. */
final class DeployReport {

  private static final Logger LOG = LoggerFactory.getLogger("deploy");

  private final PrintWriter out;
  private final boolean quiet;

  /**
   * @param quiet to say nothing unless something is wrong
   */
  DeployReport(PrintWriter out, boolean quiet) {
    this.out = out;
    this.quiet = quiet;
  }

  /** Says it, and returns the exit code. */
  int print(Deployment.Result result) {
    boolean good = result.exitCode() == ExitCode.SUCCESS;
    int code = result.exitCode().code();
    if (!good) {
      String meaning = "exit code " + code + ": " + result.exitCode().meaning();
      LOG.error("{}", result.isSaid() ? meaning : result.outcome() + " (" + meaning + ")");
    }
    if (good && quiet) {
      return code;
    }
    result
        .found()
        .ifPresent(
            found ->
                out.print(
                    AnalysisText.of(found.answer(), found.warnings(), Terminal.outputColumns())));
    if (!result.table().isEmpty()) {
      out.println(result.table());
    }
    if (good) {
      out.println(result.outcome());
    }
    result.run().ifPresent(run -> out.println("Run:    " + run));
    result.found().ifPresent(found -> out.println("Report: " + found.report()));
    out.flush();
    return code;
  }
}
