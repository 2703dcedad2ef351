package org.carillon.analysis.partial;

import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several shares of all event ids. Ids are dealt out in blocks of {@value #BLOCK}, the first
 * block to the first share, so that shares are of about the same size wherever ids begin, and each
 * has ids of the whole run.
 *
 * @param number from 1
 * @param of how many there are
 */
public record Share(int number, int of) implements LongPredicate {

  /** How many ids one after the other are of one share. */
  public static final long BLOCK = 4096;

  /** More would be more files than a merge should open. */
  public static final int MOST = 1_000;

  private static final Pattern ASKED = Pattern.compile("(\\d{1,6})/(\\d{1,6})");
  private static final Pattern NAME = Pattern.compile("share-(\\d{1,6})-of-(\\d{1,6})");

  public Share {
    if (of < 1 || of > MOST) {
      throw new IllegalArgumentException(
          "a run is divided into 1 to " + MOST + " shares, not into " + of);
    }
    if (number < 1 || number > of) {
      throw new IllegalArgumentException(
          "of " + of + " shares there is none with number " + number + "; the first is 1");
    }
  }

  /**
   * Reads a share as it is asked for, such as 3/8.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Share parse(String text) {
    Matcher matcher = ASKED.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no share; write it as K/N, such as 3/8");
    }
    return of(matcher);
  }

  /** The share whose state has this name; empty if it is not the name of one. */
  static Optional<Share> named(String name) {
    Matcher matcher = NAME.matcher(name);
    try {
      return matcher.matches() ? Optional.of(of(matcher)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Share of(Matcher matcher) {
    return new Share(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** The name of its state. */
  public String name() {
    return "share-" + number + "-of-" + of;
  }

  /** As it is asked for. */
  @Override
  public String toString() {
    return number + "/" + of;
  }

  /** Whether an event is in it. */
  @Override
  public boolean test(long eventId) {
    return Math.floorMod(Math.floorDiv(eventId, BLOCK), of) == number - 1;
  }
}
