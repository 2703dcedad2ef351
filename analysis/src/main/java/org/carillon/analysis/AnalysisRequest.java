package org.carillon.analysis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.carillon.analysis.input.ClockModelFile;

/**
 * What to analyse and what to make of it.
 *
 * @param input the folder of a run; only read
 * @param out where results go; made if need be, and may be the same folder
 * @param windows window sizes, each at least 1 ns
 * @param formats of the figures beside the report, which has its own in it
 * @param mixed whether to add comparisons of different clocks, marked as such
 * @param models clock models to judge, each of another name
 * @param epsilons tolerated uncertainties, of which the coordination cost is told, each at least 0
 *     ns; empty for the usual ones
 * @param latex whether to write the tables as LaTeX too
 */
public record AnalysisRequest(
    Path input,
    Path out,
    List<Duration> windows,
    Set<FigureFormat> formats,
    boolean mixed,
    List<ClockModelFile> models,
    List<Duration> epsilons,
    boolean latex) {

  /** 50 ms, 100 ms, 500 ms and 1 s. */
  public static final List<Duration> DEFAULT_WINDOWS =
      List.of(
          Duration.ofMillis(50),
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          Duration.ofSeconds(1));

  public AnalysisRequest {
    Objects.requireNonNull(input);
    Objects.requireNonNull(out);
    windows = windows.stream().distinct().toList();
    formats = Set.copyOf(formats);
    models = List.copyOf(models);
    epsilons = epsilons.stream().distinct().sorted().toList();
    Set<String> names = new HashSet<>();
    for (ClockModelFile model : models) {
      if (!names.add(model.name())) {
        throw new IllegalArgumentException(
            "two clock models are called '" + model.name() + "'; name them apart with NAME=FILE");
      }
    }
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("no window size");
    }
    for (Duration window : windows) {
      if (!window.isPositive()) {
        throw new IllegalArgumentException("a window of " + window + " is not longer than zero");
      }
    }
  }

  /** A request without what it seldom takes. */
  public AnalysisRequest(
      Path input,
      Path out,
      List<Duration> windows,
      Set<FigureFormat> formats,
      boolean mixed,
      List<ClockModelFile> models) {
    this(input, out, windows, formats, mixed, models, List.of(), false);
  }

  /** The usual request: results beside the data, all defaults, figures in every format. */
  public static AnalysisRequest of(Path run) {
    return new AnalysisRequest(
        run, run, DEFAULT_WINDOWS, Set.of(FigureFormat.values()), false, List.of());
  }

  /** The last two parts of the run's path: experiment and time. */
  String title() {
    Path whole = input.toAbsolutePath().normalize();
    int parts = whole.getNameCount();
    return whole.subpath(Math.max(0, parts - 2), parts).toString();
  }
}
