package org.carillon.analysis.store;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One row of an answer. */
public final class Row {

  private final Map<String, Object> values;

  Row(Map<String, Object> values) {
    this.values = values;
  }

  /** A whole number that is always there. */
  public long number(String column) {
    return optionalNumber(column)
        .orElseThrow(() -> new IllegalStateException(column + " is null in " + values));
  }

  /** A whole number, or empty where the answer is null. */
  public OptionalLong optionalNumber(String column) {
    return switch (value(column)) {
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
        .orElseThrow(() -> new IllegalStateException(column + " is null in " + values));
  }

  /** A text, or empty where the answer is null. */
  public Optional<String> optionalText(String column) {
    return Optional.ofNullable(value(column)).map(Object::toString);
  }

  List<String> columns() {
    return List.copyOf(values.keySet());
  }

  /** What stands there, whatever it is; null where the answer is null. */
  Object value(String column) {
    if (!values.containsKey(column)) {
      throw new IllegalStateException("no column " + column + " in " + values.keySet());
    }
    return values.get(column);
  }
}
