package org.carillon.analysis.condition;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carillon.analysis.condition.Token.Kind;
import org.carillon.core.time.DurationText;

/** Takes a condition apart into words and signs. */
final class Tokens {

  /** Nobody writes a longer one, and a tree of it is never too deep to walk. */
  private static final int LONGEST = 2_000;

  private static final Pattern NUMBER =
      Pattern.compile("(\\d{1,30}(?:\\.\\d{1,30})?(?:[eE][+-]?\\d{1,2})?)(%?)");
  private static final Pattern DURATION =
      Pattern.compile("\\d{1,30}(?:\\.\\d{1,30})?(?:ns|us|µs|ms|s|m|h|d)(?![\\p{L}\\p{N}_])");
  private static final Pattern SIGN = Pattern.compile("<=|>=|==|!=|[<>=()+*/−-]");

  /** What may stand in a key as it is; a minus does, as hosts have it in their names. */
  private static final String KEY = "(?:[^\\s.()<>=!+*/%\"−]+|\"[^\"]*\")";

  private static final Pattern PATH = Pattern.compile("(?![\\d-])" + KEY + "(?:\\." + KEY + ")*");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Tokens(String text) {
    this.text = text;
  }

  /**
   * The tokens of a text, an END behind them.
   *
   * @throws ConditionFault if something in it is no token
   */
  static List<Token> of(String text) {
    if (text.length() > LONGEST) {
      throw new ConditionFault(LONGEST + 1, "at most " + LONGEST + " characters", "more");
    }
    return new Tokens(text).split();
  }

  private List<Token> split() {
    while (true) {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      if (at == text.length()) {
        tokens.add(new Token(Kind.END, "", null, at + 1));
        return tokens;
      }
      next();
    }
  }

  private void next() {
    String duration = match(DURATION);
    if (duration != null) {
      try {
        add(Kind.DURATION, duration, BigDecimal.valueOf(DurationText.parseNs(duration)));
      } catch (IllegalArgumentException e) {
        throw new ConditionFault(at + 1, "a duration from 1 ns to 292 years", "'" + duration + "'");
      }
      return;
    }
    Matcher number = matcher(NUMBER);
    if (number.lookingAt()) {
      BigDecimal value = new BigDecimal(number.group(1));
      String whole = number.group();
      requireEnd(whole);
      add(Kind.NUMBER, whole, number.group(2).isEmpty() ? value : value.movePointLeft(2));
      return;
    }
    String sign = match(SIGN);
    if ("=".equals(sign)) {
      throw new ConditionFault(at + 1, "'==' to compare", "'='");
    }
    if (sign != null) {
      add(Kind.SIGN, sign, null);
      return;
    }
    String path = match(PATH);
    if (path == null) {
      throw new ConditionFault(
          at + 1,
          text.charAt(at) == '"' ? "a closing quote" : "a number, a path or a sign",
          "'" + text.substring(at, text.offsetByCodePoints(at, 1)) + "'");
    }
    Kind kind = path.indexOf('"') < 0 ? Kind.PATH : Kind.QUOTED_PATH;
    tokens.add(new Token(kind, path.replace("\"", ""), null, at + 1));
    at += path.length();
  }

  /** A number does not run into letters: {@code 5mss} is a slip, not a 5. */
  private void requireEnd(String number) {
    int end = at + number.length();
    if (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '.')) {
      int stop = end;
      while (stop < text.length()
          && (Character.isLetterOrDigit(text.charAt(stop)) || text.charAt(stop) == '.')) {
        stop++;
      }
      throw new ConditionFault(
          at + 1,
          "a number such as 0.05, 5% or 1e6, or a duration such as 5ms",
          "'" + text.substring(at, stop) + "'");
    }
  }

  private void add(Kind kind, String word, BigDecimal value) {
    String plain = word.equals("−") ? "-" : word;
    tokens.add(new Token(kind, plain, value, at + 1));
    at += word.length();
  }

  private String match(Pattern pattern) {
    Matcher matcher = matcher(pattern);
    return matcher.lookingAt() ? matcher.group() : null;
  }

  private Matcher matcher(Pattern pattern) {
    return pattern.matcher(text).region(at, text.length()).useTransparentBounds(true);
  }
}
