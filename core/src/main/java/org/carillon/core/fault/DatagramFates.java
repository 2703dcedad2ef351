package org.carillon.core.fault;

import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Decides what becomes of each datagram of one line, in the order in which they come. Every fault
 * draws from random numbers of its own, and draws for every datagram: so which datagrams are lost
 * depends on the seed alone, and not on what else is injected.
 */
final class DatagramFates {

  /**
   * What becomes of one datagram.
   *
   * @param lost it vanishes, and the rest does not matter
   * @param delayNs how much later it comes
   * @param heldBack it lets the next one pass
   * @param copied a second copy comes
   * @param copyDelayNs how much later that copy comes
   */
  record Fate(boolean lost, long delayNs, boolean heldBack, boolean copied, long copyDelayNs) {}

  private final BooleanSupplier loss;
  private final LongSupplier delayNs;
  private final BooleanSupplier reordering;
  private final BooleanSupplier duplication;
  private final LongSupplier copyDelayNs;

  DatagramFates(FaultPlan plan, SplittableRandom random) {
    // All are split off whether needed or not, so that each has the same numbers in every plan.
    loss = chance(plan.of(Fault.Loss.class).stream().map(Fault.Loss::share), random.split());
    duplication =
        chance(plan.of(Fault.Duplicate.class).stream().map(Fault.Duplicate::share), random.split());
    reordering =
        chance(plan.of(Fault.Reorder.class).stream().map(Fault.Reorder::share), random.split());
    delayNs = delay(plan, random.split());
    copyDelayNs = delay(plan, random.split());
  }

  private static BooleanSupplier chance(Stream<Share> share, SplittableRandom random) {
    double probability = share.findFirst().map(Share::probability).orElse(0.0);
    return () -> random.nextDouble() < probability;
  }

  private static LongSupplier delay(FaultPlan plan, SplittableRandom random) {
    return plan.of(Fault.Delay.class).stream()
        .findFirst()
        .<LongSupplier>map(
            delay -> () -> random.nextLong(delay.least().toNanos(), delay.most().toNanos() + 1))
        .orElse(() -> 0);
  }

  /** What becomes of the next datagram. */
  Fate next() {
    return new Fate(
        loss.getAsBoolean(),
        delayNs.getAsLong(),
        reordering.getAsBoolean(),
        duplication.getAsBoolean(),
        copyDelayNs.getAsLong());
  }
}
