package org.carillon.deploy.release;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * File names as the bytes that they are, one character a byte: names need not be text in any
 * encoding, and what {@link Path#toString} says depends on the locale, which is {@code C} in cron.
 */
final class ByteText {
  private ByteText() {}

  /** The bytes of an absolute path. Its URI is the one form that shows them all, escaped. */
  static String of(Path path) {
    String escaped = path.toUri().getRawPath();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < escaped.length(); i++) {
      if (escaped.charAt(i) == '%') {
        bytes.write(Integer.parseInt(escaped.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(escaped.charAt(i));
      }
    }
    String text = bytes.toString(StandardCharsets.ISO_8859_1);
    return text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** The bytes of a path below a folder, relative to it; both absolute. */
  static String below(Path folder, Path path) {
    String above = of(folder);
    return of(path).substring(above.equals("/") ? 1 : above.length() + 1);
  }

  /** The bytes that a link holds. */
  static String ofTarget(Path target) {
    // A relative target becomes absolute from the current folder, which is then taken off again.
    return target.isAbsolute() ? of(target) : below(Path.of("").toAbsolutePath(), target);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** For messages: what is not printable ASCII is escaped as {@code \x..}. */
  static String shown(String text) {
    StringBuilder out = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              if (c >= 0x20 && c < 0x7f) {
                out.append((char) c);
              } else {
                out.append("\\x%02x".formatted(c));
              }
            });
    return out.toString();
  }
}
