package org.carillon.ntp;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.carillon.clock.DriftBound;
import org.carillon.clock.Measurement;
import org.carillon.core.net.PathAsymmetry;
import org.carillon.core.record.SampleRow;
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
 * <p>All is computed on the node's free-running counter, on which a bound can rest; the same on the
 * node's clock goes into the row, for the reader.
 *
 * <p>The error bound. Let Λ = root delay/2 + root dispersion be what the server says of itself, ρ
 * the drift bound. The answer arrived after it left, so θ ≥ T3 − T4 − Λ; the request arrived after
 * it left, so θ ≤ T2 − T1 + Λ, at T1. Hence at T4, |θ − offset| ≤ δ/2 + Λ + ρ(T4 − T1), to which
 * come the precisions of both clocks (RFC 5905 §11.2: root distance λ) and 2 ns for roundings here.
 * If the way there takes s longer than the way back for sure, it takes s at least, and θ ≤ T2 − T1
 * − s + Λ; if the way back does, θ ≥ T3 − T4 + s − Λ.
 *
 * @param server as the user named it, with its port
 * @param cookie the random number
 * @param t1 when the request left
 * @param localPrecisionNs precision of the local clock, > 0
 * @param drift bound on the local clock's frequency error
 * @param asymmetry what is known of the way there and the way back
 */
record Exchange(
    String server,
    long cookie,
    Stamp t1,
    long localPrecisionNs,
    DriftBound drift,
    PathAsymmetry asymmetry) {

  /** A server this far from true time is of no use (MAXDIST of the reference implementation). */
  static final long ROOT_DISTANCE_MAX_NS = 1_500_000_000L;

  static final String SHORT_ANSWER = "short answer";

  /** Slower steering of the node's clock than this within an exchange is no step. */
  private static final long STEP_NS = 100_000;

  private static final int SLEW_DIVISOR = 9;

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
    record Refused(SampleRow sample, Optional<String> kissCode) implements Judgement {}

    /** A measurement. */
    record Accepted(SampleRow sample, Measurement measurement) implements Judgement {}
  }

  /**
   * Judges a datagram from the server's address.
   *
   * @param t4 when it came
   * @param referenceId what the server's address is in a reference id
   */
  Judgement judge(ByteBuffer datagram, Stamp t4, int referenceId) {
    return NtpPacket.parse(datagram)
        .map(packet -> judge(packet, t4, referenceId))
        .orElseGet(() -> new Judgement.Foreign(SHORT_ANSWER));
  }

  /** As {@link #judge(ByteBuffer, Stamp, int)}, for one that has been read. */
  Judgement judge(NtpPacket packet, Stamp t4, int referenceId) {
    if (packet.mode() != NtpPacket.MODE_SERVER) {
      return new Judgement.Foreign("not a server's answer");
    }
    if (packet.origin() != cookie) {
      return new Judgement.Foreign("bogus origin");
    }
    Optional<String> kissCode = packet.kissCode();
    if (kissCode.isPresent()) {
      return refused(packet, t4, "kiss of death " + kissCode.get(), kissCode);
    }
    return refusal(packet, t4)
        .map(verdict -> refused(packet, t4, verdict, Optional.empty()))
        .orElseGet(() -> accepted(packet, t4, referenceId));
  }

  /** Why the server's answer is of no use, if so. */
  private Optional<String> refusal(NtpPacket packet, Stamp t4) {
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
    long elapsedNs = t4.rawNs() - t1.rawNs();
    long steeredNs = (t4.localNs() - t1.localNs()) - elapsedNs;
    long unsureNs = t1.rawUncertaintyNs() + t4.rawUncertaintyNs();
    if (elapsedNs < 0 || Math.abs(steeredNs) > STEP_NS + elapsedNs / SLEW_DIVISOR + unsureNs) {
      return Optional.of("local clock stepped");
    }
    Times times = times(packet, t4);
    if (times.t3Ns() < times.t2Ns()) {
      return Optional.of("answered before asked");
    }
    if (times.delayNs(t1.rawNs(), t4.rawNs()) < -toleranceNs(packet, t4)) {
      return Optional.of("negative delay");
    }
    if (Math.abs(asymmetry.sureNs())
        > times.delayNs(t1.rawNs(), t4.rawNs()) + toleranceNs(packet, t4)) {
      return Optional.of("asymmetry larger than the delay");
    }
    if (errorNs(packet, times, t4) > ROOT_DISTANCE_MAX_NS) {
      return Optional.of("root distance too large");
    }
    return Optional.empty();
  }

  private Judgement accepted(NtpPacket packet, Stamp t4, int referenceId) {
    Times times = times(packet, t4);
    long delayNs = Math.max(0, times.delayNs(t1.rawNs(), t4.rawNs()));
    long offsetNs = times.offsetNs(t1.rawNs(), t4.rawNs());
    // A way that is longer by s for sure takes s at least, so that edge of the interval moves by s.
    long halfSureNs = asymmetry.sureNs() / 2;
    Measurement measurement =
        new Measurement(
            server,
            t4.rawNs(),
            offsetNs - halfSureNs,
            errorNs(packet, times, t4) - Math.abs(halfSureNs),
            offsetNs - asymmetry.thereMinusBackNs() / 2,
            delayNs,
            packet.rootDelayNs() + delayNs,
            packet.stratum(),
            packet.leap(),
            referenceId);
    return new Judgement.Accepted(sample(packet, t4, SampleRow.ACCEPTED), measurement);
  }

  private Judgement refused(NtpPacket packet, Stamp t4, String verdict, Optional<String> kissCode) {
    return new Judgement.Refused(sample(packet, t4, verdict), kissCode);
  }

  private SampleRow sample(NtpPacket packet, Stamp t4, String verdict) {
    Optional<Times> times = hasTimes(packet) ? Optional.of(times(packet, t4)) : Optional.empty();
    return new SampleRow(
        server,
        OptionalLong.of(t1.localNs()),
        present(times.map(Times::t2Ns)),
        present(times.map(Times::t3Ns)),
        OptionalLong.of(t4.localNs()),
        present(times.map(known -> known.offsetNs(t1.localNs(), t4.localNs()))),
        present(times.map(known -> known.delayNs(t1.localNs(), t4.localNs()))),
        OptionalInt.of(packet.stratum()),
        OptionalLong.of(packet.rootDelayNs()),
        OptionalLong.of(packet.rootDispersionNs()),
        OptionalInt.of(packet.leap()),
        verdict,
        new SampleRow.OnCounter(
            OptionalLong.of(t1.rawNs()),
            OptionalLong.of(t4.rawNs()),
            present(times.map(known -> errorNs(packet, known, t4))),
            Optional.of(t1.source()),
            Optional.of(t4.source())),
        Optional.of(SampleRow.Mode.BASIC));
  }

  private static OptionalLong present(Optional<Long> value) {
    return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  private long errorNs(NtpPacket packet, Times times, Stamp t4) {
    long delayNs = Math.max(0, times.delayNs(t1.rawNs(), t4.rawNs()));
    return (delayNs + 1) / 2
        + (packet.rootDelayNs() + 1) / 2
        + packet.rootDispersionNs()
        + toleranceNs(packet, t4);
  }

  /** How far the clocks' resolution and rates can falsify the delay. */
  private long toleranceNs(NtpPacket packet, Stamp t4) {
    return packet.precisionNs()
        + localPrecisionNs
        + drift.driftNs(t4.rawNs() - t1.rawNs())
        + ROUNDING_NS;
  }

  private static boolean hasTimes(NtpPacket packet) {
    return packet.receive() != NtpTimestamp.UNKNOWN && packet.transmit() != NtpTimestamp.UNKNOWN;
  }

  /** The server's stamps, in the era nearest to ours. */
  private static Times times(NtpPacket packet, Stamp t4) {
    return new Times(
        NtpTimestamp.toUnixNs(packet.receive(), t4.localNs()),
        NtpTimestamp.toUnixNs(packet.transmit(), t4.localNs()));
  }

  private record Times(long t2Ns, long t3Ns) {

    /** θ (RFC 5905 §8) on the scale that T1 and T4 are on. */
    long offsetNs(long t1Ns, long t4Ns) {
      return Math.floorDiv((t2Ns - t1Ns) + (t3Ns - t4Ns), 2L);
    }

    /** δ (RFC 5905 §8) on the scale that T1 and T4 are on. */
    long delayNs(long t1Ns, long t4Ns) {
      return (t4Ns - t1Ns) - (t3Ns - t2Ns);
    }
  }
}
