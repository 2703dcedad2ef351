package org.carillon.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.carillon.analysis.AnalysisResult;
import picocli.CommandLine.Option;

/** What an analysis writes and prints beside its report. */
final class ReportOptions {

  @Option(
      names = "--json",
      description =
          "Print statistics/summary.json, or with --compare comparison.json, on standard output, and"
              + " nothing else there; its keys are in docs/formats.md.")
  private boolean json;

  @Option(
      names = "--latex",
      description =
          "Also write every table of the report as LaTeX: statistics/tables.tex, and one by one in"
              + " statistics/latex. They need the packages booktabs and graphicx.")
  private boolean latex;

  @Option(
      names = "--quiet",
      description =
          "Print nothing on success but what --json asks for; answer and warnings stand in the"
              + " report.")
  private boolean quiet;

  boolean isJson() {
    return json;
  }

  boolean isQuiet() {
    return quiet;
  }

  boolean latex() {
    return latex;
  }

  /** Prints a result as asked. */
  void print(AnalysisResult result, PrintWriter to) {
    if (json) {
      printFile(result.summary(), to);
    } else if (!quiet) {
      to.print(AnalysisText.of(result, Terminal.outputColumns()));
    }
    to.flush();
  }

  /** Prints a file as it is. */
  static void printFile(Path file, PrintWriter to) {
    try {
      to.print(Files.readString(file));
      to.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
