package org.carillon.analysis.statistics.quality;

import org.carillon.analysis.statistics.Coverage;
import org.carillon.analysis.statistics.ModelJudgement;
import org.carillon.analysis.statistics.Verdict.Answer;

/**
 * Whether what a clock claims of itself is so, in this run.
 *
 * @param answer one of three
 * @param because the numbers behind it, as the end of a sentence
 */
public record ClaimVerdict(Answer answer, String because) {

  /** Fewer confirmed claims than this are no confirmation of the next one. */
  private static final long LEAST = 10;

  /** Of bounds whose true time is known. */
  static ClaimVerdict of(Coverage coverage) {
    String because =
        coverage.inside() + " of " + readings(coverage.n()) + " hold true time, which is known";
    if (coverage.inside() < coverage.n()) {
      return new ClaimVerdict(Answer.DOES_NOT_HOLD, because);
    }
    return new ClaimVerdict(
        coverage.n() < LEAST ? Answer.CANNOT_BE_TOLD : Answer.HOLDS,
        coverage.n() < LEAST ? "only " + readings(coverage.n()) : because);
  }

  /** Of claims that later exchanges judge, each by those that it was not made from. */
  static ClaimVerdict of(ModelJudgement judgement) {
    if (judgement.refuted() > 0) {
      return new ClaimVerdict(
          Answer.DOES_NOT_HOLD,
          judgement.refuted()
              + " of "
              + exchanges(judgement.n())
              + " that came after a claim prove it wrong");
    }
    if (judgement.n() < LEAST) {
      return new ClaimVerdict(
          Answer.CANNOT_BE_TOLD,
          judgement.n() == 0
              ? "no exchange came within 16 s after a claim"
              : "only " + exchanges(judgement.n()) + " came after a claim");
    }
    return judgement.undecided() == 0
        ? new ClaimVerdict(
            Answer.HOLDS, "all " + exchanges(judgement.n()) + " that came after a claim confirm it")
        : new ClaimVerdict(
            Answer.CANNOT_BE_TOLD,
            judgement.undecided()
                + " of "
                + exchanges(judgement.n())
                + " that came after a claim are too coarse to confirm it, and none refutes it");
  }

  private static String exchanges(long n) {
    return n + (n == 1 ? " exchange" : " exchanges");
  }

  private static String readings(long n) {
    return n + (n == 1 ? " reading" : " readings");
  }
}
