package org.carillon.ntp.simulation;

import java.util.function.LongPredicate;

/**
 * The way to a server and back.
 *
 * @param loss share of exchanges of which a datagram is lost
 * @param cut whether nothing passes at a moment of true time
 */
public record Path(Delay there, Delay back, double loss, LongPredicate cut) {

  /** The same both ways, nothing lost. */
  public static Path symmetric(Delay delay) {
    return new Path(delay, delay, 0, trueNs -> false);
  }

  /** One switch, nobody else there: 40 µs, and some for the two operating systems. */
  public static Path lan() {
    return symmetric(Delay.constant(40_000).plus(Delay.queue(8_000)));
  }

  /** The same with traffic: queues, and every fifth datagram behind a burst. */
  public static Path loadedLan() {
    return symmetric(
        Delay.constant(40_000).plus(Delay.queue(60_000)).plus(Delay.queue(500_000).sometimes(0.2)));
  }

  /**
   * Over the internet: 26 ms there and back at best, 32 ms in the median, every tenth datagram
   * behind a burst. That is less jitter than a desktop's way to the pool shows in a recording of
   * nine hours, whose lower quartile, median and upper quartile are 29, 36 and 60 ms.
   */
  public static Path wan() {
    return symmetric(
        Delay.constant(13_000_000)
            .plus(Delay.queue(3_000_000))
            .plus(Delay.queue(10_000_000).sometimes(0.1)));
  }

  /** With a longer way there. */
  public Path longerThere(long ns) {
    return new Path(there.plus(Delay.constant(ns)), back, loss, cut);
  }

  /** That loses this share of exchanges. */
  public Path losing(double share) {
    return new Path(there, back, share, cut);
  }

  /** Through which nothing passes between two moments of true time. */
  public Path cutBetween(long fromNs, long toNs) {
    return new Path(
        there, back, loss, trueNs -> cut.test(trueNs) || fromNs <= trueNs && trueNs < toNs);
  }
}
