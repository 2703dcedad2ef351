package org.carillon.analysis.figure;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.Rate;
import org.carillon.analysis.statistics.Totals;
import org.carillon.analysis.statistics.Windows;

/**
 * For how many events two workers cannot tell that they chose the same window, against the window's
 * size, over all pairs of workers: ambiguous ones of interval clocks, and those that differ of
 * point clocks, which never say that they do not know.
 *
 * @param totals of all pairs
 */
record WindowAmbiguity(String title, Totals totals, int width, int plotHeight) implements Picture {

  private static final double ACCEPTABLE = 0.01;
  private static final double PERCENT = 100;
  private static final double CAP = 3;

  /**
   * At one size.
   *
   * @param expected from the intervals' widths alone, 0 to 1
   */
  private record Measured(long sizeNs, Rate rate, OptionalDouble expected) {
    double share() {
      return (double) rate.count() / rate.n();
    }
  }

  private Map<Clock, List<Measured>> curves() {
    Map<Clock, List<Measured>> curves = new EnumMap<>(Clock.class);
    totals
        .windows()
        .forEach(
            (sizeNs, byClock) ->
                byClock.forEach(
                    (clock, windows) -> {
                      if (windows.pairs() > 0) {
                        curves
                            .computeIfAbsent(clock, _ -> new ArrayList<>())
                            .add(measured(sizeNs, windows));
                      }
                    }));
    totals
        .smallestWindow()
        .forEach(
            (clock, smallest) -> {
              List<Measured> curve = curves.get(clock);
              if (curve != null
                  && smallest.ambiguousRate().n() > 0
                  && curve.stream().noneMatch(m -> m.sizeNs() == smallest.sizeNs().getAsLong())) {
                curve.add(
                    new Measured(
                        smallest.sizeNs().getAsLong(),
                        smallest.ambiguousRate(),
                        OptionalDouble.empty()));
              }
            });
    curves.values().forEach(curve -> curve.sort(Comparator.comparingLong(Measured::sizeNs)));
    return curves;
  }

  private static Measured measured(long sizeNs, Windows windows) {
    return switch (windows) {
      case Windows.Point point ->
          new Measured(sizeNs, new Rate(point.disagree(), point.pairs()), OptionalDouble.empty());
      case Windows.Interval interval ->
          new Measured(
              sizeNs,
              interval.ambiguousRate(),
              OptionalDouble.of(interval.expectedAmbiguousShare(sizeNs).doubleValue()));
    };
  }

  /** Whether there is anything to draw. */
  boolean isEmpty() {
    return curves().isEmpty();
  }

  private Legend legend() {
    List<Legend.Entry> entries = new ArrayList<>();
    Map<Clock, List<Measured>> curves = curves();
    curves
        .keySet()
        .forEach(
            clock ->
                entries.add(
                    Legend.curve(
                        clock.title()
                            + (clock.isInterval() ? ": ambiguous" : ": different windows"),
                        clock)));
    if (curves.keySet().stream().anyMatch(Clock::isInterval)) {
      entries.add(Legend.line("expected from the widths alone", Style.QUIET, Style.line(2, 1.4f)));
    }
    entries.add(
        new Legend.Entry("95 % interval (Wilson)", (g, x, y) -> whisker(g, x + 8, y + 2, y + 14)));
    entries.add(Legend.line("1 %", Style.QUIET, Style.line(1, 1.2f)));
    return new Legend(entries, width);
  }

  private static void whisker(Graphics2D g, double x, double top, double bottom) {
    g.setStroke(Style.line(0, 1f));
    g.setColor(Style.INK);
    g.draw(new Line2D.Double(x, top, x, bottom));
    g.draw(new Line2D.Double(x - CAP, top, x + CAP, top));
    g.draw(new Line2D.Double(x - CAP, bottom, x + CAP, bottom));
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
    legend().paint(g, 0, 20);
    Map<Clock, List<Measured>> curves = curves();
    double[] sizes =
        curves.values().stream()
            .flatMap(List::stream)
            .mapToDouble(Measured::sizeNs)
            .sorted()
            .toArray();
    Rectangle2D area =
        new Rectangle2D.Double(Axes.LEFT, top(), width - Axes.LEFT - Axes.MARGIN_RIGHT, plotHeight);
    LogAxis shares = shares(curves);
    Plot plot =
        new Plot(
            area,
            LogAxis.of(LogAxis.Labels.NS, sizes[0], sizes[sizes.length - 1], sizes[0]),
            shares);
    curves.forEach((clock, curve) -> add(plot, clock, curve));
    plot.paint(
        g,
        "window size, log scale",
        shares.reachesZero() ? "share (%), log scale and 0" : "share (%), log scale");
    double acceptable = plot.down(PERCENT * ACCEPTABLE);
    g.setColor(Style.QUIET);
    g.setStroke(Style.line(1, 1.2f));
    g.draw(new Line2D.Double(area.getMinX(), acceptable, area.getMaxX(), acceptable));
    for (Measured m : curves.values().stream().flatMap(List::stream).toList()) {
      whisker(
          g,
          plot.across(m.sizeNs()),
          plot.down(PERCENT * m.rate().high()),
          plot.down(PERCENT * m.rate().low()));
    }
  }

  private static void add(Plot plot, Clock clock, List<Measured> curve) {
    double[] x = curve.stream().mapToDouble(Measured::sizeNs).toArray();
    double[] y = curve.stream().mapToDouble(m -> PERCENT * m.share()).toArray();
    List<Measured> expected = curve.stream().filter(m -> m.expected().isPresent()).toList();
    if (x.length > 1) {
      plot.straight(x, y, Style.color(clock), Style.line(0, 1.6f));
    }
    if (expected.size() > 1) {
      plot.straight(
          expected.stream().mapToDouble(Measured::sizeNs).toArray(),
          expected.stream().mapToDouble(m -> PERCENT * m.expected().orElse(0)).toArray(),
          Style.QUIET,
          Style.line(2, 1.4f));
    }
    for (int i = 0; i < x.length; i++) {
      plot.mark(clock, x[i], y[i]);
    }
  }

  /** Down to zero only where some share, or what it may be, is zero. */
  private static LogAxis shares(Map<Clock, List<Measured>> curves) {
    double[] percents =
        curves.values().stream()
            .flatMap(List::stream)
            .flatMapToDouble(
                m ->
                    DoubleStream.concat(
                        DoubleStream.of(m.share(), m.rate().low()), m.expected().stream()))
            .map(share -> PERCENT * share)
            .sorted()
            .toArray();
    double small =
        DoubleStream.of(percents)
            .filter(percent -> percent > 0)
            .findFirst()
            .orElse(PERCENT * ACCEPTABLE);
    double least = percents[0] == 0 ? 0 : Math.min(small, PERCENT * ACCEPTABLE);
    return LogAxis.of(LogAxis.Labels.PLAIN, least, PERCENT, Math.min(small, PERCENT * ACCEPTABLE));
  }

  @Override
  public Points points() {
    Points.Builder points =
        Points.of(
            "clock",
            "window_ns",
            "n",
            "not_told",
            "share",
            "share_low",
            "share_high",
            "expected_share");
    curves()
        .forEach(
            (clock, curve) ->
                curve.forEach(
                    m ->
                        points.row(
                            clock.key(),
                            m.sizeNs(),
                            m.rate().n(),
                            m.rate().count(),
                            m.share(),
                            m.rate().low(),
                            m.rate().high(),
                            m.expected())));
    return points.build();
  }
}
