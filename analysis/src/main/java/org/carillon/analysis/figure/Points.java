package org.carillon.analysis.figure;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The numbers that a picture shows, as they stand in the CSV file beside it: whole numbers of ns
 * and of events as they are, shares between 0 and 1.
 *
 * @param columns names, with their units; each once
 * @param rows each with a cell per column; an empty cell where there is nothing
 */
public record Points(List<String> columns, List<List<String>> rows) {

  public Points {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(row + " does not fit " + columns);
      }
    }
  }

  /** Begins a table of these columns. */
  static Builder of(String... columns) {
    return new Builder(List.of(columns));
  }

  /** Collects rows. */
  static final class Builder {
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    private Builder(List<String> columns) {
      this.columns = columns;
    }

    /** Adds a row of texts and numbers; an empty {@link OptionalLong} is an empty cell. */
    Builder row(Object... cells) {
      List<String> row = new ArrayList<>();
      for (Object cell : cells) {
        row.add(text(cell));
      }
      rows.add(row);
      return this;
    }

    Points build() {
      return new Points(columns, rows);
    }
  }

  private static String text(Object cell) {
    return switch (cell) {
      case OptionalLong number -> number.isPresent() ? Long.toString(number.getAsLong()) : "";
      case OptionalDouble number -> number.isPresent() ? text(number.getAsDouble()) : "";
      case Double number -> new BigDecimal(Double.toString(number)).toPlainString();
      default -> cell.toString();
    };
  }

  /**
   * Several tables as one: the first column names the panel, and a column that a panel has not is
   * empty there.
   */
  static Points panels(Map<String, Points> panels) {
    Set<String> names = new LinkedHashSet<>();
    names.add("panel");
    panels.values().forEach(panel -> names.addAll(panel.columns()));
    List<String> all = List.copyOf(names);
    List<List<String>> rows = new ArrayList<>();
    panels.forEach(
        (name, panel) -> {
          for (List<String> cells : panel.rows()) {
            List<String> row = new ArrayList<>(Collections.nCopies(all.size(), ""));
            row.set(0, name);
            for (int i = 0; i < cells.size(); i++) {
              row.set(all.indexOf(panel.columns().get(i)), cells.get(i));
            }
            rows.add(row);
          }
        });
    return new Points(all, rows);
  }

  /** The table as CSV (RFC 4180, but each line ends in a line feed), its header first. */
  public String csv() {
    StringBuilder text = new StringBuilder(64 * (rows.size() + 1));
    line(text, columns);
    rows.forEach(row -> line(text, row));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      text.append(i == 0 ? "" : ",").append(quoted(cells.get(i)));
    }
    text.append('\n');
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
