package org.carillon.analysis.compare;

/**
 * Whether something changed.
 *
 * @param answer one of three
 * @param why the numbers that it rests on, as a part of a sentence
 */
record Verdict(Answer answer, String why) {

  enum Answer {
    CHANGED("changed"),
    DID_NOT_CHANGE("did not change"),
    CANNOT_BE_TOLD("cannot be told");

    private final String words;

    Answer(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }
}
