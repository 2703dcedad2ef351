package org.carillon.deploy.backup;

import java.util.Arrays;
import java.util.Optional;
import org.carillon.deploy.release.ReleaseState;

/**
 * What the state file of a release on a host tells of it. Times are as they stand there: ISO 8601
 * to the second, UTC, by the clock of the head node, so that they compare as texts.
 *
 * @param id its folder below {@code releases/}
 * @param state how far it got, in a word
 * @param good when it last proved good; empty if it never did
 * @param begun when it was last brought there, tried, or proved good or bad; that somebody turned
 *     back from it does not count
 */
record ReleaseTrail(String id, String state, Optional<String> good, String begun) {

  private static final String GOOD = ReleaseState.GOOD.word();
  private static final String TURNED_BACK = ReleaseState.TURNED_BACK.word();

  /** Whether it proved good, and nobody has turned back from it since. */
  boolean isGood() {
    return state.equals(GOOD);
  }

  /** Whether somebody went back to an earlier release from it. */
  boolean isTurnedBack() {
    return state.equals(TURNED_BACK);
  }

  /**
   * Reads what the host says.
   *
   * @param words the id, then a state and its time, again and again; empty if they are not so
   */
  static Optional<ReleaseTrail> parse(String... words) {
    if (words.length < 3 || words.length % 2 == 0) {
      return Optional.empty();
    }
    Optional<String> good = Optional.empty();
    String begun = "";
    for (int i = 1; i < words.length; i += 2) {
      String time = words[i + 1];
      good = words[i].equals(GOOD) ? Optional.of(time) : good;
      begun = words[i].equals(TURNED_BACK) || time.compareTo(begun) < 0 ? begun : time;
    }
    return Optional.of(new ReleaseTrail(words[0], words[words.length - 2], good, begun));
  }

  /** As {@link #parse}, of a line of words. */
  static Optional<ReleaseTrail> parse(String line) {
    return parse(
        Arrays.stream(line.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new));
  }
}
