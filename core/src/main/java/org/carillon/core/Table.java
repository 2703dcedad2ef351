package org.carillon.core;

import java.util.ArrayList;
import java.util.List;

/** Rows of text under a heading, with columns as wide as they need to be. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  /** Begins with the heading. */
  public Table(String... heading) {
    rows.add(List.of(heading));
  }

  /** Adds a row of as many cells as the heading has. */
  public Table row(Object... cells) {
    List<String> texts = new ArrayList<>();
    for (Object cell : cells) {
      texts.add(String.valueOf(cell));
    }
    if (texts.size() != rows.getFirst().size()) {
      throw new IllegalArgumentException("a row has as many cells as the heading");
    }
    rows.add(texts);
    return this;
  }

  /** One line per row, without blanks at their ends. */
  @Override
  public String toString() {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }
}
