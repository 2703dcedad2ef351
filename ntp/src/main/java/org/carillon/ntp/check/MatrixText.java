package org.carillon.ntp.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.core.CheckVerdict;

/** The differences between clocks as a square of names by names, in blocks of columns that fit. */
final class MatrixText {

  private static final String GAP = "  ";

  /** What stands in a cell, and its colour if it has one. */
  private record Cell(String text, Optional<CheckVerdict> verdict) {}

  private final VerdictText verdicts;
  private final List<String> names;
  private final Map<String, Map<String, Cell>> rows = new LinkedHashMap<>();

  /**
   * @param names of rows and columns
   * @param pairs of which each fills two cells
   * @param limitNs how far apart any two may be
   */
  MatrixText(VerdictText verdicts, List<String> names, List<FleetReport.Pair> pairs, long limitNs) {
    this.verdicts = verdicts;
    this.names = names;
    for (String row : names) {
      Map<String, Cell> cells = new LinkedHashMap<>();
      names.forEach(
          column ->
              cells.put(column, new Cell(row.equals(column) ? "-" : "unknown", Optional.empty())));
      rows.put(row, cells);
    }
    for (FleetReport.Pair pair : pairs) {
      rows.get(pair.first()).put(pair.second(), cell(pair.difference(), limitNs));
      rows.get(pair.second()).put(pair.first(), cell(pair.difference().reversed(), limitNs));
    }
  }

  private static Cell cell(ClockDifference difference, long limitNs) {
    CheckVerdict verdict = difference.verdict(limitNs);
    String mark =
        switch (verdict) {
          case FAIL -> " !";
          case WARN, UNKNOWN -> " ?";
          case PASS -> "";
        };
    return new Cell(Amounts.offset(difference.ahead()) + mark, Optional.of(verdict));
  }

  /** The square, with a line feed at its end. */
  String text(int width) {
    StringBuilder text = new StringBuilder();
    List<String> block = new ArrayList<>();
    int used = VerdictText.widest(names);
    for (String column : names) {
      int columnWidth = GAP.length() + widthOf(column);
      if (!block.isEmpty() && used + columnWidth > width) {
        append(text, block);
        text.append('\n');
        block.clear();
        used = VerdictText.widest(names);
      }
      block.add(column);
      used += columnWidth;
    }
    append(text, block);
    return text.toString();
  }

  private int widthOf(String column) {
    int widest = column.length();
    for (Map<String, Cell> cells : rows.values()) {
      widest = Math.max(widest, cells.get(column).text().length());
    }
    return widest;
  }

  private void append(StringBuilder text, List<String> columns) {
    int nameWidth = VerdictText.widest(names);
    StringBuilder heading = new StringBuilder(" ".repeat(nameWidth));
    columns.forEach(
        column -> heading.append(GAP).append(VerdictText.padded(column, widthOf(column))));
    text.append(heading.toString().stripTrailing()).append('\n');
    rows.forEach(
        (row, cells) -> {
          text.append(VerdictText.padded(row, nameWidth));
          int blanks = 0;
          for (String column : columns) {
            Cell cell = cells.get(column);
            text.append(" ".repeat(blanks)).append(GAP);
            text.append(
                cell.verdict()
                    .map(verdict -> verdicts.coloured(verdict, cell.text()))
                    .orElse(cell.text()));
            blanks = widthOf(column) - cell.text().length();
          }
          text.append('\n');
        });
  }
}
