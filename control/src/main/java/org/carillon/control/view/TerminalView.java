package org.carillon.control.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.carillon.control.controller.RunView;
import org.carillon.control.controller.RunView.WorkerView;
import org.carillon.control.statistics.LatencyHistogram;

/**
 * A table in the last lines of a terminal, a line per worker, redrawn in place. It stays there when
 * the run has ended.
 */
public final class TerminalView implements Consumer<RunView>, AutoCloseable {

  private static final List<String> HEADING =
      List.of("node", "state", "events", "rate/s", "lost", "p50", "p99", "offset ± bound", "CPU");

  /** Usual widths, so that columns do not move with every figure. */
  private static final int[] WIDTHS = {4, 10, 7, 6, 4, 7, 7, 17, 4};

  private static final int NAME_MIN = 6;
  private static final int LEFT_ALIGNED = 2;

  private final Screen screen;
  private final IntSupplier columns;
  private final IntSupplier rows;
  private final Supplier<Optional<SendProgress>> sending;

  /**
   * @param screen where the table is
   * @param columns of the terminal, asked before each drawing
   * @param rows of the terminal, the same
   * @param sending how far the coordinator is; empty if it sends nothing
   */
  public TerminalView(
      Screen screen,
      IntSupplier columns,
      IntSupplier rows,
      Supplier<Optional<SendProgress>> sending) {
    this.screen = screen;
    this.columns = columns;
    this.rows = rows;
    this.sending = sending;
  }

  @Override
  public void accept(RunView view) {
    screen.draw(lines(view, sending.get(), columns.getAsInt() - 1, rows.getAsInt() - 1));
    if (view.phase() == RunView.Phase.ENDED) {
      screen.leave();
    }
  }

  /** Leaves the terminal with the cursor below the table; may be repeated. */
  @Override
  public void close() {
    screen.leave();
  }

  static List<String> lines(RunView view, Optional<SendProgress> sending, int width, int height) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(Texts.phase(view, sending));
    Totals totals = Totals.of(view);
    lines.add(
        sending.map(progress -> Texts.sent(progress) + " to ").orElse("")
            + totals.workers()
            + (totals.workers() == 1 ? " worker" : " workers")
            + (totals.troubled() > 0 ? ", " + totals.troubled() + " not well" : "")
            + Texts.failedSends(sending));
    // Heading and totals stand around the workers.
    int room = Math.max(1, height - lines.size() - 2);
    List<WorkerView> workers = view.workers();
    List<WorkerView> shown = workers.size() <= room ? workers : mostUrgent(workers, room - 1);
    lines.addAll(table(shown, totals, width));
    if (shown.size() < workers.size()) {
      lines.add(lines.size() - 1, "… and " + (workers.size() - shown.size()) + " more");
    }
    return lines.stream().map(line -> cut(line, width)).toList();
  }

  /** Those that are not well first. */
  private static List<WorkerView> mostUrgent(List<WorkerView> workers, int room) {
    return workers.stream()
        .sorted(Comparator.comparing(worker -> worker.trouble().isEmpty()))
        .limit(room)
        .toList();
  }

  /** Heading, workers, totals, in columns as wide as what is in them. */
  private static List<String> table(List<WorkerView> workers, Totals totals, int width) {
    List<List<String>> table = new ArrayList<>();
    table.add(HEADING);
    workers.forEach(worker -> table.add(cells(worker)));
    table.add(cells(totals));
    int[] widths =
        IntStream.range(0, HEADING.size())
            .map(
                column ->
                    table.stream()
                        .filter(row -> row.size() == HEADING.size() || column < row.size() - 1)
                        .mapToInt(row -> row.get(column).length())
                        .reduce(WIDTHS[column], Math::max))
            .toArray();
    int tooWide = IntStream.of(widths).map(each -> each + 1).sum() - 1 - width;
    widths[0] = Math.max(Math.min(widths[0], NAME_MIN), widths[0] - Math.max(0, tooWide));
    return table.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = column == 0 ? cut(row.get(0), widths[0]) : row.get(column);
      String space = " ".repeat(Math.max(0, widths[column] - cell.length()));
      boolean sentence = row.size() < HEADING.size() && column == row.size() - 1;
      line.append(column < LEFT_ALIGNED || sentence ? cell + space : space + cell).append(' ');
    }
    return line.toString().stripTrailing();
  }

  private static List<String> cells(WorkerView worker) {
    List<String> cells =
        new ArrayList<>(
            List.of(
                Texts.printable(worker.name()),
                worker.state(),
                Long.toString(worker.counters().received())));
    worker
        .trouble()
        .ifPresentOrElse(
            trouble -> cells.add(Texts.printable(trouble)),
            () ->
                cells.addAll(
                    figures(
                        worker.rateHz(),
                        worker.counters().missing(),
                        worker.latencies(),
                        Texts.offset(worker.clock().offset()),
                        Texts.cpu(worker.cpu()))));
    return cells;
  }

  private static List<String> cells(Totals totals) {
    List<String> cells =
        new ArrayList<>(List.of("all", "", Long.toString(totals.counters().received())));
    cells.addAll(
        figures(
            totals.rateHz(),
            totals.counters().missing(),
            totals.latencies(),
            Texts.bound(totals.boundNs()),
            ""));
    return cells;
  }

  private static List<String> figures(
      double rateHz, long missing, LatencyHistogram latencies, String offset, String cpu) {
    return List.of(
        Texts.rate(rateHz),
        Long.toString(missing),
        Texts.percentile(latencies, 50),
        Texts.percentile(latencies, 99),
        offset,
        cpu);
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
  }
}
