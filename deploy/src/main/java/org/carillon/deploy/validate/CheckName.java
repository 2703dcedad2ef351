package org.carillon.deploy.validate;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.carillon.core.NearestWord;

/** What can be looked at, in the order in which it is shown; docs/validate.md has each. */
public enum CheckName {
  REACHABLE,
  HEALTH,
  RESPONSE,
  VERSIONS,
  TESTS,
  PATTERNS,
  CPU,
  MEMORY,
  DISK,
  OPEN_FILES,
  PORTS,
  CLOCKS,
  CONNECTIVITY,
  EXPERIMENT;

  /** The word that stands in files and messages. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Some of them, as {@code --check} takes them: {@code disk,clocks}.
   *
   * @throws IllegalArgumentException with a sentence if one is none
   */
  public static Set<CheckName> parse(String text) {
    List<String> known = Arrays.stream(values()).map(CheckName::text).toList();
    EnumSet<CheckName> chosen = EnumSet.noneOf(CheckName.class);
    for (String word : text.split(",", -1)) {
      int index = known.indexOf(word.strip());
      if (index < 0) {
        throw new IllegalArgumentException(
            "'%s' is no check%s; there are: %s"
                .formatted(
                    word,
                    NearestWord.of(word, known).map(near -> " (" + near + "?)").orElse(""),
                    String.join(", ", known)));
      }
      chosen.add(values()[index]);
    }
    return Collections.unmodifiableSet(chosen);
  }
}
