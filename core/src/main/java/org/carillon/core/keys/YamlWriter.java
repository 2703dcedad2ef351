package org.carillon.core.keys;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes values as YAML that reads back as the same texts, by {@link YamlText} and by any other
 * reader: to those, a version 1.10 without quotes is the number 1.1, and no is false.
 */
final class YamlWriter {

  /** Texts that need no quotes: nothing in them, nor their beginning, means anything to YAML. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9/.][A-Za-z0-9/._+=-]*(:[A-Za-z0-9/._+=-]+)*");

  /** What YAML 1.1 or 1.2 takes for a number, a date or a time of day. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "[0-9][0-9_]*(\\.[0-9_]*)?(e[-+]?[0-9]+)?|[0-9]+(:[0-9]+)+(\\.[0-9_]*)?|\\.[0-9][0-9_]*(e[-+]?[0-9]+)?|0[xob][0-9a-f_]+"
              + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|\\.(inf|nan)",
          Pattern.CASE_INSENSITIVE);

  /** Numbers that are written again as they were read. */
  private static final Pattern SAME_NUMBER =
      Pattern.compile("(0|[1-9][0-9]{0,14})(\\.[0-9]{0,9}[1-9])?");

  /** What YAML 1.1 takes for something else than text; true and false are written as read. */
  private static final Pattern WORD =
      Pattern.compile("y|n|yes|no|on|off|null|true|false", Pattern.CASE_INSENSITIVE);

  private YamlWriter() {}

  /**
   * The document.
   *
   * @param texts a text or a list of texts by dotted path; keys of one group need not be adjacent
   * @param lists the groups that are lists of groups
   */
  static String write(Map<String, Object> texts, Set<String> lists) {
    Map<String, Object> tree = new LinkedHashMap<>();
    texts.forEach((path, value) -> put(tree, List.of(path.split("\\.")), value));
    StringBuilder out = new StringBuilder();
    append(out, tree, "", "", lists);
    return out.toString();
  }

  @SuppressWarnings("unchecked") // every inner map was made here
  private static void put(Map<String, Object> tree, List<String> path, Object value) {
    if (path.size() == 1) {
      tree.put(path.getFirst(), value);
    } else {
      Object inner = tree.computeIfAbsent(path.getFirst(), name -> new LinkedHashMap<>());
      put((Map<String, Object>) inner, path.subList(1, path.size()), value);
    }
  }

  private static void append(
      StringBuilder out, Map<?, ?> tree, String path, String indent, Set<String> lists) {
    tree.forEach(
        (name, value) -> {
          String inside = path + name;
          out.append(indent).append(name).append(':');
          switch (value) {
            case Map<?, ?> items when lists.contains(inside) -> {
              out.append('\n');
              items.values().forEach(item -> item(out, (Map<?, ?>) item, indent + "  "));
            }
            case Map<?, ?> inner -> {
              out.append('\n');
              append(out, inner, inside + ".", indent + "  ", lists);
            }
            case List<?> items ->
                out.append(
                    items.stream()
                        .map(item -> quoted((String) item))
                        .collect(Collectors.joining(", ", " [", "]\n")));
            default -> out.append(' ').append(quoted((String) value)).append('\n');
          }
        });
  }

  /** One group of a list: its first key stands behind the dash. */
  private static void item(StringBuilder out, Map<?, ?> item, String indent) {
    StringBuilder lines = new StringBuilder();
    append(lines, item, "", indent + "  ", Set.of());
    out.append(indent).append("- ").append(lines.substring(indent.length() + 2));
  }

  private static String quoted(String text) {
    boolean plain =
        PLAIN.matcher(text).matches()
            && (!NUMBER.matcher(text).matches() || SAME_NUMBER.matcher(text).matches())
            && (!WORD.matcher(text).matches() || text.equals("true") || text.equals("false"));
    if (plain) {
      return text;
    }
    // Between single quotes a line feed would be read as a blank.
    return text.chars().anyMatch(YamlWriter::isUnprintable)
        ? escaped(text)
        : "'" + text.replace("'", "''") + "'";
  }

  private static boolean isUnprintable(int letter) {
    return Character.isISOControl(letter) || letter == 0x2028 || letter == 0x2029;
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.chars()
        .forEach(
            letter -> {
              if (isUnprintable(letter)) {
                out.append("\\u%04x".formatted(letter));
              } else {
                out.append(letter == '"' || letter == '\\' ? "\\" : "").append((char) letter);
              }
            });
    return out.append('"').toString();
  }
}
