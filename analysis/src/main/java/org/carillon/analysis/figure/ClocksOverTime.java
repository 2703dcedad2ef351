package org.carillon.analysis.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carillon.analysis.statistics.Clock;

/**
 * How far each clock of a worker was from its system clock over the run, one panel per worker.
 *
 * @param offsets by worker, of some
 * @param workers how many there are
 */
record ClocksOverTime(
    String title,
    Map<String, List<Traces.OffsetTrace>> offsets,
    int workers,
    int width,
    int panelHeight)
    implements Picture {

  private static final int NAME = 20;
  private static final int BETWEEN = 22;
  private static final String TRUE_TIME = "true";

  private Legend legend() {
    Set<String> clocks = new LinkedHashSet<>();
    offsets.values().forEach(traces -> traces.forEach(trace -> clocks.add(trace.clock())));
    List<Legend.Entry> entries = new ArrayList<>();
    for (Clock clock : Clock.values()) {
      if (clocks.contains(clock.key())) {
        entries.add(
            clock.isInterval()
                ? Legend.band(clock.title() + ": from earliest to latest", clock)
                : Legend.line(
                    clock.title() + ": estimate", Style.color(clock), Style.line(0, 1.6f)));
      }
    }
    if (clocks.contains(TRUE_TIME)) {
      entries.add(Legend.line("true time", Style.INK, Style.line(1, 1.6f)));
    }
    return new Legend(entries, width);
  }

  private int top() {
    return 20 + legend().height() + 2;
  }

  @Override
  public int height() {
    int panels = offsets.size();
    return panels == 0
        ? 50
        : top() + panels * (NAME + panelHeight) + (panels - 1) * BETWEEN + Axes.FOOT;
  }

  @Override
  public void paint(Graphics2D g) {
    Letters.draw(g, title, 0, 14, Letters.Anchor.LEFT, Style.TITLE, Style.INK);
    if (offsets.isEmpty()) {
      Letters.draw(
          g,
          "No clock but the system's was recorded.",
          0,
          40,
          Letters.Anchor.LEFT,
          Style.SMALL,
          Style.QUIET);
      return;
    }
    legend().paint(g, 0, 20);
    LinearAxis time =
        LinearAxis.sinceStart(
            offsets.values().stream()
                .flatMap(List::stream)
                .flatMapToLong(trace -> Arrays.stream(trace.sinceStartNs()))
                .max()
                .orElse(1));
    double y = top();
    int left = offsets.size();
    for (Map.Entry<String, List<Traces.OffsetTrace>> panel : offsets.entrySet()) {
      left--;
      String more =
          left == 0 && workers > offsets.size()
              ? " (" + offsets.size() + " of " + workers + " workers)"
              : "";
      LinearAxis offset = offset(panel.getValue());
      more = offset.remark() + more;
      double room = width - Axes.LEFT - Letters.width(more, Style.SMALL);
      Letters.draw(
          g,
          Letters.shorten(panel.getKey(), Style.SMALL, room) + more,
          Axes.LEFT,
          y + 14,
          Letters.Anchor.LEFT,
          Style.SMALL,
          Style.QUIET);
      y += NAME;
      Rectangle2D area =
          new Rectangle2D.Double(Axes.LEFT, y, width - Axes.LEFT - Axes.MARGIN_RIGHT, panelHeight);
      panel(
          g,
          panel.getValue(),
          area,
          time,
          offset,
          left == 0 ? "time since the first event (" + time.unit() + ")" : "");
      y += panelHeight + BETWEEN;
    }
  }

  /** Zero is where the system clock is; an axis that always reached it would flatten the bands. */
  private static LinearAxis offset(List<Traces.OffsetTrace> traces) {
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    for (Traces.OffsetTrace trace : traces) {
      low = Math.min(low, Arrays.stream(trace.lowNs()).min().orElse(low));
      high = Math.max(high, Arrays.stream(trace.highNs()).max().orElse(high));
    }
    return LinearAxis.ofNs(low, high);
  }

  private static void panel(
      Graphics2D g,
      List<Traces.OffsetTrace> traces,
      Rectangle2D area,
      LinearAxis time,
      LinearAxis offset,
      String horizontal) {
    Plot plot = new Plot(area, time, offset);
    // Those with the narrowest bounds last; true time above them all.
    traces.stream()
        .sorted(Comparator.comparingInt(trace -> rank(trace.clock())))
        .forEach(trace -> add(plot, trace));
    plot.paint(g, horizontal, "offset (" + offset.unit() + ")");
  }

  private static void add(Plot plot, Traces.OffsetTrace trace) {
    double[] at = doubles(trace.sinceStartNs());
    double[] low = doubles(trace.lowNs());
    double[] high = doubles(trace.highNs());
    Optional<Clock> band = clock(trace.clock()).filter(Clock::isInterval);
    if (band.isPresent()) {
      plot.band(band.get(), at, low, high);
      return;
    }
    // Both extremes of each step of time, so that a jump within one is seen.
    int n = at.length;
    double[] x = new double[2 * n];
    double[] y = new double[2 * n];
    for (int i = 0; i < n; i++) {
      boolean rising = i == 0 || high[i] >= high[i - 1];
      x[2 * i] = at[i];
      x[2 * i + 1] = at[i];
      y[2 * i] = rising ? low[i] : high[i];
      y[2 * i + 1] = rising ? high[i] : low[i];
    }
    Color color = clock(trace.clock()).map(Style::color).orElse(Style.INK);
    if (n == 1) {
      plot.mark(clock(trace.clock()).map(Style::mark).orElse(Style.Mark.SQUARE), color, x[0], y[1]);
    }
    plot.steps(x, y, color, Style.line(trace.clock().equals(TRUE_TIME) ? 1 : 0, 1.3f));
  }

  private static int rank(String key) {
    return clock(key).map(Clock::ordinal).orElse(Clock.values().length);
  }

  private static double[] doubles(long[] numbers) {
    return Arrays.stream(numbers).asDoubleStream().toArray();
  }

  private static Optional<Clock> clock(String key) {
    return Arrays.stream(Clock.values()).filter(clock -> clock.key().equals(key)).findFirst();
  }

  @Override
  public Points points() {
    Points.Builder points = Points.of("worker", "clock", "since_start_ns", "low_ns", "high_ns");
    offsets.forEach(
        (worker, traces) -> {
          for (Traces.OffsetTrace trace : traces) {
            for (int i = 0; i < trace.sinceStartNs().length; i++) {
              points.row(
                  worker,
                  trace.clock(),
                  trace.sinceStartNs()[i],
                  trace.lowNs()[i],
                  trace.highNs()[i]);
            }
          }
        });
    return points.build();
  }
}
