package org.carillon.ntp;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One NTP exchange, or the attempt at one. What was not measured is empty.
 *
 * @param server as the user named it, with its port
 * @param t1Ns when the request left, local time
 * @param t2Ns when it came, server time
 * @param t3Ns when the answer left, server time
 * @param t4Ns when it came, local time
 * @param offsetNs θ = ((T2 − T1) + (T3 − T4)) / 2, rounded down (RFC 5905 §8)
 * @param delayNs δ = (T4 − T1) − (T3 − T2); it can be slightly negative on a fast network, where
 *     the clocks' resolution and rates show
 * @param stratum of the server, as it said
 * @param rootDelayNs of the server, as it said, rounded up
 * @param rootDispersionNs of the server, as it said, rounded up
 * @param leap the server's leap indicator, 0–3
 * @param verdict {@value #ACCEPTED}, or in a few words why the sample is of no use
 */
public record NtpSample(
    String server,
    OptionalLong t1Ns,
    OptionalLong t2Ns,
    OptionalLong t3Ns,
    OptionalLong t4Ns,
    OptionalLong offsetNs,
    OptionalLong delayNs,
    OptionalInt stratum,
    OptionalLong rootDelayNs,
    OptionalLong rootDispersionNs,
    OptionalInt leap,
    String verdict) {

  /** The verdict on a sample that the bounded clock uses. */
  public static final String ACCEPTED = "accepted";

  public NtpSample {
    Objects.requireNonNull(server);
    if (verdict.isBlank()) {
      throw new IllegalArgumentException("a sample needs a verdict");
    }
    if (offsetNs.isPresent() != delayNs.isPresent()) {
      throw new IllegalArgumentException("offset and delay are measured together");
    }
    if (offsetNs.isPresent()
        && (t1Ns.isEmpty() || t2Ns.isEmpty() || t3Ns.isEmpty() || t4Ns.isEmpty())) {
      throw new IllegalArgumentException("an offset needs four timestamps");
    }
    if (verdict.equals(ACCEPTED) && offsetNs.isEmpty()) {
      throw new IllegalArgumentException("an accepted sample has an offset");
    }
  }

  /**
   * An attempt that brought no answer.
   *
   * @param t1Ns when the request left, if one did
   */
  public static NtpSample unanswered(String server, OptionalLong t1Ns, String verdict) {
    OptionalLong none = OptionalLong.empty();
    return new NtpSample(
        server,
        t1Ns,
        none,
        none,
        none,
        none,
        none,
        OptionalInt.empty(),
        none,
        none,
        OptionalInt.empty(),
        verdict);
  }

  /** Whether the bounded clock uses it. */
  public boolean accepted() {
    return verdict.equals(ACCEPTED);
  }
}
