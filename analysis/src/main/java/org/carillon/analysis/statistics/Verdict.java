package org.carillon.analysis.statistics;

import java.util.Objects;

/**
 * The answer to one question by one clock.
 *
 * @param question its key: {@code causality}, {@code ordering}, {@code cross_ordering.bounded},
 *     {@code windows.100ms}
 * @param n how many events or pairs it is from
 * @param assumption what has to be so for the answer to be right
 * @param sentence the answer with its numbers
 */
public record Verdict(
    String question, Clock clock, Answer answer, long n, String assumption, String sentence) {

  /** There are three, since not to know is one. */
  public enum Answer {
    /** The data shows that it is so. */
    HOLDS("holds"),
    /** The data shows that it is not so. */
    DOES_NOT_HOLD("does not hold"),
    /** The data is compatible with both. */
    CANNOT_BE_TOLD("cannot be told from this data");

    private final String text;

    Answer(String text) {
      this.text = text;
    }

    /** In files and sentences. */
    public String text() {
      return text;
    }
  }

  public Verdict {
    Objects.requireNonNull(question);
    Objects.requireNonNull(clock);
    Objects.requireNonNull(answer);
    Objects.requireNonNull(assumption);
    Objects.requireNonNull(sentence);
  }
}
