package org.carillon.analysis.input;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The header of a CSV file: which columns of a table it has, and in which cells of a row. */
final class CsvHeader {
  private final Table table;
  private final FileAccount account;

  private boolean usable;
  private long headerLine;
  private int cellsPerRow;
  private int[] cellOfColumn;

  /**
   * @param account takes what is wrong with it
   */
  CsvHeader(Table table, FileAccount account) {
    this.table = table;
    this.account = account;
  }

  /**
   * Reads the header, the first line that is not blank, which says where the columns are and
   * whether rows below it can be used.
   */
  void read(LineReader reader) throws IOException {
    Optional<Line> first = reader.next();
    while (first.isPresent() && first.get().complete() && first.get().isBlank()) {
      account.countBlank();
      first = reader.next();
    }
    if (reader.byteOrderMark()) {
      account.report(1, Optional.empty(), "begins with a byte order mark, which was skipped");
    }
    usable = mayUse(first, reader.damage().isPresent());
  }

  private boolean mayUse(Optional<Line> first, boolean isDamaged) {
    if (first.isEmpty()) {
      if (!isDamaged) {
        account.report(
            0, Optional.empty(), "the file is empty, not even a header; nothing was recorded");
      }
      return false;
    }
    Line line = first.get();
    headerLine = line.number();
    if (line.hasBareReturns()) {
      account.report(
          headerLine,
          Optional.empty(),
          "lines end in CR alone, which is no line end here, so that no row of this file is used;"
              + " write LF instead, for example with: tr '\\r' '\\n'");
      return false;
    }
    Optional<List<String>> cells = line.oversized() ? Optional.empty() : cells(line);
    if (cells.isEmpty()) {
      account.report(
          headerLine,
          Optional.empty(),
          "is no CSV header (" + whyNoCells(line) + "); no row of this file is used");
      return false;
    }
    if (!line.complete()) {
      account.report(
          headerLine,
          Optional.empty(),
          "the file ends within its header; no row "
              + (isDamaged ? "can be read" : "was recorded"));
      return false;
    }
    return findColumns(cells.get().stream().map(String::strip).toList());
  }

  private static Optional<List<String>> cells(Line line) {
    return line.text().flatMap(Cells::split);
  }

  private boolean findColumns(List<String> names) {
    cellsPerRow = names.size();
    List<InputColumn> columns = table.columns();
    cellOfColumn = new int[columns.size()];
    Arrays.fill(cellOfColumn, -1);
    boolean usable = true;
    for (int cell = 0; cell < names.size(); cell++) {
      int column = table.indexOf(names.get(cell));
      if (column < 0) {
        account.noteUnused(names.get(cell));
      } else if (cellOfColumn[column] >= 0) {
        account.report(
            headerLine,
            Optional.of(names.get(cell)),
            "the header names this column twice; no row of this file is used");
        usable = false;
      } else {
        cellOfColumn[column] = cell;
      }
    }
    for (int column = 0; column < columns.size(); column++) {
      if (cellOfColumn[column] < 0) {
        if (columns.get(column).required()) {
          account.report(
              headerLine,
              Optional.of(columns.get(column).name()),
              "this required column is missing; no row of this file is used");
          usable = false;
        } else {
          account.noteMissing(columns.get(column).name());
        }
      }
    }
    for (List<String> group : table.alternatives()) {
      if (group.stream().noneMatch(names::contains)) {
        account.report(
            headerLine,
            Optional.empty(),
            "there is none of the columns "
                + String.join(", ", group)
                + "; no row of this file is used");
        usable = false;
      }
    }
    return usable;
  }

  /** Whether it names all that a row needs. */
  boolean usable() {
    return usable;
  }

  /** How many cells a row has. */
  int cellsPerRow() {
    return cellsPerRow;
  }

  /** Which cell of a row holds a column of the table; negative if the file does not have it. */
  int cellOf(int column) {
    return cellOfColumn == null ? -1 : cellOfColumn[column];
  }

  /** Why a line cannot be divided into cells. */
  static String whyNoCells(Line line) {
    if (line.oversized()) {
      return "longer than 1 MiB";
    }
    return line.text().isEmpty()
        ? "bytes that are no UTF-8 text"
        : "a quote is not closed or stands within a cell";
  }
}
