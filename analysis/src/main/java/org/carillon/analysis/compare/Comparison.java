package org.carillon.analysis.compare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.carillon.analysis.Analysis;
import org.carillon.analysis.condition.Judged;
import org.carillon.analysis.condition.Lookup.Unknown;
import org.carillon.analysis.condition.SummaryNumbers;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/** Compares runs with one another. */
public final class Comparison {

  /** Below the folder of results: the analyses of runs that had none. */
  private static final String ANALYSES = "runs";

  private Comparison() {}

  /**
   * Reads the runs, and writes comparison.json, .csv, .md and .html and the trends as a figure.
   *
   * @param progress is told each step, in a few words
   * @throws CarillonException NO_DATA if no run can be read or has anything to compare, USAGE if a
   *     metric is a number that no run has
   */
  public static ComparisonResult compare(ComparisonRequest request, Consumer<String> progress) {
    List<String> notRead = new ArrayList<>();
    List<ComparedRun> runs = read(request, notRead, progress);
    progress.accept("comparing " + runs.size() + " runs");
    List<MetricResult> results = results(request, runs);
    ComparedRun last = runs.getLast();
    List<String> warnings = new ArrayList<>(MixedRuns.warnings(runs));
    if (runs.size() == 1) {
      warnings.addFirst(
          "There is only one run, " + last.name() + ", and nothing to hold it against.");
    }
    Judged judged =
        Judged.of(
            request.conditions(),
            last.numbers(),
            new EarlierRuns(runs.subList(0, runs.size() - 1)));
    Compared compared =
        new Compared(
            runs,
            notRead,
            warnings,
            results,
            judged,
            request.tolerance(),
            request.seed(),
            Analysis.version());
    progress.accept("writing the report");
    return ComparisonFiles.write(compared, request);
  }

  private static List<ComparedRun> read(
      ComparisonRequest request, List<String> notRead, Consumer<String> progress) {
    List<Path> folders = RunFolders.in(request.runs());
    RunReader reader = new RunReader(request.analyst(), request.out().resolve(ANALYSES));
    List<String> names = names(folders);
    List<ComparedRun> runs = new ArrayList<>();
    for (int i = 0; i < folders.size(); i++) {
      progress.accept("reading run " + (i + 1) + " of " + folders.size() + ", " + names.get(i));
      try {
        runs.add(reader.read(folders.get(i), names.get(i)));
      } catch (CarillonException e) {
        if (e.exitCode() == ExitCode.INTERNAL) {
          throw e;
        }
        notRead.add(e.getMessage());
      }
    }
    if (runs.isEmpty()) {
      throw new CarillonException(
          request.runs().stream().noneMatch(Files::exists) ? ExitCode.USAGE : ExitCode.NO_DATA,
          "no run can be read: " + String.join(" ", notRead));
    }
    runs.sort(Comparator.comparingLong(run -> run.startNs().orElse(Long.MAX_VALUE)));
    return runs;
  }

  /** The names of the folders, with as much of the way to them as tells them apart. */
  private static List<String> names(List<Path> folders) {
    List<Path> whole = folders.stream().map(it -> it.toAbsolutePath().normalize()).toList();
    for (int parts = 1; ; parts++) {
      Map<String, Integer> seen = new HashMap<>();
      List<String> names = new ArrayList<>();
      boolean complete = true;
      for (Path folder : whole) {
        int count = folder.getNameCount();
        complete &= parts >= count;
        String name =
            count == 0 ? "root" : folder.subpath(Math.max(0, count - parts), count).toString();
        names.add(name.replace('/', '_'));
        seen.merge(names.getLast(), 1, Integer::sum);
      }
      if (complete || seen.size() == folders.size()) {
        return names;
      }
    }
  }

  private static List<MetricResult> results(ComparisonRequest request, List<ComparedRun> runs) {
    List<SummaryNumbers> numbers = runs.stream().map(ComparedRun::numbers).toList();
    List<Metric> metrics =
        request.metrics().isEmpty()
            ? Metric.usual(numbers)
            : request.metrics().stream().map(Metric::new).toList();
    List<MetricResult> results = new ArrayList<>();
    for (Metric metric : metrics) {
      Series series = Series.of(metric, runs);
      if (series.n() > 0) {
        results.add(MetricResult.of(series, runs.size(), request.tolerance(), request.seed()));
      } else if (runs.getLast().numbers().find(metric.path()) instanceof Unknown(var nearest)) {
        throw new CarillonException(
            ExitCode.USAGE,
            "no run has a number "
                + metric.path()
                + (nearest.isEmpty()
                    ? "."
                    : "; the nearest are " + String.join(", ", nearest) + "."));
      }
    }
    if (results.isEmpty()) {
      throw new CarillonException(
          ExitCode.NO_DATA, "no run has any of the numbers that are to be compared.");
    }
    return results;
  }
}
