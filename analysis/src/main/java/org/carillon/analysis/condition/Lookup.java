package org.carillon.analysis.condition;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What stands at a path. */
public sealed interface Lookup {

  /** A number. */
  record Known(BigDecimal value) implements Lookup {}

  /** A place that the document has and that holds no number. */
  record Missing(String why) implements Lookup {}

  /** No place of the document, with the existing paths that are spelt most alike. */
  record Unknown(List<String> nearest) implements Lookup {
    public Unknown {
      nearest = List.copyOf(nearest);
    }
  }

  /** The number, if there is one. */
  default Optional<BigDecimal> number() {
    return this instanceof Known(BigDecimal value) ? Optional.of(value) : Optional.empty();
  }
}
