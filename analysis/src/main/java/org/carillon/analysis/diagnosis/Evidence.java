package org.carillon.analysis.diagnosis;

import java.util.ArrayList;
import java.util.List;
import org.carillon.analysis.diagnosis.Answer.Verdict;

/** What several clocks say of one question; each clause begins with the clock. */
final class Evidence {

  private final List<String> holding = new ArrayList<>();
  private final List<String> failing = new ArrayList<>();
  private final List<String> open = new ArrayList<>();

  void holds(String clause) {
    holding.add(clause);
  }

  void fails(String clause) {
    failing.add(clause);
  }

  void isOpen(String clause) {
    open.add(clause);
  }

  boolean isHolding() {
    return !holding.isEmpty();
  }

  boolean isEmpty() {
    return holding.isEmpty() && failing.isEmpty() && open.isEmpty();
  }

  /**
   * The sentence: what one clock can be trusted for holds, whatever the others do.
   *
   * @param question what may hold or not
   * @param nothing why it cannot be told, if no clock says anything
   */
  Answer answer(String question, String nothing) {
    List<String> parts = new ArrayList<>();
    if (!holding.isEmpty()) {
      parts.add("holds " + String.join(", and ", holding));
    }
    if (!failing.isEmpty()) {
      parts.add("does not hold " + String.join(", nor ", failing));
    }
    if (!open.isEmpty()) {
      parts.add("cannot be told " + String.join(", nor ", open));
    }
    return new Answer(
        verdict(),
        question
            + " "
            + (parts.isEmpty() ? "cannot be told: " + nothing : String.join("; it ", parts))
            + ".");
  }

  private Verdict verdict() {
    if (!holding.isEmpty()) {
      return Verdict.HOLDS;
    }
    return failing.isEmpty() ? Verdict.CANNOT_BE_TOLD : Verdict.DOES_NOT_HOLD;
  }
}
