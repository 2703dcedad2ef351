package org.carillon.deploy.validate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@code logs.sh} found, by the numbers of the logs and of the patterns.
 *
 * @param states of each log: marked, timed, untimed, old, all, journal, missing or unreadable
 * @param counts of a log and a pattern
 * @param firsts {@code LINE:TEXT} of a log and a pattern
 * @param lasts likewise
 */
record LogAnswers(
    Map<String, String> states,
    Map<String, String> counts,
    Map<String, String> firsts,
    Map<String, String> lasts) {

  private static final int QUOTED_MAX = 160;

  /**
   * Lines that matched.
   *
   * @param first {@code FILE:LINE: TEXT}, if there is one
   * @param last likewise
   */
  record Counted(long count, Optional<String> first, Optional<String> last) {

    static final Counted NONE = new Counted(0, Optional.empty(), Optional.empty());

    /** These and those of a later log. */
    Counted plus(Counted later) {
      return new Counted(
          count + later.count,
          first.or(() -> later.first),
          later.last.isPresent() ? later.last : last);
    }

    /** How many, and the first and the last of them. */
    String said(long max) {
      String lines = count == 0 ? "no line" : count == 1 ? "1 line" : count + " lines";
      String most = count > max && max > 0 ? " (at most " + max + ")" : "";
      String quoted = first.map(text -> (count == 1 ? ": " : "; first ") + text).orElse("");
      String end = count > 1 ? last.map(text -> "; last " + text).orElse("") : "";
      return lines + most + quoted + end;
    }
  }

  static LogAnswers parse(String out) {
    Answers answers = Answers.parse(out);
    return new LogAnswers(
        keyed(answers.all("log"), 1),
        keyed(answers.all("count"), 2),
        keyed(answers.all("first"), 2),
        keyed(answers.all("last"), 2));
  }

  /** Takes so many words as the key, and the rest as the value. */
  private static Map<String, String> keyed(List<String> values, int words) {
    Map<String, String> keyed = new HashMap<>();
    for (String value : values) {
      String[] parts = value.split(" ", words + 1);
      if (parts.length == words + 1) {
        keyed.put(value.substring(0, value.length() - parts[words].length() - 1), parts[words]);
      }
    }
    return keyed;
  }

  /** How a log was read. */
  String state(int log) {
    return states.getOrDefault(String.valueOf(log), "");
  }

  /** What was found in a log; empty if it was not read. */
  Optional<Counted> counted(int log, int pattern, String source) {
    String key = log + " " + pattern;
    OptionalLong count = Answers.numberIn(counts.getOrDefault(key, ""));
    return count.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Counted(
                count.getAsLong(),
                quoted(firsts.get(key), source),
                quoted(lasts.get(key), source)));
  }

  private static Optional<String> quoted(String numbered, String source) {
    if (numbered == null) {
      return Optional.empty();
    }
    int colon = numbered.indexOf(':');
    String text = numbered.substring(colon + 1).strip();
    return Optional.of(
        "%s:%s: %s"
            .formatted(
                source,
                numbered.substring(0, Math.max(0, colon)),
                text.length() <= QUOTED_MAX ? text : text.substring(0, QUOTED_MAX - 1) + "…"));
  }
}
