package org.carillon.analysis.figure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the paths of an SVG file relative to where the pen is, in hundredths: the same shapes in
 * less than half the characters. Positions are rounded before they are subtracted, so that nothing
 * adds up.
 */
final class SvgPaths {

  private static final Pattern PATH = Pattern.compile(" d=\"([^\"]*)\"");
  private static final Pattern PART = Pattern.compile("([A-Za-z])|(-?[0-9.]+(?:[eE]-?[0-9]+)?)");
  private static final int HUNDREDTHS = 100;

  private final StringBuilder text = new StringBuilder();
  private char command;
  private long x;
  private long y;
  private long startX;
  private long startY;

  private SvgPaths() {}

  /** The file with shorter paths; one with a command that is not known stays as it is. */
  static String shorter(String svg) {
    return PATH.matcher(svg)
        .replaceAll(
            path -> Matcher.quoteReplacement(" d=\"" + new SvgPaths().path(path.group(1)) + "\""));
  }

  private String path(String path) {
    Matcher part = PART.matcher(path);
    long[] numbers = new long[6];
    int count = 0;
    char absolute = ' ';
    while (part.find()) {
      if (part.group(1) != null) {
        absolute = part.group(1).charAt(0);
        count = 0;
        if (absolute == 'Z') {
          close();
        } else if ("MLQC".indexOf(absolute) < 0) {
          return path;
        }
      } else {
        numbers[count] = Math.round(Double.parseDouble(part.group(2)) * HUNDREDTHS);
        count++;
        if (count == length(absolute)) {
          add(absolute, numbers, count);
          // Further pairs after a move are lines.
          absolute = absolute == 'M' ? 'L' : absolute;
          count = 0;
        }
      }
    }
    return text.toString();
  }

  private static int length(char absolute) {
    return absolute == 'C' ? 6 : absolute == 'Q' ? 4 : 2;
  }

  private void close() {
    text.append('z');
    command = 'z';
    x = startX;
    y = startY;
  }

  private void add(char absolute, long[] numbers, int count) {
    long toX = numbers[count - 2];
    long toY = numbers[count - 1];
    if (absolute == 'M') {
      begin('M');
      number(toX);
      number(toY);
      startX = toX;
      startY = toY;
    } else if (absolute == 'L' && toY == y) {
      begin('h');
      number(toX - x);
    } else if (absolute == 'L' && toX == x) {
      begin('v');
      number(toY - y);
    } else {
      begin(Character.toLowerCase(absolute));
      for (int i = 0; i < count; i += 2) {
        number(numbers[i] - x);
        number(numbers[i + 1] - y);
      }
    }
    x = toX;
    y = toY;
  }

  private void begin(char next) {
    if (next != command || next == 'M') {
      text.append(next);
      command = next;
    }
  }

  private void number(long hundredths) {
    char last = text.charAt(text.length() - 1);
    if (hundredths < 0) {
      text.append('-');
    } else if (last == '.' || Character.isDigit(last)) {
      text.append(' ');
    }
    long size = Math.abs(hundredths);
    long fraction = size % HUNDREDTHS;
    if (size >= HUNDREDTHS || fraction == 0) {
      text.append(size / HUNDREDTHS);
    }
    if (fraction != 0) {
      text.append('.').append(fraction / 10);
      if (fraction % 10 != 0) {
        text.append(fraction % 10);
      }
    }
  }
}
