package org.carillon.core.keys;

import java.util.Optional;

/**
 * One key of the experiment file.
 *
 * @param path dotted, with {@code *} for the name of a node: {@code nodes.*.port}
 * @param form what its value looks like
 * @param required whether the file must have it
 * @param defaultText its value if left out; empty for a key without one
 * @param description one sentence for the reference
 * @param <T> what the program works with
 */
public record Key<T>(
    String path, Form<T> form, boolean required, Optional<String> defaultText, String description) {
  public Key {
    if (required && defaultText.isPresent()) {
      throw new IllegalArgumentException(path + " is required and has a default");
    }
    defaultText.ifPresent(form::parse);
  }

  public static <T> Key<T> required(String path, Form<T> form, String description) {
    return new Key<>(path, form, true, Optional.empty(), description);
  }

  public static <T> Key<T> optional(String path, Form<T> form, String description) {
    return new Key<>(path, form, false, Optional.empty(), description);
  }

  public static <T> Key<T> withDefault(String path, Form<T> form, String text, String description) {
    return new Key<>(path, form, false, Optional.of(text), description);
  }

  /** The path with the name of a node in the place of the star. */
  public String pathOf(String node) {
    return path.replace("*", node);
  }

  /** The part of the path before the last dot; empty at the top. */
  public String group() {
    int dot = path.lastIndexOf('.');
    return dot < 0 ? "" : path.substring(0, dot);
  }

  /** The part of the path after the last dot. */
  public String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
