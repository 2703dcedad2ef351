package org.carillon.core.keys;

import java.util.Set;
import org.carillon.core.NearestWord;

/** What is said of a key that nobody knows. */
public final class UnknownKey {

  private UnknownKey() {}

  /** What is wrong with it, with the key that was meant, if one is near. */
  public static String sentence(String name, Set<String> known) {
    return "unknown key; "
        + NearestWord.of(name, known)
            .map(nearest -> "did you mean '" + nearest + "'?")
            .orElseGet(() -> "the keys here are " + String.join(", ", known));
  }
}
