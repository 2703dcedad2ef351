package org.carillon.analysis.condition;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.carillon.analysis.condition.Expression.Place;
import org.carillon.analysis.condition.Expression.Runs;
import org.carillon.analysis.condition.Lookup.Unknown;
import org.carillon.analysis.condition.Outcome.Named;
import org.carillon.analysis.condition.Outcome.Verdict;

/** A condition under which a run is not good enough. */
public final class Condition {

  private final String text;
  private final Expression.Test test;
  private final Set<Place> places = new LinkedHashSet<>();

  private Condition(String text, Expression.Test test) {
    this.text = text;
    this.test = test;
    test.places(places);
  }

  /**
   * Reads a condition such as {@code windows.100ms.bounded.ambiguous_rate > baseline * 1.1}.
   *
   * @throws IllegalArgumentException with a sentence that has the position and what was expected
   */
  public static Condition parse(String text) {
    try {
      return new Condition(text.strip(), Parser.parse(text));
    } catch (ConditionFault e) {
      throw new IllegalArgumentException(
          "'" + text.strip() + "' is no condition: " + e.getMessage(), e);
    }
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  /** Whether it needs the numbers of another run. */
  public boolean needsBaseline() {
    return places.stream().anyMatch(Place::baseline);
  }

  /**
   * Judges a run.
   *
   * @param run its numbers
   * @param baseline those of the run, or runs, that it is held against
   * @throws IllegalArgumentException with a sentence if it names a path that the run does not have
   */
  public Outcome judge(Numbers run, Numbers baseline) {
    List<Named> numbers = new ArrayList<>();
    for (Place place : places) {
      Lookup found = place.of(new Runs(run, baseline));
      if (found instanceof Unknown(List<String> nearest)) {
        if (!place.baseline()) {
          throw new IllegalArgumentException(unknown(place.path(), nearest));
        }
        found = new Lookup.Missing("the baseline has no such number");
      }
      numbers.add(
          new Named(place.baseline() ? "baseline(" + place.path() + ")" : place.path(), found));
    }
    return new Outcome(
        text,
        switch (test.of(new Runs(run, baseline))) {
          case FALSE -> Verdict.PASSED;
          case TRUE -> Verdict.FAILED;
          case UNKNOWN -> Verdict.CANNOT_BE_TOLD;
        },
        numbers);
  }

  private String unknown(String path, List<String> nearest) {
    return "'"
        + text
        + "': there is no number "
        + path
        + " in summary.json"
        + (nearest.isEmpty() ? "" : "; the nearest are " + String.join(", ", nearest))
        + (path.indexOf('-') < 0 ? "" : "; to subtract, put blanks around the minus")
        + ".";
  }

  @Override
  public String toString() {
    return text;
  }
}
