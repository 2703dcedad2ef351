package org.carillon.analysis.condition;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.carillon.analysis.diagnosis.Quantity;

/**
 * What came of a condition.
 *
 * @param condition as it was written
 * @param verdict whether the run is good enough by it
 * @param numbers that it names, in the order in which it names them, and what they were
 */
public record Outcome(String condition, Verdict verdict, List<Named> numbers) {

  public Outcome {
    numbers = List.copyOf(numbers);
  }

  /** Whether a run passes a condition under which it would fail. */
  public enum Verdict {
    /** The condition does not hold. */
    PASSED("passed"),
    /** The condition holds. */
    FAILED("failed"),
    /** A number that decides it was not measured; that is no pass. */
    CANNOT_BE_TOLD("cannot be told");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    /** As it is written in lines and files. */
    public String words() {
      return words;
    }
  }

  /**
   * A number of a condition.
   *
   * @param name its path, or {@code baseline(PATH)}
   */
  public record Named(String name, Lookup value) {

    private String sentence() {
      return switch (value) {
        case Lookup.Known(BigDecimal number) -> name + " = " + told(number);
        case Lookup.Missing(String why) -> name + ": " + why;
        case Lookup.Unknown _ -> name + ": there is no such number";
      };
    }

    /** The exact number, and how long that is where it is a time. */
    private String told(BigDecimal number) {
      String exact = number.stripTrailingZeros().toPlainString();
      boolean time = name.endsWith("_ns") || name.endsWith("_ns)");
      Optional<Long> ns = time ? whole(number) : Optional.empty();
      return exact + ns.map(it -> " (" + Quantity.duration(it) + ")").orElse("");
    }

    private static Optional<Long> whole(BigDecimal number) {
      try {
        return Optional.of(number.longValueExact());
      } catch (ArithmeticException e) {
        return Optional.empty();
      }
    }
  }

  /** Whether the run is good enough by it. */
  public boolean passed() {
    return verdict == Verdict.PASSED;
  }

  /** One line: the verdict, the condition, its numbers. */
  public String line() {
    String told = String.join("; ", numbers.stream().map(Named::sentence).toList());
    return verdict.words() + ": " + condition + (told.isEmpty() ? "" : " – " + told);
  }
}
