package org.carillon.core;

/** Sentences broken into lines. */
public final class Wrapped {

  private Wrapped() {}

  /**
   * The sentence behind a mark, in lines of at most so many letters, each with a line feed; those
   * after the first are indented as far as the mark is long. A word that is longer than a line
   * stands on one of its own.
   */
  public static String lines(String mark, String sentence, int columns) {
    String indent = " ".repeat(mark.length());
    StringBuilder text = new StringBuilder(mark);
    int used = mark.length();
    boolean first = true;
    for (String word : sentence.split(" ")) {
      int length = word.codePointCount(0, word.length());
      if (!first && used + 1 + length > columns) {
        text.append('\n').append(indent);
        used = indent.length();
        first = true;
      }
      text.append(first ? "" : " ").append(word);
      used += length + (first ? 0 : 1);
      first = false;
    }
    return text.append('\n').toString();
  }
}
