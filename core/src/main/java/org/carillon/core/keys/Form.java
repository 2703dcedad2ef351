package org.carillon.core.keys;

import java.util.List;

/**
 * What the value of a key may look like: reads it from text, writes it back, and describes itself
 * in the reference.
 *
 * @param <T> what the program works with
 */
public interface Form<T> {

  /**
   * The value.
   *
   * @throws IllegalArgumentException with a sentence that quotes the text and says what is allowed
   */
  T parse(String text);

  /** A text that {@link #parse} reads back as an equal value. */
  String format(T value);

  /** What the reference says about allowed values, such as {@code duration ≥ 1s}. */
  String description();

  /**
   * The words of a command, written as a YAML list, since a word may hold anything that stands on
   * one line: commas, blanks, or nothing.
   */
  record Words() implements Form<List<String>> {

    @Override
    public List<String> parse(String text) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a list of words: write it as a YAML list, such as [sleep, 10s]");
    }

    /** The words, if each can be one. */
    List<String> of(List<String> words) {
      for (String word : words) {
        if (word.chars().anyMatch(Character::isISOControl)) {
          throw new IllegalArgumentException("a word of a command stands on one line");
        }
      }
      if (words.isEmpty() || words.getFirst().isBlank()) {
        throw new IllegalArgumentException("names no program: its first word must not be empty");
      }
      return List.copyOf(words);
    }

    @Override
    public String format(List<String> words) {
      return String.join(" ", words);
    }

    @Override
    public String description() {
      return "list of words";
    }
  }

  /**
   * A list of values, written as a YAML list or with commas.
   *
   * @param item the form of each
   */
  record Many<T>(Form<T> item) implements Form<List<T>> {

    @Override
    public List<T> parse(String text) {
      return text.isBlank()
          ? List.of()
          : List.of(text.split(",", -1)).stream().map(part -> item.parse(part.strip())).toList();
    }

    @Override
    public String format(List<T> values) {
      return String.join(",", values.stream().map(item::format).toList());
    }

    @Override
    public String description() {
      return "list of " + item.description();
    }
  }
}
