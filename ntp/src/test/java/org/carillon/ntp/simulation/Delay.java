package org.carillon.ntp.simulation;

import java.util.SplittableRandom;

/** How long one datagram is on its way: a distribution. */
@FunctionalInterface
public interface Delay {

  /** The next one, in ns, ≥ 0. */
  long drawNs(SplittableRandom random);

  /** One after the other. */
  default Delay plus(Delay other) {
    return random -> drawNs(random) + other.drawNs(random);
  }

  /** With this probability; none otherwise. */
  default Delay sometimes(double probability) {
    return random -> random.nextDouble() < probability ? drawNs(random) : 0;
  }

  static Delay constant(long ns) {
    return random -> ns;
  }

  /** A queue that empties at random: an exponential distribution. */
  static Delay queue(double meanNs) {
    return random -> (long) (-meanNs * Math.log1p(-random.nextDouble()));
  }
}
