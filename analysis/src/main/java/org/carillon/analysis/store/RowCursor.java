package org.carillon.analysis.store;

import java.util.OptionalLong;

/** A row of an answer that was given before. */
record RowCursor(Row row) implements Cursor {

  @Override
  public long number(int column) {
    return row.number(name(column));
  }

  @Override
  public OptionalLong optionalNumber(int column) {
    return row.optionalNumber(name(column));
  }

  @Override
  public String text(int column) {
    return row.optionalText(name(column)).orElse(null);
  }

  private String name(int column) {
    return row.columns().get(column - 1);
  }
}
