package org.carillon.ntp.simulation;

import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A time server and the way to it.
 *
 * @param error of its clock; an honest server's is within its claim
 * @param rootDelayNs that it claims
 * @param rootDispersionNs that it claims
 */
public record Server(
    String name, Path path, ClockError error, long rootDelayNs, long rootDispersionNs) {

  private static final Delay PROCESSING = Delay.constant(5_000).plus(Delay.queue(10_000));

  /** One with a reference clock of its own, good to 15 µs, and exact. */
  public static Server exact(String name, Path path) {
    return new Server(name, path, ClockError.NONE, 0, 15_000);
  }

  /** The same, off by so much. */
  public Server off(ClockError by) {
    return new Server(name, path, error.plus(by), rootDelayNs, rootDispersionNs);
  }

  /** The most that it can be off if it is honest, ns. */
  public long claimNs() {
    return rootDelayNs / 2 + rootDispersionNs;
  }

  /**
   * Asks it.
   *
   * @param startNs when the request leaves, true time
   * @param local error of the client's clock
   * @return empty if a datagram is lost
   */
  public Optional<Exchanged> ask(long startNs, ClockError local, SplittableRandom random) {
    long arrivedNs = startNs + path.there().drawNs(random);
    long answeredNs = arrivedNs + PROCESSING.drawNs(random);
    long endNs = answeredNs + path.back().drawNs(random);
    return random.nextDouble() < path.loss() || path.cut().test(startNs)
        ? Optional.empty()
        : Optional.of(
            new Exchanged(
                local.localNs(startNs),
                error.localNs(arrivedNs),
                error.localNs(answeredNs),
                local.localNs(endNs),
                endNs));
  }
}
