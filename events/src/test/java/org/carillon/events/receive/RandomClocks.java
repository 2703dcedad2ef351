package org.carillon.events.receive;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.carillon.core.record.ClockCells;
import org.carillon.core.record.MeasuredOffset;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Moment;
import org.carillon.core.time.Reading;
import org.carillon.events.NodeClocks;

/** Clocks that say anything, but always the same about the same moment. */
final class RandomClocks implements NodeClocks {

  private final long seed;

  RandomClocks(long seed) {
    this.seed = seed;
  }

  @Override
  public ClockCells at(Moment moment) {
    SplittableRandom random = new SplittableRandom(seed ^ moment.hashCode());
    ClockStatus status = ClockStatus.values()[random.nextInt(ClockStatus.values().length)];
    long bestNs = moment.localNs() + random.nextLong(-1_000_000, 1_000_000);
    return new ClockCells(
        offset(random),
        offset(random),
        status,
        status == ClockStatus.UNSYNCHRONIZED
            ? Optional.empty()
            : Optional.of(
                new Reading(
                    bestNs - random.nextLong(1_000_000),
                    bestNs,
                    bestNs + random.nextLong(1, 1_000_000),
                    status)),
        random.nextBoolean() ? OptionalLong.of(moment.realtimeNs()) : OptionalLong.empty(),
        OptionalLong.of(moment.rawNs()),
        OptionalLong.of(moment.rawUncertaintyNs()));
  }

  private static Optional<MeasuredOffset> offset(SplittableRandom random) {
    return random.nextInt(3) == 0
        ? Optional.empty()
        : Optional.of(
            new MeasuredOffset(
                random.nextLong(-1L << random.nextInt(60), 1L << random.nextInt(60)),
                random.nextLong(1L << random.nextInt(50))));
  }

  @Override
  public void close() {}
}
