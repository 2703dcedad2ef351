package org.carillon.analysis.diagnosis;

/**
 * One of the questions that an analysis is asked, and what the numbers say.
 *
 * @param verdict whether the clocks can be trusted for that
 * @param sentence the answer, which names the clock, n and the assumption
 */
public record Answer(Verdict verdict, String sentence) {

  /** What the data allows to say; that it allows nothing is a result too. */
  public enum Verdict {
    HOLDS,
    DOES_NOT_HOLD,
    CANNOT_BE_TOLD
  }
}
