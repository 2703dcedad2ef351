package org.carillon.ntp;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.carillon.clock.DriftBound;
import org.carillon.clock.Measurement;
import org.carillon.core.net.PathAsymmetry;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.time.ManualClock;
import org.carillon.core.time.SimulatedClock;
import org.carillon.ntp.wire.NtpPacket;
import org.carillon.ntp.wire.NtpShort;
import org.carillon.ntp.wire.NtpTimestamp;

/**
 * A server in simulated time: its clock is off by less than it says, and each way to it takes a
 * random time of its own.
 */
final class SimulatedServer {

  private static final long LOCAL_PRECISION_NS = 50;

  private final String name;
  private final ManualClock trueTime;
  private final SimulatedClock local;
  private final SplittableRandom random;
  private final long rootDelayNs;
  private final long rootDispersionNs;
  private final long errorNs;

  SimulatedServer(
      String name, ManualClock trueTime, SimulatedClock local, SplittableRandom random) {
    this.name = name;
    this.trueTime = trueTime;
    this.local = local;
    this.random = random;
    this.rootDelayNs = random.nextLong(2_000_000);
    this.rootDispersionNs = random.nextLong(500_000);
    long claimNs = rootDelayNs / 2 + rootDispersionNs;
    this.errorNs = random.nextLong(-claimNs, claimNs + 1);
  }

  /** One exchange, in which true time goes on. */
  Measurement exchange(DriftBound drift) {
    long cookie = random.nextLong();
    Stamp t1 = stamp();
    travel();
    long t2Ns = trueTime.realtimeNs() + errorNs;
    trueTime.advance(random.nextLong(100_000));
    long t3Ns = trueTime.realtimeNs() + errorNs;
    travel();
    Stamp t4 = stamp();
    NtpPacket answer =
        new NtpPacket(
            0,
            4,
            NtpPacket.MODE_SERVER,
            2,
            0,
            -30,
            NtpShort.fromNs(rootDelayNs),
            NtpShort.fromNs(rootDispersionNs),
            0,
            0,
            cookie,
            NtpTimestamp.fromUnixNs(t2Ns),
            NtpTimestamp.fromUnixNs(t3Ns));
    Exchange exchange =
        new Exchange(name, cookie, t1, LOCAL_PRECISION_NS, drift, PathAsymmetry.parse("a=0"));
    return switch (exchange.judge(ByteBuffer.wrap(answer.bytes()), t4, 0)) {
      case Exchange.Judgement.Accepted accepted -> accepted.measurement();
      case Exchange.Judgement other -> throw new AssertionError(other);
    };
  }

  private Stamp stamp() {
    return new Stamp(local.nowNs(), local.rawNs(), 0, TimestampSource.USER);
  }

  /** Mostly fast, sometimes very slow, and never twice the same. */
  private void travel() {
    long worstNs = random.nextInt(10) == 0 ? 200_000_000L : 2_000_000L;
    trueTime.advance(random.nextLong(worstNs));
  }
}
