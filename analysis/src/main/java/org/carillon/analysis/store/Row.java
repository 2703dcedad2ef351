package org.carillon.analysis.store;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One row of an answer. */
public final class Row {

  private final List<String> columns;
  private final Object[] values;

  /**
   * Of an answer.
   *
   * @param columns the names, the same list for all rows of the answer
   * @param values what stands in each, null where the answer is null
   */
  Row(List<String> columns, Object... values) {
    this.columns = columns;
    this.values = values;
  }

  /** A whole number that is always there. */
  public long number(String column) {
    return optionalNumber(column)
        .orElseThrow(() -> new IllegalStateException(column + " is null in " + this));
  }

  /** A whole number, or empty where the answer is null. */
  public OptionalLong optionalNumber(String column) {
    return number(value(column), column);
  }

  private static OptionalLong number(Object value, String column) {
    return switch (value) {
      case null -> OptionalLong.empty();
      case Number number -> OptionalLong.of(number.longValue());
      case Object other ->
          throw new IllegalStateException(column + " is no number: " + other.getClass());
    };
  }

  /** A whole number of any size that is always there, such as a sum. */
  public BigInteger sum(String column) {
    return new BigInteger(text(column));
  }

  /** A text that is always there. */
  public String text(String column) {
    return optionalText(column)
        .orElseThrow(() -> new IllegalStateException(column + " is null in " + this));
  }

  /** A text, or empty where the answer is null. */
  public Optional<String> optionalText(String column) {
    return Optional.ofNullable(value(column)).map(Object::toString);
  }

  List<String> columns() {
    return columns;
  }

  /** What stands there, whatever it is; null where the answer is null. */
  Object value(String column) {
    int place = columns.indexOf(column);
    if (place < 0) {
      throw new IllegalStateException("no column " + column + " in " + columns);
    }
    return values[place];
  }

  /** What stands in a column, which are counted from 0. */
  Object value(int column) {
    return values[column];
  }

  @Override
  public String toString() {
    return columns + ": " + Arrays.toString(values);
  }
}
