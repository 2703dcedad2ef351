package org.carillon.ntp;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.carillon.clock.DriftBound;
import org.carillon.clock.Measurement;
import org.carillon.ntp.wire.NtpPacket;
import org.carillon.ntp.wire.NtpTimestamp;

/**
 * One request to one server and the judgement on what comes back (RFC 5905 §8 and §9.2): pure
 * arithmetic.
 *
 * <p>The request carries a random 64-bit number where a plain client puts T1. An answer must return
 * it, so it cannot have been forged by anybody who did not see the request, and cannot be the late
 * or duplicated answer to an earlier one.
 *
 * <p>The error bound. Let Λ = root delay/2 + root dispersion be what the server says of itself, ρ
 * the drift bound. The answer arrived after it left, so θ ≥ T3 − T4 − Λ; the request arrived after
 * it left, so θ ≤ T2 − T1 + Λ, at T1. Hence at T4, |θ − offset| ≤ δ/2 + Λ + ρ(T4 − T1), to which
 * come the precisions of both clocks (RFC 5905 §11.2: root distance λ) and 2 ns for roundings here.
 *
 * @param server as the user named it, with its port
 * @param cookie the random number
 * @param t1Ns when the request left, local time
 * @param localPrecisionNs precision of the local clock, > 0
 * @param drift bound on the local clock's frequency error
 */
record Exchange(String server, long cookie, long t1Ns, long localPrecisionNs, DriftBound drift) {

  /** A server this far from true time is of no use (MAXDIST of the reference implementation). */
  static final long ROOT_DISTANCE_MAX_NS = 1_500_000_000L;

  /** θ loses up to ½ ns to halving, and T2 and T3 up to ½ ns each to conversion. */
  private static final long ROUNDING_NS = 2;

  /** What a datagram turned out to be. */
  sealed interface Judgement {
    /** No answer to this request; the true one may still come. */
    record Foreign(String verdict) implements Judgement {}

    /**
     * The server's answer, but of no use.
     *
     * @param kissCode what the server demands, if it does
     */
    record Refused(NtpSample sample, Optional<String> kissCode) implements Judgement {}

    /** A measurement. */
    record Accepted(NtpSample sample, Measurement measurement) implements Judgement {}
  }

  /**
   * Judges a datagram from the server's address.
   *
   * @param t4Ns when it came, local time
   * @param referenceId what the server's address is in a reference id
   */
  Judgement judge(ByteBuffer datagram, long t4Ns, int referenceId) {
    Optional<NtpPacket> parsed = NtpPacket.parse(datagram);
    if (parsed.isEmpty()) {
      return new Judgement.Foreign("short answer");
    }
    NtpPacket packet = parsed.get();
    if (packet.mode() != NtpPacket.MODE_SERVER) {
      return new Judgement.Foreign("not a server's answer");
    }
    if (packet.origin() != cookie) {
      return new Judgement.Foreign("bogus origin");
    }
    Optional<String> kissCode = packet.kissCode();
    if (kissCode.isPresent()) {
      return refused(packet, t4Ns, "kiss of death " + kissCode.get(), kissCode);
    }
    return refusal(packet, t4Ns)
        .map(verdict -> refused(packet, t4Ns, verdict, Optional.empty()))
        .orElseGet(() -> accepted(packet, t4Ns, referenceId));
  }

  /** Why the server's answer is of no use, if so. */
  private Optional<String> refusal(NtpPacket packet, long t4Ns) {
    if (packet.version() != 3 && packet.version() != 4) {
      return Optional.of("version " + packet.version());
    }
    if (packet.leap() == NtpPacket.LEAP_UNSYNCHRONIZED
        || packet.stratum() == 0
        || packet.stratum() >= NtpPacket.STRATUM_UNSYNCHRONIZED) {
      return Optional.of("unsynchronized server");
    }
    if (!hasTimes(packet)) {
      return Optional.of("timestamps missing");
    }
    if (t4Ns < t1Ns) {
      return Optional.of("local clock stepped");
    }
    Times times = times(packet, t4Ns);
    if (times.t3Ns() < times.t2Ns()) {
      return Optional.of("answered before asked");
    }
    if (times.delayNs(this, t4Ns) < -toleranceNs(packet, t4Ns)) {
      return Optional.of("negative delay");
    }
    if (errorNs(packet, times, t4Ns) > ROOT_DISTANCE_MAX_NS) {
      return Optional.of("root distance too large");
    }
    return Optional.empty();
  }

  private Judgement accepted(NtpPacket packet, long t4Ns, int referenceId) {
    Times times = times(packet, t4Ns);
    Measurement measurement =
        new Measurement(
            server,
            t4Ns,
            times.offsetNs(this, t4Ns),
            errorNs(packet, times, t4Ns),
            packet.rootDelayNs() + Math.max(0, times.delayNs(this, t4Ns)),
            packet.stratum(),
            packet.leap(),
            referenceId);
    return new Judgement.Accepted(sample(packet, t4Ns, NtpSample.ACCEPTED), measurement);
  }

  private Judgement refused(
      NtpPacket packet, long t4Ns, String verdict, Optional<String> kissCode) {
    return new Judgement.Refused(sample(packet, t4Ns, verdict), kissCode);
  }

  private NtpSample sample(NtpPacket packet, long t4Ns, String verdict) {
    Optional<Times> times = hasTimes(packet) ? Optional.of(times(packet, t4Ns)) : Optional.empty();
    return new NtpSample(
        server,
        OptionalLong.of(t1Ns),
        present(times.map(Times::t2Ns)),
        present(times.map(Times::t3Ns)),
        OptionalLong.of(t4Ns),
        present(times.map(known -> known.offsetNs(this, t4Ns))),
        present(times.map(known -> known.delayNs(this, t4Ns))),
        OptionalInt.of(packet.stratum()),
        OptionalLong.of(packet.rootDelayNs()),
        OptionalLong.of(packet.rootDispersionNs()),
        OptionalInt.of(packet.leap()),
        verdict);
  }

  private static OptionalLong present(Optional<Long> value) {
    return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  private long errorNs(NtpPacket packet, Times times, long t4Ns) {
    long delayNs = Math.max(0, times.delayNs(this, t4Ns));
    return (delayNs + 1) / 2
        + (packet.rootDelayNs() + 1) / 2
        + packet.rootDispersionNs()
        + toleranceNs(packet, t4Ns);
  }

  /** How far the clocks' resolution and rates can falsify the delay. */
  private long toleranceNs(NtpPacket packet, long t4Ns) {
    return packet.precisionNs() + localPrecisionNs + drift.driftNs(t4Ns - t1Ns) + ROUNDING_NS;
  }

  private static boolean hasTimes(NtpPacket packet) {
    return packet.receive() != NtpTimestamp.UNKNOWN && packet.transmit() != NtpTimestamp.UNKNOWN;
  }

  /** The server's stamps, in the era nearest to ours. */
  private static Times times(NtpPacket packet, long t4Ns) {
    return new Times(
        NtpTimestamp.toUnixNs(packet.receive(), t4Ns),
        NtpTimestamp.toUnixNs(packet.transmit(), t4Ns));
  }

  private record Times(long t2Ns, long t3Ns) {
    long offsetNs(Exchange exchange, long t4Ns) {
      return Math.floorDiv((t2Ns - exchange.t1Ns) + (t3Ns - t4Ns), 2L);
    }

    long delayNs(Exchange exchange, long t4Ns) {
      return (t4Ns - exchange.t1Ns) - (t3Ns - t2Ns);
    }
  }
}
