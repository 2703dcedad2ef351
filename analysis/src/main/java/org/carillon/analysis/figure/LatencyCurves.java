package org.carillon.analysis.figure;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.carillon.analysis.statistics.Clock;
import org.knowm.xchart.XYChart;

/**
 * The share of events whose latency is at most so much: one curve per clock and worker, or, of many
 * workers, per clock.
 */
record LatencyCurves(
    String title, Map<Clock, Map<String, long[]>> latencyNs, int width, int plotHeight)
    implements Picture {

  private static final int MAX_WORKERS = 3;
  private static final int RIGHT = 16;

  private record Sample(String name, Clock clock, int line, long[] stepsNs) {}

  private List<Sample> curves() {
    List<Sample> curves = new ArrayList<>();
    boolean same = sameEstimate();
    latencyNs.forEach(
        (clock, byNode) -> {
          if (same && clock == Clock.BOUNDED) {
            return;
          }
          String name =
              same && clock == Clock.NTP ? "NTP and bounded clock (same estimate)" : clock.title();
          if (byNode.size() > MAX_WORKERS) {
            curves.add(
                new Sample(
                    name + ", all " + byNode.size() + " workers",
                    clock,
                    clock.ordinal(),
                    pooled(byNode)));
          } else {
            int line = 0;
            for (Map.Entry<String, long[]> entry : byNode.entrySet()) {
              curves.add(new Sample(name + ", " + entry.getKey(), clock, line++, entry.getValue()));
            }
          }
        });
    return curves;
  }

  /**
   * Whether NTP's curves would hide those of the bounded clock, whose best estimate may be NTP's.
   */
  private boolean sameEstimate() {
    Map<String, long[]> ntp = latencyNs.getOrDefault(Clock.NTP, Map.of());
    Map<String, long[]> bounded = latencyNs.getOrDefault(Clock.BOUNDED, Map.of());
    return !ntp.isEmpty()
        && ntp.keySet().equals(bounded.keySet())
        && ntp.entrySet().stream()
            .allMatch(entry -> Arrays.equals(entry.getValue(), bounded.get(entry.getKey())));
  }

  private static long[] pooled(Map<String, long[]> byNode) {
    return byNode.values().stream().flatMapToLong(Arrays::stream).sorted().toArray();
  }

  Legend legend() {
    return new Legend(
        curves().stream()
            .map(
                c -> new Legend.Entry(c.name(), Style.color(c.clock()), Style.line(c.line(), 1.8f)))
            .toList(),
        width);
  }

  private int top() {
    return 20 + legend().height() + 8;
  }

  @Override
  public int height() {
    return top() + plotHeight + Axes.FOOT;
  }

  @Override
  public void paint(Graphics2D g) {
    Letters.draw(g, title, 0, 14, Letters.Anchor.LEFT, Style.TITLE, Style.INK);
    List<Sample> curves = curves();
    if (curves.isEmpty()) {
      Letters.draw(
          g,
          "No clock was recorded at both ends.",
          0,
          40,
          Letters.Anchor.LEFT,
          Style.SMALL,
          Style.QUIET);
      return;
    }
    legend().paint(g, 0, 20);
    Scale scale = scale(curves);
    XYChart chart = Axes.chart(scale.low(), scale.high(), 0, 101);
    // The last clock first, so that the dashes of the others are seen upon it.
    for (Sample curve : curves.reversed()) {
      int n = curve.stepsNs().length;
      double[] x = new double[n];
      double[] y = new double[n];
      for (int i = 0; i < n; i++) {
        x[i] = scale.of(curve.stepsNs()[i]);
        y[i] = 100.0 * i / (n - 1);
      }
      Curve.line(
          chart, curve.name(), x, y, Style.color(curve.clock()), Style.line(curve.line(), 1.8f));
    }
    Rectangle2D plot =
        new Rectangle2D.Double(Axes.LEFT, top(), width - Axes.LEFT - RIGHT, plotHeight);
    Axes.paint(
        chart,
        g,
        plot,
        "latency on the same clock at both ends (" + scale.unit() + ")",
        "share of events (%)");
    if (scale.low() < 0 && scale.high() > 0) {
      double zero =
          plot.getX() + plot.getWidth() * (0 - scale.low()) / (scale.high() - scale.low());
      g.setColor(Style.QUIET);
      g.setStroke(Style.line(0, 0.9f));
      g.draw(new Line2D.Double(zero, plot.getY(), zero, plot.getMaxY()));
    }
  }

  /** From the 1st to the 99th percentile of the most spread curve, with a margin. */
  private static Scale scale(List<Sample> curves) {
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    for (Sample curve : curves) {
      long[] sorted = curve.stepsNs();
      low = Math.min(low, sorted[sorted.length / 100]);
      high = Math.max(high, sorted[sorted.length - 1 - sorted.length / 100]);
    }
    return Scale.of(Math.min(low, 0), high);
  }
}
