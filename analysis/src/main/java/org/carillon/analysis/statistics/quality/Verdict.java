package org.carillon.analysis.statistics.quality;

import org.carillon.analysis.statistics.Coverage;
import org.carillon.analysis.statistics.ModelJudgement;

/**
 * Whether what a clock claims of itself is so, in this run.
 *
 * @param answer one of three
 * @param because the numbers behind it, as the end of a sentence
 */
public record Verdict(Answer answer, String because) {

  /** What can be said of a claim. */
  public enum Answer {
    /** Nothing in the data contradicts it, and the data could have. */
    HOLDS("holds"),
    /** The data contradict it. */
    DOES_NOT_HOLD("does not hold"),
    /** The data neither confirm nor contradict it. */
    CANNOT_BE_TOLD("cannot be told");

    private final String words;

    Answer(String words) {
      this.words = words;
    }

    /** As it stands in files and sentences. */
    public String words() {
      return words;
    }
  }

  /** Fewer confirmed claims than this are no confirmation of the next one. */
  private static final long LEAST = 10;

  /** Of bounds whose true time is known. */
  static Verdict of(Coverage coverage) {
    String because =
        coverage.inside() + " of " + readings(coverage.n()) + " hold true time, which is known";
    if (coverage.inside() < coverage.n()) {
      return new Verdict(Answer.DOES_NOT_HOLD, because);
    }
    return new Verdict(
        coverage.n() < LEAST ? Answer.CANNOT_BE_TOLD : Answer.HOLDS,
        coverage.n() < LEAST ? "only " + readings(coverage.n()) : because);
  }

  /** Of claims that later exchanges judge, each by those that it was not made from. */
  static Verdict of(ModelJudgement judgement) {
    if (judgement.refuted() > 0) {
      return new Verdict(
          Answer.DOES_NOT_HOLD,
          judgement.refuted()
              + " of "
              + exchanges(judgement.n())
              + " that came after a claim prove it wrong");
    }
    if (judgement.n() < LEAST) {
      return new Verdict(
          Answer.CANNOT_BE_TOLD,
          judgement.n() == 0
              ? "no exchange came within 16 s after a claim"
              : "only " + exchanges(judgement.n()) + " came after a claim");
    }
    return judgement.undecided() == 0
        ? new Verdict(
            Answer.HOLDS, "all " + exchanges(judgement.n()) + " that came after a claim confirm it")
        : new Verdict(
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
