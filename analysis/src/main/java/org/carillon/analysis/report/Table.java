package org.carillon.analysis.report;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import org.carillon.analysis.diagnosis.Quantity;

/**
 * A table of texts. Columns of numbers are recognised by their cells; units stand in the headers.
 *
 * @param name of its file, of letters, digits, - and _
 * @param title what it tells, with the unit where all numbers share one
 * @param caption which clock, which n, which assumption; may be empty
 * @param headers of the columns
 * @param rows each with a cell per column; an empty one where there is nothing to tell, a dash
 *     where there is no such number
 * @param whole the file that holds all rows where there are too many to show
 */
public record Table(
    String name,
    String title,
    String caption,
    List<String> headers,
    List<List<String>> rows,
    String whole)
    implements Block {

  /** More rows nobody reads. */
  static final int MAX_ROWS = 200;

  private static final String ONE =
      "(below |above )?[−+±-]?[0-9][0-9,]*([.][0-9]+)?( ?(%|ns|µs|ms|s|min|h))?";

  private static final Pattern NUMBER = Pattern.compile("–|" + ONE + "( to " + ONE + ")?");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

  public Table {
    headers = List.copyOf(headers);
    rows = List.copyOf(rows);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no name of a table");
    }
    for (List<String> row : rows) {
      if (row.size() != headers.size()) {
        throw new IllegalArgumentException(
            name + ": " + row.size() + " cells in " + headers.size() + " columns: " + row);
      }
    }
  }

  /** A table of statistics, of which summary.json holds every row. */
  public static Table of(String name, String title, List<String> headers, List<List<String>> rows) {
    return new Table(name, title, "", headers, rows, "statistics/summary.json");
  }

  /** The same table, with these rows. */
  Table with(List<List<String>> filled) {
    return new Table(name, title, caption, headers, filled, whole);
  }

  /** The same table, with a caption: sentences, each with its full stop. */
  public Table captioned(String sentences) {
    return new Table(name, title, sentences, headers, rows, whole);
  }

  /** The same table, all of whose rows are in another file. */
  public Table from(String file) {
    return new Table(name, title, caption, headers, rows, file);
  }

  /** The rows to show. */
  List<List<String>> shown() {
    return rows.size() <= MAX_ROWS ? rows : rows.subList(0, MAX_ROWS);
  }

  /** The title, which tells how many rows are not shown. */
  String heading() {
    return rows.size() <= MAX_ROWS
        ? title
        : title
            + " (the first "
            + MAX_ROWS
            + " of "
            + Quantity.count(rows.size())
            + " rows; "
            + whole
            + " has all)";
  }

  /** The columns that hold nothing but numbers, with or without a unit. */
  BitSet numericColumns() {
    BitSet numeric = new BitSet(headers.size());
    for (int column = 0; column < headers.size(); column++) {
      numeric.set(column, isNumeric(column));
    }
    return numeric;
  }

  private boolean isNumeric(int column) {
    List<String> cells =
        rows.stream().map(row -> row.get(column)).filter(cell -> !cell.isEmpty()).toList();
    return !cells.isEmpty() && cells.stream().allMatch(cell -> NUMBER.matcher(cell).matches());
  }
}
