package org.carillon.analysis.store;

import java.sql.ResultSet;
import java.util.OptionalLong;

/** The row that a result set stands on. */
record ResultCursor(ResultSet answer) implements Cursor {

  @Override
  public long number(int column) {
    return Database.asked(
        () -> {
          long value = answer.getLong(column);
          if (answer.wasNull()) {
            throw new IllegalStateException("column " + column + " is null");
          }
          return value;
        });
  }

  @Override
  public OptionalLong optionalNumber(int column) {
    return Database.asked(
        () -> {
          long value = answer.getLong(column);
          return answer.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
        });
  }

  @Override
  public String text(int column) {
    return Database.asked(() -> answer.getString(column));
  }
}
