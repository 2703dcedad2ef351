package org.carillon.cli;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.carillon.analysis.partial.Share;
import org.carillon.control.controller.AgentAddress;
import org.carillon.control.controller.FailurePolicy;
import org.carillon.core.event.RunId;
import org.carillon.core.keys.SizeText;
import org.carillon.core.net.HostPort;
import org.carillon.core.net.PathAsymmetry;
import org.carillon.core.time.ClockSpec;
import org.carillon.core.time.DurationText;
import org.carillon.core.time.PollInterval;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How option values become values of our own, with our own sentences when they cannot. */
public final class Converters {

  private Converters() {}

  private static <T> T convert(String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /**
   * One of an enum's constants, in lower or upper case.
   *
   * @param <T> the enum
   */
  static final class OfChoice<T> implements ITypeConverter<T> {
    private final List<T> constants;

    OfChoice(Class<T> type) {
      this.constants = List.of(type.getEnumConstants());
    }

    @Override
    public T convert(String text) {
      return constants.stream()
          .filter(constant -> word(constant).equals(text.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected one of %s, not '%s'"
                          .formatted(
                              constants.stream().map(OfChoice::word).collect(joining(", ")),
                              text)));
    }

    private static String word(Object constant) {
      return constant.toString().toLowerCase(Locale.ROOT);
    }
  }

  /** {@code 30s}, {@code 3m}. */
  public static final class OfDuration implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Converters.convert(text, DurationText::parse);
    }
  }

  /** Seconds as a bare number, as in the Python toolkit, or a duration with a unit. */
  public static final class OfSeconds implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      boolean bare = text.matches("\\d+(\\.\\d+)?");
      return Converters.convert(bare ? text + "s" : text, DurationText::parse);
    }
  }

  /** Sixteen hexadecimal digits, or a decimal number. */
  static final class OfRunId implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return Converters.convert(text, RunId::parse);
    }
  }

  /** {@code 4KiB}, or a bare number of bytes. */
  static final class OfSize implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      boolean bare = text.matches("\\d+");
      return Converters.convert(bare ? text + "B" : text, SizeText::parseBytes);
    }
  }

  /** A whole number from 0 on. */
  public static final class OfCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("\\d{1,9}")) {
        throw new TypeConversionException("'" + text + "' is not a number such as 0 or 20");
      }
      return Integer.valueOf(text);
    }
  }

  /** A decimal number, exactly as written. */
  static final class OfDecimal implements ITypeConverter<BigDecimal> {
    @Override
    public BigDecimal convert(String text) {
      if (!text.matches("\\d{1,18}(\\.\\d{1,18})?")) {
        throw new TypeConversionException(
            "'" + text + "' is not a decimal number such as 100 or 0.5");
      }
      return new BigDecimal(text);
    }
  }

  /** A clock's specification, checked. */
  static final class OfClock implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return Converters.convert(
          text,
          specification -> {
            ClockSpec.validate(specification);
            return specification;
          });
    }
  }

  /** {@code HOST[:PORT]=200us+-20us}. */
  static final class OfAsymmetry implements ITypeConverter<PathAsymmetry> {
    @Override
    public PathAsymmetry convert(String text) {
      return Converters.convert(text, PathAsymmetry::parse);
    }
  }

  /** {@code auto}, {@code 16s} or {@code 1s..64s}. */
  static final class OfPollInterval implements ITypeConverter<PollInterval> {
    @Override
    public PollInterval convert(String text) {
      return Converters.convert(text, PollInterval::parse);
    }
  }

  /** An NTP server, {@code HOST} or {@code HOST:PORT}. */
  static final class OfNtpServer implements ITypeConverter<HostPort> {
    /** A comma, but not the last one: what follows that is an empty name, not nothing. */
    static final String SPLIT = ",(?!$)";

    private static final int NTP_PORT = 123;

    @Override
    public HostPort convert(String text) {
      if (text.isBlank() || text.endsWith(",")) {
        throw new TypeConversionException(
            "a server's name is empty; name servers as HOST or HOST:PORT, with one comma between"
                + " two");
      }
      return Converters.convert(text, server -> HostPort.parse(server.strip(), NTP_PORT));
    }
  }

  /** A share of a run, {@code 3/8}. */
  static final class OfShare implements ITypeConverter<Share> {
    @Override
    public Share convert(String text) {
      return Converters.convert(text, Share::parse);
    }
  }

  /** A worker, {@code HOST:PORT}. */
  static final class OfHostPort implements ITypeConverter<HostPort> {
    @Override
    public HostPort convert(String text) {
      return Converters.convert(text, address -> HostPort.parse(address.strip()));
    }
  }

  /** A worker's control port, {@code [NAME=]HOST:PORT[@HOST]}. */
  static final class OfAgent implements ITypeConverter<AgentAddress> {
    @Override
    public AgentAddress convert(String text) {
      int name = text.indexOf('=');
      int data = text.lastIndexOf('@');
      if (name == 0 || data == text.length() - 1 || data >= 0 && data < name) {
        throw new TypeConversionException(
            "'" + text + "' is not a control port such as HOST:PORT or NAME=HOST:PORT@HOST");
      }
      String control = text.substring(name + 1, data < 0 ? text.length() : data);
      return new AgentAddress(
          name < 0 ? Optional.empty() : Optional.of(text.substring(0, name).strip()),
          Converters.convert(control.strip(), HostPort::parse),
          data < 0 ? Optional.empty() : Optional.of(text.substring(data + 1).strip()));
    }
  }

  /** {@code all}, {@code quorum:2} or {@code best-effort}. */
  static final class OfPolicy implements ITypeConverter<FailurePolicy> {
    @Override
    public FailurePolicy convert(String text) {
      return Converters.convert(text, FailurePolicy::parse);
    }
  }

  /** An address beginning with http:// or https://. */
  static final class OfHttpUri implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      try {
        URI uri = new URI(text);
        if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
            && uri.getHost() != null) {
          return uri;
        }
      } catch (URISyntaxException e) {
        // The sentence below says what is expected.
      }
      throw new TypeConversionException(
          "'" + text + "' is not an address such as http://HOST:PORT");
    }
  }
}
