package org.carillon.analysis.figure;

import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.statistics.Clock;

/**
 * How many events had which latency when: a panel per clock, of all workers together, darker where
 * more events are.
 */
record LatencyOverTime(String title, LatencyCells cells, int width, int panelHeight)
    implements Picture {

  private static final int ROWS = 32;
  private static final int LEVELS = 6;
  private static final int NAME = 20;
  private static final int BETWEEN = 22;

  /** Neighbours reach under each other so much, lest white lines appear between them. */
  private static final double OVERLAP = 0.3;

  private record Panel(String name, List<Clock> clocks, LatencyCells.Grid grid) {}

  private List<Panel> panels() {
    Map<Clock, LatencyCells.Grid> grids = new EnumMap<>(Clock.class);
    grids.putAll(cells.grids(ROWS));
    boolean same =
        grids.containsKey(Clock.NTP) && grids.get(Clock.NTP).equals(grids.get(Clock.BOUNDED));
    List<Panel> panels = new ArrayList<>();
    grids.forEach(
        (clock, grid) -> {
          if (same && clock == Clock.NTP) {
            panels.add(
                new Panel(
                    "NTP and bounded clock (same estimate)",
                    List.of(Clock.NTP, Clock.BOUNDED),
                    grid));
          } else if (!same || clock != Clock.BOUNDED) {
            panels.add(new Panel(clock.title(), List.of(clock), grid));
          }
        });
    return panels;
  }

  /** The least number of events of each level, rising: levels are equal ratios. */
  static List<Long> levels(long most) {
    List<Long> levels = new ArrayList<>(List.of(1L));
    for (int i = 1; i < LEVELS; i++) {
      long from = (long) Math.ceil(Math.pow(most + 1.0, (double) i / LEVELS));
      if (from > levels.getLast() && from <= most) {
        levels.add(from);
      }
    }
    return levels;
  }

  private List<Long> levels() {
    return levels(panels().stream().mapToLong(panel -> panel.grid().most()).max().orElse(1));
  }

  private Legend legend() {
    List<Long> levels = levels();
    long most = panels().stream().mapToLong(panel -> panel.grid().most()).max().orElse(1);
    List<Legend.Entry> entries = new ArrayList<>();
    for (int i = 0; i < levels.size(); i++) {
      long from = levels.get(i);
      long to = i + 1 < levels.size() ? levels.get(i + 1) - 1 : most;
      entries.add(
          Legend.box(
              (from == to ? count(from) : count(from) + "–" + count(to))
                  + (i == 0 ? to == 1 ? " event" : " events" : ""),
              Style.density(i, levels.size())));
    }
    return new Legend(entries, width);
  }

  private static String count(long n) {
    return Quantity.count(n);
  }

  private int top() {
    return 20 + legend().height() + 2;
  }

  @Override
  public int height() {
    int panels = panels().size();
    return panels == 0
        ? 50
        : top() + panels * (NAME + panelHeight) + (panels - 1) * BETWEEN + Axes.FOOT;
  }

  @Override
  public void paint(Graphics2D g) {
    Letters.draw(g, title, 0, 14, Letters.Anchor.LEFT, Style.TITLE, Style.INK);
    List<Panel> panels = panels();
    if (panels.isEmpty()) {
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
    int columns =
        1
            + panels.stream()
                .flatMap(panel -> panel.grid().counts().keySet().stream())
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
    LinearAxis time = LinearAxis.sinceStart(columns * cells.columnNs());
    List<Long> levels = levels();
    double y = top();
    for (int i = 0; i < panels.size(); i++) {
      Panel panel = panels.get(i);
      LogAxis axis = panel.grid().axis();
      Letters.draw(
          g,
          Letters.fit(
              panel.name() + ": latency, log scale" + axis.remark(),
              Style.SMALL,
              width - Axes.LEFT + 40.0),
          Axes.LEFT - 40,
          y + 14,
          Letters.Anchor.LEFT,
          Style.SMALL,
          Style.QUIET);
      y += NAME;
      Rectangle2D area =
          new Rectangle2D.Double(Axes.LEFT, y, width - Axes.LEFT - Axes.MARGIN_RIGHT, panelHeight);
      String title =
          i == panels.size() - 1 ? "time since the first event (" + time.unit() + ")" : "";
      Plot plot = new Plot(area, time, axis);
      plot.paint(g, title, " ");
      paint(g, panel.grid(), plot, area, levels);
      y += panelHeight + BETWEEN;
    }
  }

  private void paint(
      Graphics2D g, LatencyCells.Grid grid, Plot plot, Rectangle2D area, List<Long> levels) {
    List<Path2D> paths = new ArrayList<>();
    levels.forEach(_ -> paths.add(new Path2D.Double()));
    grid.counts()
        .forEach(
            (column, rows) -> {
              double left = plot.across((double) column * cells.columnNs());
              double right = plot.across((column + 1.0) * cells.columnNs()) + OVERLAP;
              rows.forEach(
                  (row, n) -> {
                    double top = Math.max(area.getMinY(), plot.down(grid.untilNs(row)));
                    double bottom = Math.min(area.getMaxY(), plot.down(grid.fromNs(row)) + OVERLAP);
                    // Where rows are thinner than can be seen, as a row of a single value may be.
                    double height = Math.max(1, bottom - top);
                    paths
                        .get(level(levels, n))
                        .append(
                            new Rectangle2D.Double(left, bottom - height, right - left, height),
                            false);
                  });
            });
    for (int level = 0; level < levels.size(); level++) {
      g.setColor(Style.density(level, levels.size()));
      g.fill(paths.get(level));
    }
  }

  private static int level(List<Long> levels, long n) {
    int level = levels.size() - 1;
    while (levels.get(level) > n) {
      level--;
    }
    return level;
  }

  @Override
  public Points points() {
    Points.Builder points =
        Points.of(
            "clock",
            "since_start_from_ns",
            "since_start_until_ns",
            "latency_from_ns",
            "latency_until_ns",
            "n");
    for (Panel panel : panels()) {
      for (Clock clock : panel.clocks()) {
        panel
            .grid()
            .counts()
            .forEach(
                (column, rows) ->
                    rows.forEach(
                        (row, n) ->
                            points.row(
                                clock.key(),
                                column * cells.columnNs(),
                                (column + 1) * cells.columnNs(),
                                panel.grid().fromNs(row),
                                panel.grid().untilNs(row),
                                n)));
      }
    }
    return points.build();
  }
}
