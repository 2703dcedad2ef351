package org.carillon.core.keys;

import java.util.List;
import java.util.stream.Collectors;

/** The reference of all keys of a file, as it stands in a document. */
public final class Reference {

  /** The line before the generated part of the document. */
  public static final String BEGIN = "<!-- keys: generated from the program's own list -->";

  /** The line after it. */
  public static final String END = "<!-- end of keys -->";

  private Reference() {}

  /**
   * One Markdown table per group of keys, between {@link #BEGIN} and {@link #END}.
   *
   * @param whole what the keys outside of groups are about: {@code the experiment}
   */
  public static String markdown(Schema schema, String whole) {
    StringBuilder out = new StringBuilder(BEGIN).append('\n');
    for (String group : schema.keys().stream().map(Reference::top).distinct().toList()) {
      out.append("\n### ").append(group.isEmpty() ? whole : "`" + group + "`");
      out.append("\n\n| key | value | default | meaning |\n|---|---|---|---|\n");
      List<Key<?>> keys = schema.keys().stream().filter(key -> top(key).equals(group)).toList();
      out.append(keys.stream().map(key -> row(schema, key)).collect(Collectors.joining("\n")));
      out.append('\n');
    }
    return out.append('\n').append(END).toString();
  }

  private static String top(Key<?> key) {
    int dot = key.path().indexOf('.');
    return dot < 0 ? "" : key.path().substring(0, dot);
  }

  private static String row(Schema schema, Key<?> key) {
    int star = key.path().indexOf(".*");
    String member =
        star >= 0 && schema.lists().contains(key.path().substring(0, star)) ? "N" : "NODE";
    String fallback =
        key.required() ? "required" : key.defaultText().map(text -> "`" + text + "`").orElse("—");
    return "| `"
        + key.path().replace("*", member)
        + "` | "
        + key.form().description()
        + " | "
        + fallback
        + " | "
        + key.description().replace("*", member)
        + " |";
  }
}
