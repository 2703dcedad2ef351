package org.carillon.core.experiment;

import java.util.List;
import java.util.stream.Collectors;
import org.carillon.core.keys.Key;

/** The reference of all keys, as it stands in docs/experiment-file.md. */
public final class Reference {

  /** The line before the generated part of the document. */
  public static final String BEGIN = "<!-- keys: generated from the program's own list -->";

  /** The line after it. */
  public static final String END = "<!-- end of keys -->";

  private Reference() {}

  /** One Markdown table per group of keys, between {@link #BEGIN} and {@link #END}. */
  public static String markdown() {
    StringBuilder out = new StringBuilder(BEGIN).append('\n');
    for (String group : Keys.all().stream().map(Reference::top).distinct().toList()) {
      out.append("\n### ").append(group.isEmpty() ? "the experiment" : "`" + group + "`");
      out.append("\n\n| key | value | default | meaning |\n|---|---|---|---|\n");
      List<Key<?>> keys = Keys.all().stream().filter(key -> top(key).equals(group)).toList();
      out.append(keys.stream().map(Reference::row).collect(Collectors.joining("\n")));
      out.append('\n');
    }
    return out.append('\n').append(END).toString();
  }

  private static String top(Key<?> key) {
    int dot = key.path().indexOf('.');
    return dot < 0 ? "" : key.path().substring(0, dot);
  }

  private static String row(Key<?> key) {
    String fallback =
        key.required() ? "required" : key.defaultText().map(text -> "`" + text + "`").orElse("—");
    return "| `"
        + key.path().replace("*", "NODE")
        + "` | "
        + key.form().description()
        + " | "
        + fallback
        + " | "
        + key.description().replace("*", "NODE")
        + " |";
  }
}
