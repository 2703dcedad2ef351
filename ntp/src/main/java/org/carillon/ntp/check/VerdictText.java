package org.carillon.ntp.check;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.carillon.core.CheckVerdict;
import org.carillon.core.ExitCode;

/** How checks and what they end in are written for people. */
final class VerdictText {

  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** As wide as the widest verdict, and two blanks. */
  private static final int MARGIN = 9;

  private final boolean coloured;

  /**
   * @param coloured whether verdicts have a terminal's colours
   */
  VerdictText(boolean coloured) {
    this.coloured = coloured;
  }

  static String when(Instant at) {
    return WHEN.format(at);
  }

  static String ending(ExitCode code) {
    return "exit code " + code.code() + ": " + code.meaning();
  }

  /**
   * Two lines or more per check that is not passed, one for the others.
   *
   * @param width of a line of prose
   */
  String lines(List<Check> checks, int width) {
    int nameWidth = checks.stream().mapToInt(check -> check.name().length()).max().orElse(1);
    int valueWidth = checks.stream().mapToInt(check -> check.measured().length()).max().orElse(1);
    StringBuilder text = new StringBuilder();
    for (Check check : checks) {
      String line =
          String.format(
              Locale.ROOT,
              "%-" + nameWidth + "s  %-" + valueWidth + "s  %s",
              check.name(),
              check.measured(),
              check.limit());
      text.append(word(check.verdict())).append(line.stripTrailing()).append('\n');
      wrapped(prose(check), width - MARGIN)
          .forEach(part -> text.append(" ".repeat(MARGIN)).append(part).append('\n'));
    }
    return text.toString();
  }

  private static String prose(Check check) {
    return check.sentence() + (check.fix().isEmpty() ? "" : "; " + check.fix());
  }

  /** The verdict and blanks up to what follows. */
  String word(CheckVerdict verdict) {
    return coloured(verdict, verdict.name()) + " ".repeat(MARGIN - verdict.name().length());
  }

  /** A text in the colour of a verdict. */
  String coloured(CheckVerdict verdict, String text) {
    return coloured ? colour(verdict) + text + "\033[0m" : text;
  }

  private static String colour(CheckVerdict verdict) {
    return switch (verdict) {
      case PASS -> "\033[32m";
      case WARN -> "\033[33m";
      case FAIL -> "\033[1;31m";
      case UNKNOWN -> "\033[36m";
    };
  }

  /** The words of a text in lines of at most so many characters, unless a word is longer. */
  static List<String> wrapped(String prose, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : prose.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }

  /** The length of the longest of some texts, at least 1. */
  static int widest(Collection<String> texts) {
    return texts.stream().mapToInt(String::length).reduce(1, Math::max);
  }

  /** A text and blanks, up to so many characters. */
  static String padded(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - text.length()));
  }
}
