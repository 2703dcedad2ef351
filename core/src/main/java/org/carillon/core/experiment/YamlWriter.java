package org.carillon.core.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes values as YAML that {@link YamlText} reads back as the same texts. */
final class YamlWriter {

  /** Texts that need no quotes: nothing in them, nor their beginning, means anything to YAML. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9/.][A-Za-z0-9/._+=-]*(:[A-Za-z0-9/._+=-]+)*");

  private YamlWriter() {}

  /**
   * The document.
   *
   * @param texts a text or a list of texts by dotted path; keys of one group need not be adjacent
   */
  static String write(Map<String, Object> texts) {
    Map<String, Object> tree = new LinkedHashMap<>();
    texts.forEach((path, value) -> put(tree, List.of(path.split("\\.")), value));
    StringBuilder out = new StringBuilder();
    append(out, tree, "");
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

  private static void append(StringBuilder out, Map<?, ?> tree, String indent) {
    tree.forEach(
        (name, value) -> {
          out.append(indent).append(name).append(':');
          switch (value) {
            case Map<?, ?> inner -> {
              out.append('\n');
              append(out, inner, indent + "  ");
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

  private static String quoted(String text) {
    boolean plain = PLAIN.matcher(text).matches() && !text.equals("null") && !text.equals("Null");
    return plain ? text : "'" + text.replace("'", "''") + "'";
  }
}
