package org.carillon.analysis.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carillon.analysis.statistics.Clock;
import org.knowm.xchart.XYChart;

/** How far each clock of a worker was from its system clock over the run, one panel per worker. */
record ClocksOverTime(
    String title, Map<String, List<Traces.OffsetTrace>> offsets, int width, int panelHeight)
    implements Picture {

  private static final int MAX_PANELS = 4;
  private static final int RIGHT = 16;
  private static final int NAME = 20;
  private static final String TRUE_TIME = "true";

  private List<Map.Entry<String, List<Traces.OffsetTrace>>> panels() {
    return offsets.entrySet().stream().limit(MAX_PANELS).toList();
  }

  private Legend legend() {
    Set<String> clocks = new LinkedHashSet<>();
    panels().forEach(panel -> panel.getValue().forEach(trace -> clocks.add(trace.clock())));
    List<Legend.Entry> entries = new ArrayList<>();
    for (Clock clock : Clock.values()) {
      if (clocks.contains(clock.key())) {
        entries.add(
            clock.isInterval()
                ? new Legend.Entry(
                    clock.title() + ": from earliest to latest", Style.fill(clock), null)
                : new Legend.Entry(
                    clock.title() + ": estimate", Style.color(clock), Style.line(0, 1.6f)));
      }
    }
    if (clocks.contains(TRUE_TIME)) {
      entries.add(new Legend.Entry("true time", Style.INK, Style.line(1, 1.6f)));
    }
    return new Legend(entries, width);
  }

  private int top() {
    return 20 + legend().height() + 2;
  }

  @Override
  public int height() {
    return panels().isEmpty()
        ? 50
        : top() + panels().size() * (NAME + panelHeight) + (panels().size() - 1) * 18 + Axes.FOOT;
  }

  @Override
  public void paint(Graphics2D g) {
    Letters.draw(g, title, 0, 14, Letters.Anchor.LEFT, Style.TITLE, Style.INK);
    if (panels().isEmpty()) {
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
    long endNs =
        panels().stream()
            .flatMap(panel -> panel.getValue().stream())
            .flatMapToLong(trace -> Arrays.stream(trace.sinceStartNs()))
            .max()
            .orElse(1);
    double unitNs = endNs > 300_000_000_000L ? 60e9 : 1e9;
    double y = top();
    for (int i = 0; i < panels().size(); i++) {
      boolean last = i == panels().size() - 1;
      String name = panels().get(i).getKey();
      if (last && offsets.size() > MAX_PANELS) {
        name += " (the first " + MAX_PANELS + " of " + offsets.size() + " workers)";
      }
      Letters.draw(g, name, Axes.LEFT, y + 14, Letters.Anchor.LEFT, Style.SMALL, Style.QUIET);
      y += NAME;
      panel(
          g,
          panels().get(i).getValue(),
          new Rectangle2D.Double(Axes.LEFT, y, width - Axes.LEFT - RIGHT, panelHeight),
          Math.max(endNs, 1) / unitNs,
          unitNs,
          last ? "time since the first event (" + (unitNs > 1e9 ? "min" : "s") + ")" : "");
      y += panelHeight + 18;
    }
  }

  private void panel(
      Graphics2D g,
      List<Traces.OffsetTrace> traces,
      Rectangle2D plot,
      double end,
      double unitNs,
      String horizontal) {
    // Zero is where the system clock is; an axis that always reached it would flatten the bands.
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    for (Traces.OffsetTrace trace : traces) {
      low = Math.min(low, Arrays.stream(trace.lowNs()).min().orElse(low));
      high = Math.max(high, Arrays.stream(trace.highNs()).max().orElse(high));
    }
    Scale scale = Scale.of(low, high);
    XYChart chart = Axes.chart(0, end * 1.005, scale.low(), scale.high());
    for (Traces.OffsetTrace trace : traces) {
      add(chart, trace, scale, unitNs);
    }
    Axes.paint(chart, g, plot, horizontal, "offset (" + scale.unit() + ")");
  }

  private static void add(XYChart chart, Traces.OffsetTrace trace, Scale scale, double unitNs) {
    double[] at = Arrays.stream(trace.sinceStartNs()).mapToDouble(ns -> ns / unitNs).toArray();
    double[] low = Arrays.stream(trace.lowNs()).mapToDouble(scale::of).toArray();
    double[] high = Arrays.stream(trace.highNs()).mapToDouble(scale::of).toArray();
    Optional<Clock> band = intervalClock(trace.clock());
    if (band.isPresent()) {
      Curve.band(chart, band.get(), at, low, high);
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
    Curve.line(
        chart,
        trace.clock(),
        x,
        y,
        color(trace.clock()),
        Style.line(trace.clock().equals(TRUE_TIME) ? 1 : 0, 1.3f));
  }

  private static Optional<Clock> intervalClock(String key) {
    return Arrays.stream(Clock.values())
        .filter(clock -> clock.key().equals(key) && clock.isInterval())
        .findFirst();
  }

  private static Color color(String key) {
    for (Clock clock : Clock.values()) {
      if (clock.key().equals(key)) {
        return Style.color(clock);
      }
    }
    return Style.INK;
  }
}
