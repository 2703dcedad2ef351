package org.carillon.core.experiment;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carillon.core.fault.FaultPlan;
import org.carillon.core.net.HostPort;
import org.carillon.core.net.PathAsymmetry;
import org.carillon.core.time.ClockSpec;
import org.carillon.core.time.DurationText;
import org.carillon.core.time.PollInterval;

/** The forms that values of the experiment file take. */
final class Forms {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  private static final Pattern POLICY = Pattern.compile("all|best-effort|quorum:[1-9]\\d{0,8}");

  private Forms() {}

  /** Any text that holds something, on one line. */
  static Form<String> text(String description) {
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
  static Form<String> workDir() {
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
  static Form<String> name() {
    return form("name", Forms::checkName, Function.identity());
  }

  static String checkName(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a name: use up to 64 letters, digits, - and _");
    }
    return text;
  }

  /** A whole number between two bounds, both included. */
  static Form<Long> integer(long min, long max) {
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
  static Form<Double> decimal(double min, double max) {
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
  static Form<Integer> port() {
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

  static Form<Boolean> bool() {
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
  static Form<Duration> duration(Duration min) {
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
  static Form<Duration> durationUpTo(Duration max) {
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

  /** How often a server is asked, at least {@code min}. */
  static Form<PollInterval> pollInterval(Duration min) {
    return form(
        "auto, duration ≥ " + DurationText.format(min) + ", or FROM..TO",
        text -> {
          PollInterval value = PollInterval.parse(text);
          if (value.shortest().compareTo(min) < 0) {
            throw new IllegalArgumentException(
                text + " is too short: at least " + DurationText.format(min));
          }
          return value;
        },
        PollInterval::toString);
  }

  /** What is known of the ways to a server. */
  static Form<PathAsymmetry> asymmetry() {
    return form("HOST=DURATION[+-DURATION]", PathAsymmetry::parse, PathAsymmetry::toString);
  }

  /** How many workers a phase needs. */
  static Form<String> policy() {
    return form(
        "all, best-effort, or quorum:N",
        text -> {
          if (!POLICY.matcher(text).matches()) {
            throw new IllegalArgumentException(
                "'" + text + "' is not a policy: use all, best-effort, or quorum:N with N ≥ 1");
          }
          return text;
        },
        Function.identity());
  }

  /** A size in bytes between two bounds, both included. */
  static Form<Long> size(long minBytes, long maxBytes) {
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

  /** {@code system} or {@code simulated:…}. */
  static Form<String> clock() {
    return form(
        "clock: `system` or `simulated:offset=3ms,drift_ppm=20,wander_ppm=0.01,seed=7`",
        text -> {
          ClockSpec.validate(text);
          return text;
        },
        Function.identity());
  }

  /** Faults on purpose; a seed that is not given is drawn, and stands in the text from then on. */
  static Form<FaultPlan> faults() {
    return form(
        "faults such as `loss=1%,seed=7`, see faults.md",
        text -> FaultPlan.parse(List.of(text), new SplittableRandom()), FaultPlan::text);
  }

  static Form<HostPort> hostPort(int defaultPort) {
    return form(
        "HOST[:PORT], port " + defaultPort + " if left out",
        text -> HostPort.parse(text, defaultPort),
        HostPort::toString);
  }

  static Form<URI> httpUri() {
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
  static <E extends Enum<E>> Form<E> choice(Class<E> type) {
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

  static <T> Form<T> form(
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
