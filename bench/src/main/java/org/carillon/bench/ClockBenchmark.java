package org.carillon.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.carillon.clock.Assumptions;
import org.carillon.clock.BoundedClock;
import org.carillon.clock.Measurement;
import org.carillon.clock.ReadingBuffer;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.Moment;
import org.carillon.core.time.MomentBuffer;
import org.carillon.core.time.RawTimescale;
import org.carillon.core.time.SystemClock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a reading costs. A clock that was measured for an hour is read, with delays so even that the
 * polygon of its states has as many corners as it may: the dearest there is.
 */
@State(Scope.Thread)
@OperationsPerInvocation(ClockBenchmark.READINGS)
public class ClockBenchmark {

  /** So many take some 50 µs: far more than it takes to read the time around them. */
  static final int READINGS = 1_000;

  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
  private static final int POLL_S = 16;

  private final ClockSource clock = new SystemClock();
  private final RawTimescale timescale = new RawTimescale(clock);
  private final BoundedClock bounded = new BoundedClock(Assumptions.defaults(), SECOND_NS);
  private final ReadingBuffer buffer = new ReadingBuffer();
  private final MomentBuffer moment = new MomentBuffer();
  private long startNs;

  @Setup
  public void measureForAnHour() {
    SplittableRandom random = new SplittableRandom(1);
    startNs = clock.rawNs();
    long offsetNs = clock.realtimeNs() - startNs;
    for (int ageS = 3_600; ageS >= 0; ageS -= POLL_S) {
      long queueNs = random.nextLong(1_000);
      bounded.add(
          new Measurement(
              "server",
              startNs - ageS * SECOND_NS,
              offsetNs + (random.nextBoolean() ? queueNs : -queueNs) / 2,
              60_000 + queueNs,
              queueNs,
              queueNs,
              1,
              0,
              0),
          3 * POLL_S * SECOND_NS);
    }
  }

  @Benchmark
  public void counter(Blackhole hole) {
    for (int i = 0; i < READINGS; i++) {
      hole.consume(clock.rawNs());
    }
  }

  @Benchmark
  public void interval(Blackhole hole) {
    for (int i = 0; i < READINGS; i++) {
      bounded.read(startNs + i * 1_000L, 0, buffer);
      consumeInterval(hole);
    }
  }

  @Benchmark
  public void counterAndInterval(Blackhole hole) {
    for (int i = 0; i < READINGS; i++) {
      bounded.read(clock.rawNs(), 0, buffer);
      consumeInterval(hole);
    }
  }

  /** What an event alone costs: counter, node's clock, counter, and all that is known. */
  @Benchmark
  public void pairAndState(Blackhole hole) {
    for (int i = 0; i < READINGS; i++) {
      Moment now = timescale.pair();
      hole.consume(bounded.at(now.rawNs(), now.rawUncertaintyNs()));
    }
  }

  /** The same as an event of a batch costs it: its stamp carried over, and all that is known. */
  @Benchmark
  public void stampAndState(Blackhole hole) {
    long stampNs = clock.realtimeNs();
    timescale.readPair();
    for (int i = 0; i < READINGS; i++) {
      timescale.carryOver(stampNs - i, moment);
      bounded.read(moment.rawNs(), moment.rawUncertaintyNs(), buffer);
      buffer.relateToLocal(moment.localNs(), moment.rawNs(), moment.rawUncertaintyNs());
      consumeInterval(hole);
      hole.consume(buffer.isMeasured() ? buffer.measuredOffsetNs() : 0);
    }
  }

  private void consumeInterval(Blackhole hole) {
    hole.consume(buffer.earliestNs());
    hole.consume(buffer.bestNs());
    hole.consume(buffer.latestNs());
  }
}
