package org.carillon.deploy.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What a script printed: lines {@code KEY VALUE}. It came from elsewhere and may be anything; what
 * is not understood is not there.
 */
record Answers(Map<String, List<String>> byKey) {

  static Answers parse(String out) {
    Map<String, List<String>> byKey = new TreeMap<>();
    for (String line : out.split("\n")) {
      int split = line.indexOf(' ');
      if (split > 0) {
        byKey
            .computeIfAbsent(line.substring(0, split), key -> new ArrayList<>())
            .add(line.substring(split + 1));
      }
    }
    return new Answers(byKey);
  }

  /** The first value of a key that is not blank. */
  Optional<String> text(String key) {
    return all(key).stream().filter(value -> !value.isBlank()).findFirst();
  }

  /** Every value of a key. */
  List<String> all(String key) {
    return byKey.getOrDefault(key, List.of());
  }

  /** A whole number ≥ 0 with up to 15 digits. */
  OptionalLong number(String key) {
    return text(key).map(Answers::numberIn).orElse(OptionalLong.empty());
  }

  /** The numbers of a key that has exactly so many, apart by blanks; empty if it has not. */
  Optional<long[]> numbers(String key, int count) {
    return text(key).flatMap(value -> numbersIn(value, count));
  }

  static Optional<long[]> numbersIn(String value, int count) {
    String[] words = value.strip().split("\\s+");
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      OptionalLong number = i < words.length ? numberIn(words[i]) : OptionalLong.empty();
      if (number.isEmpty() || words.length != count) {
        return Optional.empty();
      }
      numbers[i] = number.getAsLong();
    }
    return Optional.of(numbers);
  }

  static OptionalLong numberIn(String text) {
    return text.matches("\\d{1,15}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }
}
