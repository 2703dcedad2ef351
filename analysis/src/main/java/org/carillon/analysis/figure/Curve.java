package org.carillon.analysis.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import org.carillon.analysis.statistics.Clock;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Curves and bands as step functions: a value holds until the next one. XChart draws a smooth
 * series as one path, whose dashes run on and whose file is small, and any other as single strokes;
 * along steps, which are level or upright, a smooth path is exact.
 */
final class Curve {

  private Curve() {}

  /** Adds a line through values that hold from each position to the next. */
  static void line(
      XYChart chart, String name, double[] x, double[] y, Color color, BasicStroke stroke) {
    double[] stepX = new double[2 * x.length - 1];
    double[] stepY = new double[2 * x.length - 1];
    steps(x, y, stepX, stepY);
    XYSeries series = add(chart, name, stepX, stepY, color, stroke);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
  }

  /** Adds the band of a clock between two such lines. */
  static void band(XYChart chart, Clock clock, double[] x, double[] low, double[] high) {
    int n = 2 * x.length - 1;
    double[] bandX = new double[2 * n];
    double[] bandY = new double[2 * n];
    steps(x, high, bandX, bandY);
    double[] backX = new double[n];
    double[] backY = new double[n];
    steps(x, low, backX, backY);
    for (int i = 0; i < n; i++) {
      bandX[n + i] = backX[n - 1 - i];
      bandY[n + i] = backY[n - 1 - i];
    }
    // The outline keeps a band visible that is thinner than a line.
    XYSeries series =
        add(chart, clock.key(), bandX, bandY, Style.color(clock), Style.line(0, 0.9f));
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
    series.setFillColor(Style.fill(clock));
  }

  private static XYSeries add(
      XYChart chart, String name, double[] x, double[] y, Color color, BasicStroke stroke) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setSmooth(true);
    series.setLineColor(color);
    series.setLineStyle(stroke);
    series.setMarker(SeriesMarkers.NONE);
    return series;
  }

  private static void steps(double[] x, double[] y, double[] stepX, double[] stepY) {
    stepX[0] = x[0];
    stepY[0] = y[0];
    for (int i = 1; i < x.length; i++) {
      stepX[2 * i - 1] = x[i];
      stepY[2 * i - 1] = y[i - 1];
      stepX[2 * i] = x[i];
      stepY[2 * i] = y[i];
    }
  }
}
