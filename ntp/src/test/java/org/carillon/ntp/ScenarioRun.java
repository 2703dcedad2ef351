package org.carillon.ntp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.carillon.clock.Assumptions;
import org.carillon.clock.BoundedClock;
import org.carillon.clock.Measurement;
import org.carillon.core.net.PathAsymmetry;
import org.carillon.core.record.TimestampSource;
import org.carillon.ntp.simulation.Exchanged;
import org.carillon.ntp.simulation.Scenario;
import org.carillon.ntp.simulation.Server;
import org.carillon.ntp.wire.NtpPacket;
import org.carillon.ntp.wire.NtpShort;
import org.carillon.ntp.wire.NtpTimestamp;

/** Plays a scenario: its exchanges go through {@link Exchange} into a bounded clock. */
final class ScenarioRun {

  /** True time at the start, ns since the Unix epoch. */
  static final long EPOCH_NS = 1_800_000_000_000_000_000L;

  private static final long LOCAL_PRECISION_NS = 50;
  private static final long SERVER_SPACING_NS = 100_000_000;

  private final Scenario scenario;
  private final Assumptions assumptions;
  private final SplittableRandom random;
  private final BoundedClock clock;

  /** Looks on. */
  interface Observer {
    /**
     * A measurement has been taken in.
     *
     * @param server that it is of
     */
    default void measured(Server server, Exchanged exchange, Measurement measurement) {}

    /** All servers have been asked once more. */
    default void polled(int polls, BoundedClock clock) {}

    /**
     * A moment to read the clock for.
     *
     * @param trueNs ns since the Unix epoch
     * @param localNs what the node's clock shows then
     */
    default void at(long trueNs, long localNs, BoundedClock clock) {}
  }

  ScenarioRun(Scenario scenario, Assumptions assumptions) {
    this.scenario = scenario;
    this.assumptions = assumptions;
    this.random = new SplittableRandom(scenario.seed());
    this.clock = new BoundedClock(assumptions, Exchange.ROOT_DISTANCE_MAX_NS);
  }

  /**
   * @param readingsPerPoll moments to read the clock for between two polls; one in four is up to a
   *     second before the latest sample, as an event's that is recorded late
   */
  BoundedClock play(int readingsPerPoll, Observer observer) {
    long pollNs = scenario.poll().toNanos();
    int polls = 0;
    for (long startNs = pollNs; startNs < scenario.length().toNanos(); startNs += pollNs) {
      long askNs = startNs + random.nextLong(SERVER_SPACING_NS);
      for (Server server : scenario.servers()) {
        Optional<Exchanged> exchange = server.ask(askNs, scenario.clock(), random);
        exchange.ifPresent(
            answered -> {
              Measurement measurement =
                  measurement(server, answered, random.nextLong(), assumptions);
              clock.add(measurement, freshFor().toNanos());
              observer.measured(server, answered, measurement);
            });
        askNs = exchange.map(Exchanged::endNs).orElse(askNs) + SERVER_SPACING_NS;
      }
      observer.polled(++polls, clock);
      for (int i = 0; i < readingsPerPoll; i++) {
        long readNs =
            i % 4 == 3
                ? askNs - random.nextLong(1_000_000_000)
                : askNs + random.nextLong(startNs + pollNs - askNs);
        observer.at(EPOCH_NS + readNs, EPOCH_NS + scenario.clock().localNs(readNs), clock);
      }
    }
    return clock;
  }

  private Duration freshFor() {
    return scenario.poll().multipliedBy(3).plusSeconds(1);
  }

  /** What the client makes of an exchange that it must accept. */
  static Measurement measurement(
      Server server, Exchanged exchange, long cookie, Assumptions assumptions) {
    NtpPacket answer =
        new NtpPacket(
            0,
            4,
            NtpPacket.MODE_SERVER,
            1,
            0,
            -24,
            NtpShort.fromNs(server.rootDelayNs()),
            NtpShort.fromNs(server.rootDispersionNs()),
            0,
            0,
            cookie,
            NtpTimestamp.fromUnixNs(EPOCH_NS + exchange.t2Ns()),
            NtpTimestamp.fromUnixNs(EPOCH_NS + exchange.t3Ns()));
    Exchange asked =
        new Exchange(
            server.name(),
            cookie,
            stamp(exchange.t1Ns()),
            LOCAL_PRECISION_NS,
            assumptions.drift(),
            PathAsymmetry.parse("a=0"));
    return switch (asked.judge(ByteBuffer.wrap(answer.bytes()), stamp(exchange.t4Ns()), 0)) {
      case Exchange.Judgement.Accepted accepted -> accepted.measurement();
      case Exchange.Judgement other -> throw new AssertionError(other);
    };
  }

  /** The simulated clock is the counter; what is done to the node's clock besides is no matter. */
  private static Stamp stamp(long ns) {
    return new Stamp(EPOCH_NS + ns, EPOCH_NS + ns, 0, TimestampSource.KERNEL);
  }
}
