package org.carillon.ssh;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words written so that a POSIX shell reads each one as it was. */
public final class ShellWords {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+:,./-]+");

  /** Words that a shell takes for its own where a command may begin, unless they are quoted. */
  private static final Set<String> RESERVED =
      Set.of(
          "case",
          "coproc",
          "do",
          "done",
          "elif",
          "else",
          "esac",
          "fi",
          "for",
          "function",
          "if",
          "in",
          "select",
          "then",
          "time",
          "until",
          "while");

  private ShellWords() {}

  /**
   * Quotes one word. Between single quotes a POSIX shell (XCU 2.2.2) takes every character
   * literally but the single quote itself, which is therefore written outside, escaped.
   *
   * @throws IllegalArgumentException if the word holds NUL, which no argument can
   */
  public static String quote(String word) {
    if (word.indexOf(0) >= 0) {
      throw new IllegalArgumentException("a shell word cannot hold a NUL character");
    }
    return PLAIN.matcher(word).matches() && !RESERVED.contains(word)
        ? word
        : "'" + word.replace("'", "'\\''") + "'";
  }

  /** Quotes every word and joins them with blanks. */
  public static String join(List<String> words) {
    return words.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
  }
}
