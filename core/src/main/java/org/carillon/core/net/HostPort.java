package org.carillon.core.net;

import java.util.Arrays;
import java.util.List;

/**
 * A host and a port, as in {@code node7:9000}, {@code 10.0.0.7:9000} or {@code [::1]:9000}.
 *
 * @param host a name or an address, without brackets
 * @param port 1–65535
 */
public record HostPort(String host, int port) {
  public HostPort {
    if (host.isBlank() || host.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException("'" + host + "' is not a host name");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(port + " is not a port (1–65535)");
    }
  }

  /**
   * Reads {@code HOST:PORT}; an IPv6 address stands in brackets.
   *
   * @throws IllegalArgumentException with a sentence that names the faulty part
   */
  public static HostPort parse(String text) {
    int split = split(text);
    if (split < 0) {
      throw new IllegalArgumentException("'" + text + "' has no port: write HOST:PORT");
    }
    return of(text, split);
  }

  /** As {@link #parse}, with a default for a missing port. */
  public static HostPort parse(String text, int defaultPort) {
    int split = split(text);
    return split < 0 ? new HostPort(unbracket(text), defaultPort) : of(text, split);
  }

  /** Whether a text that {@link #parse(String, int)} reads names a port itself. */
  public static boolean namesPort(String text) {
    return split(text) >= 0;
  }

  /** Reads a comma-separated list; see {@link #parse(String, int)}. */
  public static List<HostPort> parseList(String text, int defaultPort) {
    return Arrays.stream(text.split(",", -1))
        .map(part -> parse(part.strip(), defaultPort))
        .toList();
  }

  /** Reads a comma-separated list in which every entry has a port. */
  public static List<HostPort> parseList(String text) {
    return Arrays.stream(text.split(",", -1)).map(part -> parse(part.strip())).toList();
  }

  private static HostPort of(String text, int split) {
    String port = text.substring(split + 1);
    try {
      return new HostPort(unbracket(text.substring(0, split)), Integer.parseInt(port));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + port + "' in '" + text + "' is not a port (1–65535)", e);
    }
  }

  /**
   * Where the colon before the port is, or −1. Several colons without brackets are an IPv6 address.
   */
  private static int split(String text) {
    int last = text.lastIndexOf(':');
    if (text.startsWith("[")) {
      return last > text.indexOf(']') ? last : -1;
    }
    return text.indexOf(':') == last ? last : -1;
  }

  private static String unbracket(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  @Override
  public String toString() {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }
}
