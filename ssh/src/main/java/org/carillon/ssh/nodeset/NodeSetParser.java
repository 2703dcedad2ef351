package org.carillon.ssh.nodeset;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Reads the text of a set of hosts from left to right; sizes are checked before names are made. */
final class NodeSetParser {

  /** A hundred thousand names of ten characters, spelt out. */
  private static final int TEXT_MAX_CHARS = 1 << 20;

  /** Numbers beyond do not fit into a long. */
  static final int DIGITS_MAX = 18;

  private static final int DEPTH_MAX = 8;
  private static final int QUOTED_MAX_CHARS = 60;
  private static final String MARKS_IN_NAMES = "._-:@+%";

  private final String text;
  private final Groups groups;
  private int at;

  NodeSetParser(String text, Groups groups) {
    this.text = text;
    this.groups = groups;
  }

  SequencedSet<String> parse() {
    if (text.length() > TEXT_MAX_CHARS) {
      throw new IllegalArgumentException(
          "a set of hosts has at most %d characters, not %d"
              .formatted(TEXT_MAX_CHARS, text.length()));
    }
    SequencedSet<String> names = new LinkedHashSet<>();
    skipBlanks();
    if (atEnd()) {
      throw complaint("there is no name");
    }
    char operator = ',';
    while (true) {
      combine(names, operator, term());
      boolean blank = skipBlanks();
      if (atEnd()) {
        return names;
      }
      if (",!&".indexOf(text.charAt(at)) >= 0) {
        operator = text.charAt(at++);
        skipBlanks();
      } else if (blank) {
        operator = ',';
      } else {
        throw complaint("'" + shown() + "' cannot stand in a name");
      }
    }
  }

  private void combine(SequencedSet<String> names, char operator, SequencedSet<String> term) {
    switch (operator) {
      case '!' -> names.removeAll(term);
      case '&' -> names.retainAll(term);
      default -> names.addAll(term);
    }
    requireSize(names.size());
  }

  private SequencedSet<String> term() {
    int start = at;
    if (!atEnd() && text.charAt(at) == '@') {
      at++;
      if (!atEnd() && text.charAt(at) == '*') {
        at++;
        return groups.all();
      }
      SequencedSet<String> members = new LinkedHashSet<>();
      for (String group : names()) {
        if (!groups.has(group)) {
          at = start;
          throw complaint(groups.unknown(group));
        }
        members.addAll(groups.members(group));
      }
      return members;
    }
    return new LinkedHashSet<>(names());
  }

  /** One name, or all that its brackets stand for. */
  private List<String> names() {
    int start = at;
    List<String> found = List.of("");
    while (!atEnd()) {
      char c = text.charAt(at);
      if (isInName(c)) {
        int from = at;
        while (!atEnd() && isInName(text.charAt(at))) {
          at++;
        }
        found = product(found, List.of(text.substring(from, at)), from);
      } else if (c == '[') {
        int from = at;
        found = product(found, bracket(1), from);
      } else {
        break;
      }
    }
    if (at == start) {
      throw complaint(atEnd() ? "a name is missing" : "'" + shown() + "' cannot begin a name");
    }
    if (found.getFirst().startsWith("-")) {
      at = start;
      throw complaint("a name cannot begin with '-'");
    }
    return found;
  }

  /** {@code [1-3,07]}: the texts of its numbers. */
  private List<String> bracket(int depth) {
    int start = at++;
    if (depth > DEPTH_MAX) {
      throw complaint("brackets stand in brackets more than " + DEPTH_MAX + " deep");
    }
    List<String> numbers = new ArrayList<>();
    while (true) {
      int from = at;
      List<String> more = item(depth);
      if ((long) numbers.size() + more.size() > NodeSet.SIZE_MAX) {
        at = from;
        throw complaint(tooMany((long) numbers.size() + more.size()));
      }
      numbers.addAll(more);
      if (atEnd()) {
        at = start;
        throw complaint("the bracket is not closed");
      }
      char c = text.charAt(at++);
      if (c == ']') {
        return numbers;
      }
      if (c != ',') {
        at--;
        throw complaint("'" + shown() + "' cannot stand in a bracket, only numbers and ranges");
      }
    }
  }

  private List<String> item(int depth) {
    int start = at;
    String first = digits();
    if (!atEnd() && text.charAt(at) == '[') {
      List<String> found = product(List.of(first), bracket(depth + 1), start);
      String rest = digits();
      return rest.isEmpty() ? found : product(found, List.of(rest), start);
    }
    if (first.isEmpty()) {
      throw complaint("a number is missing");
    }
    if (atEnd() || text.charAt(at) != '-') {
      return List.of(first);
    }
    at++;
    String last = digits();
    if (last.isEmpty()) {
      throw complaint("a number is missing");
    }
    String step = "1";
    if (!atEnd() && text.charAt(at) == '/') {
      at++;
      step = digits();
      if (step.isEmpty()) {
        throw complaint("a number is missing");
      }
    }
    try {
      return new NumberRange(first, last, step).texts();
    } catch (IllegalArgumentException e) {
      at = start;
      throw complaint(e.getMessage());
    }
  }

  private String digits() {
    int from = at;
    while (!atEnd() && isDigit(text.charAt(at))) {
      at++;
    }
    if (at - from > DIGITS_MAX) {
      at = from;
      throw complaint("a number has at most " + DIGITS_MAX + " digits");
    }
    return text.substring(from, at);
  }

  private List<String> product(List<String> heads, List<String> tails, int from) {
    long count = (long) heads.size() * tails.size();
    if (count > NodeSet.SIZE_MAX) {
      at = from;
      throw complaint(tooMany(count));
    }
    List<String> product = new ArrayList<>((int) count);
    for (String head : heads) {
      for (String tail : tails) {
        if (head.length() + tail.length() > NodeSet.NAME_MAX_CHARS) {
          at = from;
          throw complaint("a name has at most " + NodeSet.NAME_MAX_CHARS + " characters");
        }
        product.add(head + tail);
      }
    }
    return product;
  }

  private boolean skipBlanks() {
    int from = at;
    while (!atEnd() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at > from;
  }

  private boolean atEnd() {
    return at == text.length();
  }

  /** What stands at the position, so that a terminal shows it harmlessly. */
  private String shown() {
    int c = text.codePointAt(at);
    return Character.isISOControl(c) ? "\\u%04x".formatted(c) : Character.toString(c);
  }

  private IllegalArgumentException complaint(String what) {
    String quoted = text.replaceAll("\\p{Cntrl}", " ");
    return new IllegalArgumentException(
        "'%s' is not a set of hosts such as node[01-16]: %s, at character %d"
            .formatted(
                quoted.length() <= QUOTED_MAX_CHARS
                    ? quoted
                    : quoted.substring(0, QUOTED_MAX_CHARS) + "…",
                what,
                at + 1));
  }

  static void requireName(String name) {
    if (name.isEmpty() || name.length() > NodeSet.NAME_MAX_CHARS) {
      throw new IllegalArgumentException(
          "a host's name has 1 to %d characters, not %d"
              .formatted(NodeSet.NAME_MAX_CHARS, name.length()));
    }
    if (name.startsWith("-")
        || name.startsWith("@")
        || !name.chars().allMatch(c -> isInName((char) c))) {
      throw new IllegalArgumentException(
          "'" + name.replaceAll("\\p{Cntrl}", " ") + "' is not the name of a host");
    }
  }

  static void requireSize(long size) {
    if (size > NodeSet.SIZE_MAX) {
      throw new IllegalArgumentException(tooMany(size));
    }
  }

  static String tooMany(long size) {
    return "it stands for %d names, more than %d".formatted(size, NodeSet.SIZE_MAX);
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isInName(char c) {
    return isDigit(c)
        || c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || MARKS_IN_NAMES.indexOf(c) >= 0;
  }
}
