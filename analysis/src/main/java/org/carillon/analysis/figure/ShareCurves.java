package org.carillon.analysis.figure;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.carillon.analysis.statistics.Clock;

/**
 * The share of events whose time is at most so long, or is longer: one curve per clock and worker,
 * or, of many workers, per clock. The axis of times is logarithmic.
 *
 * @param title stands above
 * @param question which share
 * @param times by clock and worker
 * @param workers how many there are
 * @param shownNames as they are shown
 */
record ShareCurves(
    String title,
    Question question,
    Map<Clock, Map<String, LogHistogram>> times,
    int workers,
    WorkerNames shownNames,
    int width,
    int plotHeight)
    implements Picture {

  /** Which share of events is shown, and how the axes say so. */
  enum Question {
    /** Latency, cumulated. */
    LATENCY(
        "latency_ns",
        "events_at_most",
        "latency, log scale",
        "share of events (%)",
        "No clock was recorded at both ends."),
    /** For how many events a system that waits at most ε has to coordinate. */
    COORDINATION(
        "epsilon_ns",
        "events_above",
        "tolerated uncertainty ε, log scale",
        "events with a wider interval (%)",
        "No interval clock was recorded.");

    private final String column;
    private final String count;
    private final String horizontal;
    private final String vertical;
    private final String nothing;

    Question(String column, String count, String horizontal, String vertical, String nothing) {
      this.column = column;
      this.count = count;
      this.horizontal = horizontal;
      this.vertical = vertical;
      this.nothing = nothing;
    }

    private long count(LogHistogram.Step step, long n) {
      return this == LATENCY ? step.atMost() : n - step.atMost();
    }
  }

  /** A level of a curve changes where it can be seen. */
  private static final int STEPS = 400;

  private static final int MARKS = 3;

  private record Line(
      List<Clock> clocks, String worker, int stroke, long n, List<LogHistogram.Step> steps) {}

  /** Curves that would hide one another are one, of two clocks. */
  private boolean sameEstimate() {
    Map<String, LogHistogram> ntp = times.getOrDefault(Clock.NTP, Map.of());
    return !ntp.isEmpty() && ntp.equals(times.get(Clock.BOUNDED));
  }

  private List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    boolean same = sameEstimate();
    List<String> names = workerNames();
    times.forEach(
        (clock, byWorker) -> {
          if (same && clock == Clock.BOUNDED) {
            return;
          }
          List<Clock> clocks =
              same && clock == Clock.NTP ? List.of(clock, Clock.BOUNDED) : List.of(clock);
          byWorker.forEach(
              (worker, histogram) ->
                  lines.add(
                      new Line(
                          clocks,
                          worker,
                          names.indexOf(worker),
                          histogram.n(),
                          histogram.steps(STEPS))));
        });
    return lines;
  }

  private List<String> workerNames() {
    TreeSet<String> names = new TreeSet<>();
    times.values().forEach(byWorker -> names.addAll(byWorker.keySet()));
    return List.copyOf(names);
  }

  Legend legend() {
    List<Legend.Entry> entries = new ArrayList<>();
    boolean same = sameEstimate();
    for (Clock clock : times.keySet()) {
      if (!(same && clock == Clock.BOUNDED)) {
        entries.add(
            Legend.curve(
                same && clock == Clock.NTP
                    ? "NTP and bounded clock (same estimate)"
                    : clock.title(),
                clock));
      }
    }
    List<String> names = workerNames();
    for (int i = 0; i < names.size(); i++) {
      entries.add(
          Legend.line(
              names.get(i).equals(Traces.ALL)
                  ? "all " + workers + " workers"
                  : shownNames.shown(names.get(i)),
              Style.QUIET,
              Style.line(i, 1.8f)));
    }
    return new Legend(entries, width);
  }

  private int top() {
    return 20 + legend().height() + 8;
  }

  @Override
  public int height() {
    return times.isEmpty() ? 50 : top() + plotHeight + Axes.FOOT;
  }

  @Override
  public void paint(Graphics2D g) {
    Letters.draw(g, title, 0, 14, Letters.Anchor.LEFT, Style.TITLE, Style.INK);
    if (times.isEmpty()) {
      Letters.draw(g, question.nothing, 0, 40, Letters.Anchor.LEFT, Style.SMALL, Style.QUIET);
      return;
    }
    legend().paint(g, 0, 20);
    LogAxis axis =
        LogHistogram.pooled(
                times.values().stream().flatMap(byWorker -> byWorker.values().stream()).toList())
            .axis();
    Plot plot =
        new Plot(
            new Rectangle2D.Double(
                Axes.LEFT, top(), width - Axes.LEFT - Axes.MARGIN_RIGHT, plotHeight),
            axis,
            LinearAxis.of(-0.5, 101));
    // The last clock first, so that the dashes of the others are seen upon it.
    lines().reversed().forEach(line -> add(plot, line, axis));
    plot.paint(g, question.horizontal + axis.remark(), question.vertical);
  }

  private void add(Plot plot, Line line, LogAxis axis) {
    int n = line.steps().size();
    double[] x = new double[n + 2];
    double[] y = new double[n + 2];
    x[0] = axis.low();
    y[0] = question == Question.LATENCY ? 0 : 100;
    for (int i = 0; i < n; i++) {
      x[i + 1] = line.steps().get(i).ns();
      y[i + 1] = 100.0 * question.count(line.steps().get(i), line.n()) / line.n();
    }
    x[n + 1] = axis.high();
    y[n + 1] = y[n];
    Clock clock = line.clocks().getFirst();
    plot.steps(x, y, Style.color(clock), Style.line(line.stroke(), 1.8f));
    // Of each clock at other heights, so that the marks of close curves stand beside each other.
    for (int mark = 0; mark < MARKS; mark++) {
      double share = (mark + 0.25 + 0.125 * clock.ordinal()) / MARKS;
      int step = 0;
      while (step < n - 1 && line.steps().get(step).atMost() < share * line.n()) {
        step++;
      }
      plot.mark(
          clock,
          line.steps().get(step).ns(),
          question == Question.LATENCY ? 100 * share : 100 * (1 - share));
    }
  }

  @Override
  public Points points() {
    Points.Builder points =
        Points.of("clock", "worker", question.column, question.count, "n", "share");
    for (Line line : lines()) {
      for (Clock clock : line.clocks()) {
        for (LogHistogram.Step step : line.steps()) {
          long count = question.count(step, line.n());
          points.row(
              clock.key(), line.worker(), step.ns(), count, line.n(), (double) count / line.n());
        }
      }
    }
    return points.build();
  }
}
