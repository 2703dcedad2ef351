package org.carillon.clock;

import java.util.Objects;
import java.util.Optional;

/**
 * What showed that an assumption does not hold: the local clock's rate, or what a server claims of
 * itself. Which of them it was, samples cannot always tell.
 *
 * @param count how often so far
 * @param last the latest, in words
 */
public record BrokenAssumptions(long count, Optional<Break> last) {

  /** All holds so far. */
  public static final BrokenAssumptions NONE = new BrokenAssumptions(0, Optional.empty());

  /**
   * One of them.
   *
   * @param rawNs when the sample came that showed it, local time
   * @param what in words
   */
  public record Break(long rawNs, String what) {
    public Break {
      Objects.requireNonNull(what);
    }
  }

  public BrokenAssumptions {
    if (count < 0 || (count == 0) != last.isEmpty()) {
      throw new IllegalArgumentException("the last of " + count + " is " + last);
    }
  }

  BrokenAssumptions and(long rawNs, String what) {
    return new BrokenAssumptions(count + 1, Optional.of(new Break(rawNs, what)));
  }
}
