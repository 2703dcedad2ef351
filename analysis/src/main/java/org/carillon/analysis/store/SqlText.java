package org.carillon.analysis.store;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pieces of statements. */
final class SqlText {

  private SqlText() {}

  /** A text as the database reads it. */
  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** A file to be read, and no other: what would be a pattern in its path stands for itself. */
  static String path(Path file) {
    return text(file.toString().replaceAll("[*?\\[]", "[$0]"));
  }

  /** The rows of all of these statements. */
  static String all(Stream<String> selects) {
    return selects.collect(Collectors.joining("\nUNION ALL\n"));
  }
}
