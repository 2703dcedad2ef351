package org.carillon.deploy.validate;

/**
 * A regular expression that a Java {@link java.util.regex.Pattern} and {@code grep -E} understand
 * alike: what both have ({@code . [..] ( ) | * + ? {n,m} ^ $}), and of Java's own words {@code \d
 * \w \s} (and {@code \D \W \S}), {@code \b}, {@code (?:…)} and {@code (?i)} at the beginning. All
 * else is refused, since grep would read it in another way without saying so, and find nothing.
 *
 * @param text for {@code grep -E}
 * @param ignoresCase for {@code grep -i}
 */
record ExtendedRegex(String text, boolean ignoresCase) {

  private static final String IGNORE_CASE = "(?i)";
  private static final String ESCAPABLE = ".[](){}|*+?^$\\/-\"'<>:,;=!@#%&~` ";
  private static final String ESCAPABLE_IN_BRACKETS = ".(){}|*+?$/\"'<>:,;=!@#%&~` [";

  /**
   * Translates.
   *
   * @throws IllegalArgumentException with a sentence if grep cannot do that
   */
  static ExtendedRegex of(String java) {
    boolean ignoresCase = java.startsWith(IGNORE_CASE);
    String rest = ignoresCase ? java.substring(IGNORE_CASE.length()) : java;
    StringBuilder out = new StringBuilder();
    boolean inBrackets = false;
    int bracketAt = 0;
    for (int i = 0; i < rest.length(); i++) {
      char c = rest.charAt(i);
      if (c == '\\') {
        if (++i == rest.length()) {
          throw refused(java, "\\");
        }
        out.append(inBrackets ? bracketed(java, rest.charAt(i)) : escaped(java, rest.charAt(i)));
      } else if (inBrackets) {
        if (c == '[' || c == '&' && rest.startsWith("&&", i)) {
          throw refused(java, "a class within a class");
        }
        if (c == ']' && i == bracketAt + 1) {
          throw refused(java, "a class that begins with ]");
        }
        inBrackets = c != ']';
        out.append(c);
      } else if (c == '[') {
        inBrackets = true;
        bracketAt = rest.startsWith("[^", i) ? i + 1 : i;
        out.append(c);
      } else if (c == '(' && rest.startsWith("(?", i)) {
        if (!rest.startsWith("(?:", i)) {
          throw refused(java, rest.substring(i, Math.min(rest.length(), i + 3)));
        }
        out.append(c);
        i += 2;
      } else if ((c == '?' || c == '+')
          && i > 0
          && "*+?}".indexOf(rest.charAt(i - 1)) >= 0
          && !isEscaped(rest, i - 1)) {
        throw refused(java, rest.substring(i - 1, i + 1));
      } else {
        out.append(c);
      }
    }
    if (rest.isEmpty() || rest.indexOf('\n') >= 0) {
      throw refused(java, "an empty expression, or one of several lines");
    }
    return new ExtendedRegex(out.toString(), ignoresCase);
  }

  private static boolean isEscaped(String text, int index) {
    int backslashes = 0;
    while (index - backslashes > 0 && text.charAt(index - backslashes - 1) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  private static String escaped(String java, char c) {
    return switch (c) {
      case 'd' -> "[0-9]";
      case 'D' -> "[^0-9]";
      case 'w' -> "[[:alnum:]_]";
      case 'W' -> "[^[:alnum:]_]";
      case 's' -> "[[:space:]]";
      case 'S' -> "[^[:space:]]";
      case 't' -> "\t";
      case 'b' -> "\\b";
      default -> {
        if (ESCAPABLE.indexOf(c) < 0) {
          throw refused(java, "\\" + c);
        }
        // Before a plain character, grep would give the backslash a meaning of its own (\< \>).
        yield ".[](){}|*+?^$\\".indexOf(c) >= 0 ? "\\" + c : String.valueOf(c);
      }
    };
  }

  private static String bracketed(String java, char c) {
    return switch (c) {
      case 'd' -> "0-9";
      case 'w' -> "[:alnum:]_";
      case 's' -> "[:space:]";
      case 't' -> "\t";
      default -> {
        if (ESCAPABLE_IN_BRACKETS.indexOf(c) < 0) {
          throw refused(java, "\\" + c + " between brackets");
        }
        yield String.valueOf(c);
      }
    };
  }

  private static IllegalArgumentException refused(String java, String what) {
    return new IllegalArgumentException(
        "'" + java + "' has " + what + ", which grep -E on the hosts does not have");
  }
}
