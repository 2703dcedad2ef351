package org.carillon.analysis.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes a line apart at its commas, quotes as in RFC 4180. */
final class Cells {

  private Cells() {}

  /**
   * The cells of a line, without their quotes; empty if a quote is not closed or text stands beside
   * a quoted cell.
   */
  static Optional<List<String>> split(String line) {
    List<String> cells = new ArrayList<>();
    int position = 0;
    while (true) {
      if (position < line.length() && line.charAt(position) == '"') {
        StringBuilder cell = new StringBuilder();
        position++;
        while (true) {
          int quote = line.indexOf('"', position);
          if (quote < 0) {
            return Optional.empty();
          }
          cell.append(line, position, quote);
          position = quote + 1;
          if (position < line.length() && line.charAt(position) == '"') {
            cell.append('"');
            position++;
          } else {
            break;
          }
        }
        if (position < line.length() && line.charAt(position) != ',') {
          return Optional.empty();
        }
        cells.add(cell.toString());
      } else {
        int comma = line.indexOf(',', position);
        int end = comma < 0 ? line.length() : comma;
        String cell = line.substring(position, end);
        if (cell.indexOf('"') >= 0) {
          return Optional.empty();
        }
        cells.add(cell);
        position = end;
      }
      if (position >= line.length()) {
        return Optional.of(cells);
      }
      position++;
    }
  }
}
