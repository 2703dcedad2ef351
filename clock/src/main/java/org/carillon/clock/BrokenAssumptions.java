package org.carillon.clock;

import java.util.Objects;
import java.util.Optional;

/**
 * What showed that an assumption does not hold: the counter's rate, or what a server claims of
 * itself. Which of them it was, samples cannot always tell.
 *
 * @param count how often so far
 * @param last the latest, in words
 */
public record BrokenAssumptions(long count, Optional<Break> last) {

  /** All holds so far. */
  public static final BrokenAssumptions NONE = new BrokenAssumptions(0, Optional.empty());

  /** How it showed. */
  public enum Cause {
    /** A server's answer cannot be brought together with its earlier ones. */
    CONTRADICTION,
    /** Servers cannot all be right. */
    DISAGREEMENT,
    /** The counter stood still. */
    SUSPEND
  }

  /**
   * One of them.
   *
   * @param rawNs when it showed, raw time
   * @param cause how it showed
   * @param what in words
   */
  public record Break(long rawNs, Cause cause, String what) {
    public Break {
      Objects.requireNonNull(cause);
      Objects.requireNonNull(what);
    }
  }

  public BrokenAssumptions {
    if (count < 0 || (count == 0) != last.isEmpty()) {
      throw new IllegalArgumentException("the last of " + count + " is " + last);
    }
  }

  BrokenAssumptions and(long rawNs, Cause cause, String what) {
    return new BrokenAssumptions(count + 1, Optional.of(new Break(rawNs, cause, what)));
  }
}
