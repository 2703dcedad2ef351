package org.carillon.ntp.server;

import java.util.Optional;
import org.carillon.ntp.ClockPrecision;
import org.carillon.ntp.wire.NtpPacket;
import org.carillon.ntp.wire.NtpShort;
import org.carillon.ntp.wire.NtpTimestamp;
import org.carillon.ntp.wire.ReferenceId;

/**
 * Makes the answers of a server (RFC 5905 §9.2, fast transmit): pure arithmetic. Version and poll
 * interval are the client's.
 *
 * @param precision of the server's clock
 */
record Answers(ClockPrecision precision) {

  /** An unsynchronized server claims the largest dispersion there is (RFC 5905 §7.2, MAXDISP). */
  private static final int DISPERSION_UNSYNCHRONIZED = NtpShort.fromNs(16_000_000_000L);

  private static final int RATE = ReferenceId.of("RATE");

  /**
   * The answer to a request.
   *
   * @param served what the server knows; empty while it is unsynchronized
   * @param t2LocalNs when the request came, local time
   * @param t3LocalNs when the answer leaves, local time
   */
  NtpPacket answer(NtpPacket request, Optional<ServedTime> served, long t2LocalNs, long t3LocalNs) {
    return served
        .map(known -> synchronizedAnswer(request, known, t2LocalNs, t3LocalNs))
        .orElseGet(
            () ->
                new NtpPacket(
                    NtpPacket.LEAP_UNSYNCHRONIZED,
                    request.version(),
                    NtpPacket.MODE_SERVER,
                    0,
                    request.poll(),
                    precision.log2Seconds(),
                    0,
                    DISPERSION_UNSYNCHRONIZED,
                    0,
                    NtpTimestamp.UNKNOWN,
                    request.transmit(),
                    NtpTimestamp.fromUnixNs(t2LocalNs),
                    NtpTimestamp.fromUnixNs(t3LocalNs)));
  }

  private NtpPacket synchronizedAnswer(
      NtpPacket request, ServedTime served, long t2LocalNs, long t3LocalNs) {
    // One offset for all stamps: should it change in between, the answer still agrees with itself.
    long offsetNs = served.offsetNs();
    return new NtpPacket(
        served.leap(),
        request.version(),
        NtpPacket.MODE_SERVER,
        served.stratum(),
        request.poll(),
        precision.log2Seconds(),
        NtpShort.fromNs(served.rootDelayNs()),
        NtpShort.fromNs(served.rootDispersionNs()),
        served.referenceId(),
        NtpTimestamp.fromUnixNs(served.setNs() + offsetNs),
        request.transmit(),
        NtpTimestamp.fromUnixNs(t2LocalNs + offsetNs),
        NtpTimestamp.fromUnixNs(t3LocalNs + offsetNs));
  }

  /** Tells a client to ask less often (RFC 5905 §7.4). It carries no time. */
  NtpPacket kissOfDeath(NtpPacket request) {
    return new NtpPacket(
        NtpPacket.LEAP_UNSYNCHRONIZED,
        request.version(),
        NtpPacket.MODE_SERVER,
        0,
        request.poll(),
        precision.log2Seconds(),
        0,
        0,
        RATE,
        NtpTimestamp.UNKNOWN,
        request.transmit(),
        request.transmit(),
        request.transmit());
  }
}
