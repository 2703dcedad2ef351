package org.carillon.analysis.statistics;

import java.util.Objects;
import java.util.Optional;

/** A result, or the reason why there can be none. */
public sealed interface Judgement<T> {

  /** The comparison was possible. */
  record Known<T>(T value) implements Judgement<T> {
    public Known {
      Objects.requireNonNull(value);
    }
  }

  /** One end lacks the clock. */
  record NotComparable<T>(String why) implements Judgement<T> {
    public NotComparable {
      Objects.requireNonNull(why);
    }
  }

  /** The result, if there is one. */
  default Optional<T> known() {
    return switch (this) {
      case Known<T>(T value) -> Optional.of(value);
      case NotComparable<T> _ -> Optional.empty();
    };
  }
}
