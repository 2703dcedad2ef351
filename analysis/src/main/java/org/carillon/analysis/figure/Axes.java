package org.carillon.analysis.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.XYStyler;

/**
 * Charts with axes in our style. XChart draws the curves, bands and bars; grid, ticks and titles
 * are drawn here, because XChart leaves out the labels at an axis's ends and puts ticks where data
 * is.
 */
final class Axes {

  private static final Color INVISIBLE = new Color(255, 255, 255, 0);

  /** What a vertical axis needs at its left, and a horizontal one below. */
  static final int LEFT = 62;

  static final int FOOT = 46;

  private static final double LABEL_WIDTH = 56;
  private static final double LABEL_HEIGHT = 19;

  private Axes() {}

  /** A chart whose plot fills it; both axes are to be given their limits. */
  static XYChart chart(double left, double right, double bottom, double top) {
    XYChart chart = new XYChartBuilder().width(100).height(100).build();
    XYStyler styler = chart.getStyler();
    styler.setLegendVisible(false);
    styler.setChartTitleVisible(false);
    styler.setChartBackgroundColor(INVISIBLE);
    styler.setPlotBackgroundColor(INVISIBLE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesVisible(false);
    styler.setPlotTicksMarksVisible(false);
    styler.setChartPadding(0);
    styler.setPlotMargin(0);
    styler.setPlotContentSize(1.0);
    styler.setAxisTitlesVisible(false);
    styler.setAxisTicksVisible(false);
    styler.setLocale(Locale.ROOT);
    styler.setAntiAlias(true);
    styler.setXAxisMin(left).setXAxisMax(right);
    styler.setYAxisMin(bottom).setYAxisMax(top);
    return chart;
  }

  /**
   * Paints a chart into a rectangle, with grid and axes.
   *
   * @param horizontal the horizontal axis's title, with its unit
   * @param vertical the vertical axis's; without one that axis is not drawn
   */
  static void paint(
      XYChart chart, Graphics2D g, Rectangle2D plot, String horizontal, String vertical) {
    XYStyler styler = chart.getStyler();
    horizontalAxis(g, plot, styler.getXAxisMin(), styler.getXAxisMax());
    if (!vertical.isEmpty()) {
      verticalAxis(g, plot, styler.getYAxisMin(), styler.getYAxisMax());
      AffineTransform before = g.getTransform();
      g.translate(plot.getX() - 46, plot.getCenterY());
      g.rotate(-Math.PI / 2);
      Letters.draw(g, vertical, 0, 0, Letters.Anchor.CENTER, Style.SMALL, Style.INK);
      g.setTransform(before);
    }
    Letters.draw(
        g,
        horizontal,
        plot.getCenterX(),
        plot.getMaxY() + 37,
        Letters.Anchor.CENTER,
        Style.SMALL,
        Style.INK);
    Graphics2D inner = (Graphics2D) g.create();
    inner.translate(plot.getX(), plot.getY());
    chart.paint(inner, (int) plot.getWidth(), (int) plot.getHeight());
    inner.dispose();
  }

  private static void horizontalAxis(Graphics2D g, Rectangle2D plot, double low, double high) {
    for (BigDecimal tick : ticks(low, high, plot.getWidth() / LABEL_WIDTH)) {
      double x = plot.getX() + plot.getWidth() * (tick.doubleValue() - low) / (high - low);
      line(g, Style.GRID, x, plot.getY(), x, plot.getMaxY());
      line(g, Style.QUIET, x, plot.getMaxY(), x, plot.getMaxY() + 4);
      Letters.draw(
          g, label(tick), x, plot.getMaxY() + 18, Letters.Anchor.CENTER, Style.SMALL, Style.INK);
    }
    line(g, Style.QUIET, plot.getX(), plot.getMaxY(), plot.getMaxX(), plot.getMaxY());
  }

  private static void verticalAxis(Graphics2D g, Rectangle2D plot, double low, double high) {
    for (BigDecimal tick : ticks(low, high, plot.getHeight() / LABEL_HEIGHT)) {
      double y = plot.getMaxY() - plot.getHeight() * (tick.doubleValue() - low) / (high - low);
      line(g, Style.GRID, plot.getX(), y, plot.getMaxX(), y);
      line(g, Style.QUIET, plot.getX() - 4, y, plot.getX(), y);
      Letters.draw(
          g, label(tick), plot.getX() - 8, y + 4, Letters.Anchor.RIGHT, Style.SMALL, Style.INK);
    }
    line(g, Style.QUIET, plot.getX(), plot.getY(), plot.getX(), plot.getMaxY());
  }

  private static void line(Graphics2D g, Color color, double x1, double y1, double x2, double y2) {
    g.setColor(color);
    g.setStroke(new BasicStroke(0.8f));
    g.draw(new Line2D.Double(x1, y1, x2, y2));
  }

  private static String label(BigDecimal tick) {
    return tick.stripTrailingZeros().toPlainString().replace('-', '−');
  }

  /** Round numbers within the limits: 1, 2 or 5 times a power of ten apart, at most so many. */
  static List<BigDecimal> ticks(double low, double high, double most) {
    double roughStep = (high - low) / Math.max(1, most);
    int exponent = (int) Math.floor(Math.log10(roughStep));
    BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen(exponent);
    for (int factor : new int[] {1, 2, 5, 10}) {
      step = BigDecimal.valueOf(factor).scaleByPowerOfTen(exponent);
      if (step.doubleValue() >= roughStep * 0.9) {
        break;
      }
    }
    List<BigDecimal> ticks = new ArrayList<>();
    long first = (long) Math.ceil(low / step.doubleValue());
    long last = (long) Math.floor(high / step.doubleValue());
    for (long i = first; i <= last; i++) {
      BigDecimal tick = step.multiply(BigDecimal.valueOf(i));
      ticks.add(tick.signum() == 0 ? BigDecimal.ZERO : tick);
    }
    return ticks;
  }
}
