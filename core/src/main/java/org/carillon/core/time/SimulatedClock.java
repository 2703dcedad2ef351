package org.carillon.core.time;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A clock with a known error, so that one machine can play a cluster whose true time is known: the
 * underlying realtime is true time, and the local clock deviates from it by a constant offset, a
 * constant frequency error, and a random walk of the frequency.
 *
 * <p>With e = realtime − epoch in seconds, the deviation is offset + drift·e + w(e). The wander w
 * integrates a frequency that changes once a second by a normally distributed step, so it is a pure
 * function of the seed and of e, whatever the order of the questions.
 */
public final class SimulatedClock extends DeviatingClock {

  private static final long SECOND_NS = 1_000_000_000L;

  /** A day; later the frequency no longer changes, so that the table cannot grow without limit. */
  private static final int WANDER_STEPS_MAX = 86_400;

  /**
   * The errors of a simulated clock.
   *
   * @param offsetNs local minus true time at the epoch, any sign
   * @param driftPpm constant frequency error in parts per million; positive runs fast
   * @param wanderPpm standard deviation of the frequency's change per second, in ppm, ≥ 0
   * @param seed of the random walk
   */
  public record Errors(long offsetNs, double driftPpm, double wanderPpm, long seed) {
    public Errors {
      if (!Double.isFinite(driftPpm) || Math.abs(driftPpm) > 100_000) {
        throw new IllegalArgumentException("drift_ppm must lie between -100000 and 100000");
      }
      if (!Double.isFinite(wanderPpm) || wanderPpm < 0 || wanderPpm > 1_000) {
        throw new IllegalArgumentException("wander_ppm must lie between 0 and 1000");
      }
    }
  }

  private final Errors errors;

  // The walk so far: phase and frequency at the start of second i since the epoch.
  private final SplittableRandom random;
  private double[] phaseNs = {0.0};
  private double[] frequencyPpm = {0.0};
  private int steps = 1;

  /**
   * @param base the clock whose realtime is true time
   * @param epochNs realtime at which the deviation is exactly the offset
   */
  public SimulatedClock(ClockSource base, Errors errors, long epochNs) {
    super(base, epochNs);
    this.errors = errors;
    this.random = new SplittableRandom(errors.seed());
  }

  @Override
  protected long deviationNs(long elapsedNs) {
    return errors.offsetNs() + rawDeviationNs(elapsedNs);
  }

  @Override
  protected long rawDeviationNs(long elapsedNs) {
    // What grows is small, so a double carries it to far below a nanosecond; the offset is a long.
    return Math.round(elapsedNs * (errors.driftPpm() * 1e-6) + wanderNs(elapsedNs));
  }

  private double wanderNs(long elapsedNs) {
    if (errors.wanderPpm() == 0 || elapsedNs <= 0) {
      return 0;
    }
    int second = (int) Math.min(elapsedNs / SECOND_NS, WANDER_STEPS_MAX);
    synchronized (random) {
      while (steps <= second) {
        extend();
      }
      return phaseNs[second] + frequencyPpm[second] * 1e-6 * (elapsedNs - second * SECOND_NS);
    }
  }

  private void extend() {
    if (steps == phaseNs.length) {
      phaseNs = Arrays.copyOf(phaseNs, steps * 2);
      frequencyPpm = Arrays.copyOf(frequencyPpm, steps * 2);
    }
    phaseNs[steps] = phaseNs[steps - 1] + frequencyPpm[steps - 1] * 1e-6 * SECOND_NS;
    frequencyPpm[steps] = frequencyPpm[steps - 1] + errors.wanderPpm() * random.nextGaussian();
    steps++;
  }

  @Override
  public String specification() {
    return String.format(
        Locale.ROOT,
        "simulated:offset=%s,drift_ppm=%s,wander_ppm=%s,seed=%d",
        DurationText.format(errors.offsetNs()),
        errors.driftPpm(),
        errors.wanderPpm(),
        errors.seed());
  }
}
