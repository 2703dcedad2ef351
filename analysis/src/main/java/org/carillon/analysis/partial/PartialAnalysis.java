package org.carillon.analysis.partial;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.carillon.analysis.Analysis;
import org.carillon.analysis.AnalysisRequest;
import org.carillon.analysis.Effort;
import org.carillon.analysis.figure.Traces;
import org.carillon.analysis.input.RunFolder;
import org.carillon.analysis.merge.Span;
import org.carillon.analysis.statistics.ShareStatistics;
import org.carillon.analysis.store.Database;
import org.carillon.analysis.store.ShareRows;
import org.carillon.core.CarillonException;

/** Reduces a share of a run to a state. */
public final class PartialAnalysis {

  private PartialAnalysis() {}

  /**
   * Reads a run, and leaves the state of a share of it in the folder of results.
   *
   * @param request of the run; its windows are answered for the share, others can be asked for in
   *     the merge and take longer there
   * @return the state's folder
   * @throws CarillonException NO_DATA if there is no run, USAGE if a file or folder is of no use,
   *     or the run is too mixed up to be divided
   */
  public static Path reduce(
      AnalysisRequest request, Share share, Effort effort, Consumer<String> progress) {
    RunFolder run = RunFolder.open(request.input());
    try (StateFolder state = StateFolder.begin(request.out(), share)) {
      fill(state.folder(), state.spillFolder(), run, request, share, effort, progress);
      return state.complete(Analysis.version());
    }
  }

  /** Writes what a state is made of, of any event ids. */
  static void fill(
      Path folder,
      Path spillFolder,
      RunFolder run,
      AnalysisRequest request,
      LongPredicate share,
      Effort effort,
      Consumer<String> progress) {
    try (Database database = Database.open(spillFolder, effort.resources())) {
      progress.accept("reading " + run.workers().size() + " workers' files");
      effort.reading().total(run.sizeBytes());
      Span span = ShareRows.write(database, run, share, folder, effort.reading()::read);
      progress.accept("answering for the share");
      ShareStatistics.of(
          database,
          folder,
          request.windows().stream().map(Duration::toNanos).toList(),
          request.mixed());
      if (span.isAny()) {
        Traces.ofShare(database, folder, span.earliestNs(), span.latestNs());
      }
    }
  }
}
