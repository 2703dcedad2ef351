package org.carillon.core.keys;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks a tree against the list of keys and turns its texts into values. */
final class TreeCheck {

  /** No value that means anything is longer; numbers of a million digits are slow to parse. */
  private static final int TEXT_MAX_CHARS = 4_096;

  private static final int MEMBERS_MAX = 10_000;

  private final Schema schema;
  private final Complaints complaints;
  private final Values values = new Values();
  private final Map<String, List<String>> members = new HashMap<>();

  TreeCheck(Schema schema, Complaints complaints) {
    this.schema = schema;
    this.complaints = complaints;
  }

  /**
   * What the check found.
   *
   * @param members by the path of a group that holds groups, their names or numbers
   */
  record Outcome(Values values, Map<String, List<String>> members) {}

  Outcome check(YamlNode.Mapping root) {
    group("", "", root);
    return new Outcome(values, Map.copyOf(members));
  }

  /**
   * Checks the keys of one group.
   *
   * @param pattern the group's path in the list of keys, with a star for the name of a member
   * @param path its path in this file
   */
  private void group(String pattern, String path, YamlNode.Mapping mapping) {
    Set<String> known = schema.namesIn(pattern);
    for (Map.Entry<String, YamlNode.Entry> entry : mapping.entries().entrySet()) {
      String name = entry.getKey();
      String childPath = join(path, name);
      if (known.equals(Set.of("*"))) {
        member(pattern, childPath, name, entry.getValue());
      } else if (!known.contains(name)) {
        complaints.add(entry.getValue().keyAt(), childPath, UnknownKey.sentence(name, known));
      } else if (!schema.isKey(join(pattern, name))) {
        asGroup(join(pattern, name), childPath, entry.getValue().value());
      }
    }
    for (Key<?> key : schema.keys()) {
      if (key.group().equals(pattern)) {
        leaf(key, join(path, key.name()), mapping);
      }
    }
    for (String name : known) {
      boolean isGroup = !name.equals("*") && !schema.isKey(join(pattern, name));
      if (isGroup
          && !schema.optionalGroups().contains(join(pattern, name))
          && !mapping.entries().containsKey(name)) {
        // Defaults of a group that the file leaves out.
        group(join(pattern, name), join(path, name), YamlNode.Mapping.empty(mapping.at()));
      }
    }
  }

  private void member(String pattern, String path, String name, YamlNode.Entry entry) {
    try {
      Forms.checkName(name);
    } catch (IllegalArgumentException e) {
      complaints.add(entry.keyAt(), path, e.getMessage());
      return;
    }
    List<String> names = members.computeIfAbsent(pattern, group -> new ArrayList<>());
    if (names.size() == MEMBERS_MAX) {
      complaints.add(entry.keyAt(), path, "more than " + MEMBERS_MAX + " " + pattern);
      return;
    }
    names.add(name);
    asGroup(join(pattern, "*"), path, entry.value());
  }

  /** The items of a list of groups, known by their numbers. */
  private void items(String pattern, String path, YamlNode.Sequence sequence) {
    List<String> numbers = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      numbers.add(String.valueOf(numbers.size() + 1));
      asGroup(join(pattern, "*"), join(path, numbers.getLast()), item);
    }
    members.put(pattern, numbers);
  }

  private void asGroup(String pattern, String path, YamlNode value) {
    switch (value) {
      case YamlNode.Sequence sequence when schema.lists().contains(pattern) ->
          items(pattern, path, sequence);
      case YamlNode.Mapping inner when schema.lists().contains(pattern) ->
          complaints.add(inner.at(), path, "needs a list of groups of keys, each after a dash");
      case YamlNode.Mapping inner -> group(pattern, path, inner);
      case YamlNode.Scalar scalar when scalar.isNull() ->
          group(pattern, path, YamlNode.Mapping.empty(scalar.at()));
      case YamlNode.Scalar scalar ->
          complaints.add(scalar.at(), path, "needs a group of keys, not a single value");
      case YamlNode.Sequence sequence ->
          complaints.add(sequence.at(), path, "needs a group of keys, not a list");
    }
  }

  private <T> void leaf(Key<T> key, String path, YamlNode.Mapping mapping) {
    YamlNode.Entry entry = mapping.entries().get(key.name());
    boolean absent =
        entry == null || entry.value() instanceof YamlNode.Scalar scalar && scalar.isNull();
    if (!absent) {
      read(key, path, entry.value())
          .ifPresent(value -> values.put(path, key, value, Optional.of(entry.value().at())));
    } else if (key.required()) {
      complaints.add(
          entry == null ? mapping.at() : entry.keyAt(),
          path,
          "is missing; needs a " + key.form().description());
    } else {
      key.defaultText()
          .ifPresent(text -> values.put(path, key, key.form().parse(text), Optional.empty()));
    }
  }

  private <T> Optional<T> read(Key<T> key, String path, YamlNode value) {
    return switch (value) {
      case YamlNode.Scalar scalar -> parse(key.form(), path, scalar);
      case YamlNode.Sequence sequence when key.form() instanceof Form.Words words -> {
        @SuppressWarnings("unchecked") // a key with this form holds a list of words
        Optional<T> list = (Optional<T>) words(words, path, sequence);
        yield list;
      }
      case YamlNode.Sequence sequence when key.form() instanceof Form.Many<?> many ->
          items(many, path, sequence)
              .flatMap(
                  text -> parse(key.form(), path, new YamlNode.Scalar(value.at(), text, false)));
      case YamlNode.Sequence sequence -> {
        complaints.add(sequence.at(), path, "needs a single value, not a list");
        yield Optional.empty();
      }
      case YamlNode.Mapping mapping -> {
        complaints.add(mapping.at(), path, "needs a " + key.form().description() + ", not keys");
        yield Optional.empty();
      }
    };
  }

  private Optional<List<String>> words(Form.Words form, String path, YamlNode.Sequence sequence) {
    List<String> texts = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      switch (item) {
        case YamlNode.Scalar scalar when scalar.text().length() <= TEXT_MAX_CHARS ->
            texts.add(scalar.text());
        case YamlNode.Scalar scalar ->
            complaints.add(scalar.at(), path, "is longer than " + TEXT_MAX_CHARS + " characters");
        case YamlNode.Sequence list -> complaints.add(list.at(), path, "needs words, not a list");
        case YamlNode.Mapping keys -> complaints.add(keys.at(), path, "needs words, not keys");
      }
    }
    if (texts.size() < sequence.items().size()) {
      return Optional.empty();
    }
    try {
      return Optional.of(form.of(texts));
    } catch (IllegalArgumentException e) {
      complaints.add(sequence.at(), path, e.getMessage());
      return Optional.empty();
    }
  }

  /** The list's items joined by commas, if each of them is in order by itself. */
  private <E> Optional<String> items(Form.Many<E> form, String path, YamlNode.Sequence sequence) {
    List<String> texts = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      if (item instanceof YamlNode.Scalar scalar) {
        parse(form.item(), path, scalar).ifPresent(value -> texts.add(form.item().format(value)));
      } else {
        complaints.add(item.at(), path, "needs a list of single values, not " + item.kind());
      }
    }
    return texts.size() == sequence.items().size()
        ? Optional.of(String.join(",", texts))
        : Optional.empty();
  }

  private <T> Optional<T> parse(Form<T> form, String path, YamlNode.Scalar scalar) {
    if (scalar.text().length() > TEXT_MAX_CHARS) {
      complaints.add(scalar.at(), path, "is longer than " + TEXT_MAX_CHARS + " characters");
      return Optional.empty();
    }
    try {
      return Optional.of(form.parse(scalar.text().strip()));
    } catch (IllegalArgumentException e) {
      complaints.add(scalar.at(), path, e.getMessage());
      return Optional.empty();
    }
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
