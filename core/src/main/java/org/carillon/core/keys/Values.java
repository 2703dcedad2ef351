package org.carillon.core.keys;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The values of a checked tree by their dotted paths, defaults included. */
public final class Values {

  private record Found<T>(Key<T> key, T value, Optional<Location> at) {}

  private final Map<String, Found<?>> found = new LinkedHashMap<>();

  /** Keeps a value; without a location it is a default. */
  public <T> void put(String path, Key<T> key, T value, Optional<Location> at) {
    found.put(path, new Found<>(key, value, at));
  }

  /** The value of a key that is required or has a default. */
  public <T> T get(Key<T> key) {
    return get(key, "");
  }

  /** As above, for a key of one member of a group. */
  public <T> T get(Key<T> key, String member) {
    return find(key, member)
        .orElseThrow(() -> new AssertionError(key.pathOf(member) + " is missing"));
  }

  /** The value of a key that may be missing. */
  public <T> Optional<T> find(Key<T> key) {
    return find(key, "");
  }

  /** As above, for a key of one member of a group. */
  @SuppressWarnings("unchecked") // put() stores each value under its own key's type
  public <T> Optional<T> find(Key<T> key, String member) {
    Found<?> entry = found.get(key.pathOf(member));
    return entry == null ? Optional.empty() : Optional.of((T) entry.value());
  }

  /** Where the value was written; empty if it was not, or is a default. */
  public Optional<Location> at(Key<?> key, String member) {
    Found<?> entry = found.get(key.pathOf(member));
    return entry == null ? Optional.empty() : entry.at();
  }

  /** As above, for a key outside such groups. */
  public Optional<Location> at(Key<?> key) {
    return at(key, "");
  }

  /** Drops a default that means nothing here. */
  public void forget(Key<?> key) {
    found.remove(key.path());
  }

  /** The texts of all values by path, in the order of the keys, to be written as YAML. */
  Map<String, Object> texts(Schema schema, Function<String, List<String>> members) {
    Map<String, Object> texts = new LinkedHashMap<>();
    for (Key<?> key : schema.keys()) {
      int star = key.path().indexOf(".*");
      List<String> owners = star < 0 ? List.of("") : members.apply(key.path().substring(0, star));
      for (String owner : owners) {
        Found<?> entry = found.get(key.pathOf(owner));
        if (entry != null) {
          texts.put(key.pathOf(owner), text(entry));
        }
      }
    }
    return texts;
  }

  private static <T> Object text(Found<T> entry) {
    return switch (entry.key().form()) {
      case Form.Words words -> entry.value();
      case Form.Many<?> many -> many(many, entry.value());
      case Form<T> form -> form.format(entry.value());
    };
  }

  private static <E> List<String> many(Form.Many<E> form, Object values) {
    @SuppressWarnings("unchecked") // a key with this form holds a list of its items
    List<E> items = (List<E>) values;
    return items.stream().map(form.item()::format).toList();
  }
}
