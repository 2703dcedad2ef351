package org.carillon.control.view;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * As much of a terminal as the views use: it wraps, it scrolls, and refuses what it does not know.
 */
final class TinyTerminal {

  private final int columns;
  private final int rows;
  private final List<StringBuilder> lines = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int top;
  private int row;
  private int column;

  TinyTerminal(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
    lines.add(new StringBuilder());
  }

  PrintStream stream() {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** Everything that is on it, and that has left it at the top. */
  List<String> content() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      switch (letter) {
        case '\r' -> column = 0;
        case '\n' -> {
          column = 0; // as a terminal's driver does
          down();
        }
        case '\033' -> {
          int end = i + 2;
          while (!Character.isLetter(text.charAt(end))) {
            end++;
          }
          control(text.substring(i + 2, end), text.charAt(end));
          i = end;
        }
        default -> put(letter);
      }
    }
    return lines.stream().map(line -> line.toString().stripTrailing()).toList();
  }

  int cursorRow() {
    return row;
  }

  int cursorColumn() {
    return column;
  }

  private void control(String argument, char letter) {
    switch (letter) {
      case 'A' -> row = Math.max(top, row - Integer.parseInt(argument));
      case 'J' -> {
        lines.get(row).setLength(Math.min(column, lines.get(row).length()));
        lines.subList(row + 1, lines.size()).clear();
      }
      default -> throw new AssertionError("CSI " + argument + letter);
    }
  }

  private void put(char letter) {
    if (column == columns) {
      column = 0;
      down();
    }
    StringBuilder line = lines.get(row);
    while (line.length() <= column) {
      line.append(' ');
    }
    line.setCharAt(column++, letter);
  }

  private void down() {
    row++;
    while (lines.size() <= row) {
      lines.add(new StringBuilder());
    }
    top = Math.max(top, lines.size() - rows);
  }
}
