package org.carillon.core.net;

import java.util.OptionalLong;
import org.carillon.core.time.DurationText;

/**
 * What somebody knows of the two ways between this node and a server: how much longer a datagram is
 * on its way there than back when it meets no queue. Written {@code HOST[:PORT]=200us}, or {@code
 * HOST[:PORT]=200us+-20us} (or with ±) if it is also known how well that is known.
 *
 * @param server as it is asked
 * @param thereMinusBackNs the time there minus the time back, ns: positive if the way there is the
 *     longer one
 * @param uncertaintyNs how far off that may be, ≥ 0; empty if nobody vouches for it
 */
public record PathAsymmetry(HostPort server, long thereMinusBackNs, OptionalLong uncertaintyNs) {

  /** Longer than any way on earth: it keeps sums far from overflow. */
  private static final long NS_MAX = 10_000_000_000L;

  private static final int NTP_PORT = 123;

  public PathAsymmetry {
    if (Math.abs(thereMinusBackNs) > NS_MAX
        || uncertaintyNs.isPresent()
            && (uncertaintyNs.getAsLong() < 0 || uncertaintyNs.getAsLong() > NS_MAX)) {
      throw new IllegalArgumentException(
          "an asymmetry lies between -10s and 10s, and its uncertainty between 0s and 10s");
    }
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException with a sentence if the text is none
   */
  public static PathAsymmetry parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException(
          "'" + text + "' is not HOST=DURATION, such as ntp1=200us or ntp1=200us+-20us");
    }
    HostPort server = HostPort.parse(text.substring(0, equals).strip(), NTP_PORT);
    String[] parts = text.substring(equals + 1).strip().split("±|\\+-", 2);
    return new PathAsymmetry(
        server,
        DurationText.parseNs(parts[0].strip()),
        parts.length == 1
            ? OptionalLong.empty()
            : OptionalLong.of(DurationText.parseNs(parts[1].strip())));
  }

  /**
   * How much longer one way is for sure: positive for the way there, negative for the way back, 0
   * if neither is known to be.
   */
  public long sureNs() {
    if (uncertaintyNs.isEmpty()) {
      return 0;
    }
    long sureNs = Math.max(0, Math.abs(thereMinusBackNs) - uncertaintyNs.getAsLong());
    return thereMinusBackNs < 0 ? -sureNs : sureNs;
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return server
        + "="
        + DurationText.format(thereMinusBackNs)
        + (uncertaintyNs.isEmpty() ? "" : "+-" + DurationText.format(uncertaintyNs.getAsLong()));
  }
}
