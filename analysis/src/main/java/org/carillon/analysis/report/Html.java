package org.carillon.analysis.report;

import java.util.List;

/** Builds HTML; every text is escaped unless it is said to be markup. */
final class Html {

  private final StringBuilder text = new StringBuilder(1 << 16);

  /** Adds markup as it is. */
  Html markup(String markup) {
    text.append(markup);
    return this;
  }

  /** Adds an element with a text in it. */
  Html element(String name, String content) {
    text.append('<').append(name).append('>').append(escaped(content));
    text.append("</").append(name, 0, nameLength(name)).append(">\n");
    return this;
  }

  private static int nameLength(String name) {
    int space = name.indexOf(' ');
    return space < 0 ? name.length() : space;
  }

  /** Adds a list. */
  Html list(String name, List<String> items) {
    text.append('<').append(name).append(">\n");
    items.forEach(item -> element("li", item));
    text.append("</").append(name).append(">\n");
    return this;
  }

  static String escaped(String content) {
    StringBuilder escaped = new StringBuilder(content.length() + 16);
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
