package org.carillon.core.keys;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carillon.core.net.HostPort;
import org.carillon.core.time.DurationText;

/** The forms that values take. */
public final class Forms {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  private Forms() {}

  /** Any text that holds something, on one line. */
  public static Form<String> text(String description) {
    return form(
        description,
        text -> {
          if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("needs " + description);
          }
          return text;
        },
        Function.identity());
  }

  /** A folder on a host: absolute, or in the account's home folder. */
  public static Form<String> workDir() {
    return form(
        "absolute path, or `~/…`",
        text -> {
          boolean rooted = text.startsWith("/") || text.startsWith("~/") && text.length() > 2;
          if (!rooted || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                "'" + text + "' is neither an absolute path nor one that begins with ~/");
          }
          return text;
        },
        Function.identity());
  }

  /** A name that can stand in file names and on command lines. */
  public static Form<String> name() {
    return form("name", Forms::checkName, Function.identity());
  }

  public static String checkName(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a name: use up to 64 letters, digits, - and _");
    }
    return text;
  }

  /** A whole number between two bounds, both included. */
  public static Form<Long> integer(long min, long max) {
    String range =
        max == Long.MAX_VALUE ? "whole number ≥ " + min : "whole number " + min + "–" + max;
    return form(
        range,
        text -> {
          long value;
          try {
            value = Long.parseLong(text);
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a " + range, e);
          }
          if (value < min || value > max) {
            throw new IllegalArgumentException(text + " is not a " + range);
          }
          return value;
        },
        String::valueOf);
  }

  /** A decimal number between two bounds, both included. */
  public static Form<Double> decimal(double min, double max) {
    String range = "number " + plain(min) + "–" + plain(max);
    return form(
        range,
        text -> {
          double value;
          try {
            value = Double.parseDouble(text);
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a " + range, e);
          }
          if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(text + " is not a " + range);
          }
          return value;
        },
        Forms::plain);
  }

  private static String plain(double value) {
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  /** A UDP or TCP port. */
  public static Form<Integer> port() {
    return form(
        "port 1–65535",
        text -> {
          if (!text.matches("\\d{1,5}") || !inRange(Integer.parseInt(text), 1, 65_535)) {
            throw new IllegalArgumentException(text + " is not a port (1–65535)");
          }
          return Integer.parseInt(text);
        },
        String::valueOf);
  }

  private static boolean inRange(int value, int min, int max) {
    return value >= min && value <= max;
  }

  public static Form<Boolean> bool() {
    return form(
        "true or false",
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default ->
                  throw new IllegalArgumentException("'" + text + "' is neither true nor false");
            },
        String::valueOf);
  }

  /** A duration with a unit, at least {@code min}. */
  public static Form<Duration> duration(Duration min) {
    String description = min.isZero() ? "duration" : "duration ≥ " + DurationText.format(min);
    return form(
        description,
        text -> {
          Duration value = DurationText.parse(text);
          if (value.compareTo(min) < 0) {
            throw new IllegalArgumentException(
                text + " is too short: at least " + DurationText.format(min));
          }
          return value;
        },
        DurationText::format);
  }

  /** A duration with a unit, no longer than {@code max}. */
  public static Form<Duration> durationUpTo(Duration max) {
    Form<Duration> any = duration(Duration.ZERO);
    return form(
        "duration ≤ " + DurationText.format(max),
        text -> {
          Duration value = any.parse(text);
          if (value.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                text + " is too long: at most " + DurationText.format(max));
          }
          return value;
        },
        DurationText::format);
  }

  /** A size in bytes between two bounds, both included. */
  public static Form<Long> size(long minBytes, long maxBytes) {
    String description = "size " + SizeText.format(minBytes) + "–" + SizeText.format(maxBytes);
    return form(
        description,
        text -> {
          long value = SizeText.parseBytes(text);
          if (value < minBytes || value > maxBytes) {
            throw new IllegalArgumentException(text + " is not a " + description);
          }
          return value;
        },
        SizeText::format);
  }

  public static Form<HostPort> hostPort(int defaultPort) {
    return form(
        "HOST[:PORT], port " + defaultPort + " if left out",
        text -> HostPort.parse(text, defaultPort),
        HostPort::toString);
  }

  public static Form<URI> httpUri() {
    return form(
        "URL",
        text -> {
          try {
            URI uri = new URI(text);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
              return uri;
            }
          } catch (URISyntaxException e) {
            // The sentence below says all there is to say.
          }
          throw new IllegalArgumentException(
              "'" + text + "' is not a URL such as http://localhost:8123");
        },
        URI::toString);
  }

  /** One of an enum's constants, written in lower case with dashes. */
  public static <E extends Enum<E>> Form<E> choice(Class<E> type) {
    String choices =
        Arrays.stream(type.getEnumConstants())
            .map(Forms::spell)
            .collect(Collectors.joining(" or "));
    return form(
        choices,
        text ->
            Arrays.stream(type.getEnumConstants())
                .filter(constant -> spell(constant).equals(text))
                .findFirst()
                .orElseThrow(
                    () -> new IllegalArgumentException("'" + text + "' is not " + choices)),
        Forms::spell);
  }

  private static String spell(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static <T> Form<T> form(
      String description, Function<String, T> parse, Function<T, String> format) {
    return new Form<>() {
      @Override
      public T parse(String text) {
        return parse.apply(text);
      }

      @Override
      public String format(T value) {
        return format.apply(value);
      }

      @Override
      public String description() {
        return description;
      }
    };
  }
}
