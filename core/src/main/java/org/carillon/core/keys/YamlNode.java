package org.carillon.core.keys;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A YAML value that knows where it was written. */
public sealed interface YamlNode {

  /** Where the value begins. */
  Location at();

  /**
   * A single value.
   *
   * @param text as written, without quotes
   * @param plain whether it stood without quotes, so that {@code null} means "not set"
   */
  record Scalar(Location at, String text, boolean plain) implements YamlNode {

    /** Whether the value was left out or written as null. */
    public boolean isNull() {
      return plain
          && (text.isEmpty() || text.equals("~") || text.equals("null") || text.equals("Null"));
    }
  }

  /** A list of values. */
  record Sequence(Location at, List<YamlNode> items) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** Keys with values, in the order of the file. */
  record Mapping(Location at, SequencedMap<String, Entry> entries) implements YamlNode {
    public Mapping {
      entries = new LinkedHashMap<>(entries);
    }

    static Mapping empty(Location at) {
      return new Mapping(at, new LinkedHashMap<>(Map.of()));
    }
  }

  /**
   * A key's value.
   *
   * @param keyAt where the key was written
   */
  record Entry(Location keyAt, YamlNode value) {}

  /** What a person calls this kind of value. */
  default String kind() {
    return switch (this) {
      case Scalar scalar -> "a single value";
      case Sequence sequence -> "a list";
      case Mapping mapping -> "a group of keys";
    };
  }
}
