package org.carillon.core.fault;

import java.math.BigDecimal;
import java.time.Duration;
import org.carillon.core.time.DurationText;

/** One thing that goes wrong on purpose; {@code toString} is how it is asked for. */
public sealed interface Fault {

  /** An error of the node's clock. */
  sealed interface OfClock extends Fault {
    /**
     * What the clock is wrong by.
     *
     * @param elapsedNs since the start; negative before
     * @return local minus true time, in ns
     */
    double deviationNs(long elapsedNs);
  }

  /** An error of the line that datagrams come or go by. */
  sealed interface OfLine extends Fault {}

  /** The longest error of a clock and the longest wait before a fault: a year. */
  long TIME_NS_MAX = Duration.ofDays(365).toNanos();

  /** The longest time for which a datagram is kept back. */
  Duration DELAY_MAX = Duration.ofMinutes(1);

  /** The slowest disk. */
  Duration WRITE_MAX = Duration.ofSeconds(10);

  /** The largest error of a clock's frequency. */
  BigDecimal PPM_MAX = BigDecimal.valueOf(100_000);

  /**
   * The clock is wrong by a constant.
   *
   * @param offsetNs local minus true time, not 0
   */
  record ClockSkew(long offsetNs) implements OfClock {
    public ClockSkew {
      requireError(offsetNs);
    }

    @Override
    public double deviationNs(long elapsedNs) {
      return offsetNs;
    }

    @Override
    public String toString() {
      return "clock-skew=" + DurationText.format(offsetNs);
    }
  }

  /**
   * The clock jumps.
   *
   * @param stepNs by how much, not 0; back if negative
   * @param at when
   */
  record ClockStep(long stepNs, Duration at) implements OfClock {
    public ClockStep {
      requireError(stepNs);
      requireWait(at);
    }

    @Override
    public double deviationNs(long elapsedNs) {
      return elapsedNs >= at.toNanos() ? stepNs : 0;
    }

    @Override
    public String toString() {
      return "clock-step=" + DurationText.format(stepNs) + "@" + DurationText.format(at);
    }
  }

  /**
   * The clock runs fast or slow.
   *
   * @param ppm parts per million, not 0; positive runs fast
   * @param from when that begins
   */
  record ClockDrift(BigDecimal ppm, Duration from) implements OfClock {
    public ClockDrift {
      if (ppm.signum() == 0 || ppm.abs().compareTo(PPM_MAX) > 0) {
        throw new IllegalArgumentException(
            ppm.toPlainString() + "ppm is no drift: it must not be 0, nor beyond " + PPM_MAX);
      }
      requireWait(from);
      ppm = ppm.stripTrailingZeros();
    }

    @Override
    public double deviationNs(long elapsedNs) {
      return Math.max(0, elapsedNs - from.toNanos()) * (ppm.doubleValue() * 1e-6);
    }

    @Override
    public String toString() {
      return "clock-drift=" + ppm.toPlainString() + "ppm@" + DurationText.format(from);
    }
  }

  /** Datagrams vanish. */
  record Loss(Share share) implements OfLine {
    @Override
    public String toString() {
      return "loss=" + share;
    }
  }

  /**
   * Every datagram takes longer, by a time that is drawn evenly between two bounds. Bounds that
   * differ let datagrams overtake each other.
   *
   * @param least the shortest
   * @param most the longest, up to {@link #DELAY_MAX}
   */
  record Delay(Duration least, Duration most) implements OfLine {
    public Delay {
      if (least.isNegative() || !most.isPositive() || most.compareTo(least) < 0) {
        throw new IllegalArgumentException(
            "a delay must be above 0, such as 2ms, or a range that rises, such as 2ms..5ms");
      }
      requireAtMost(most, DELAY_MAX, "a delay");
    }

    @Override
    public String toString() {
      String first = "delay=" + DurationText.format(least);
      return least.equals(most) ? first : first + ".." + DurationText.format(most);
    }
  }

  /** Datagrams come twice. */
  record Duplicate(Share share) implements OfLine {
    @Override
    public String toString() {
      return "duplicate=" + share;
    }
  }

  /** Datagrams are held back until the next one has passed. */
  record Reorder(Share share) implements OfLine {
    @Override
    public String toString() {
      return "reorder=" + share;
    }
  }

  /**
   * The process ends as by {@code kill -9}.
   *
   * @param eventId as soon as it has handled this event or a later one, at least 1
   */
  record DieAtEvent(long eventId) implements Fault {
    public DieAtEvent {
      if (eventId < 1) {
        throw new IllegalArgumentException("events count from 1; there is no event " + eventId);
      }
    }

    @Override
    public String toString() {
      return "die-at-event=" + eventId;
    }
  }

  /**
   * The control stream stays connected and nothing is read from it or written to it.
   *
   * @param length how long
   * @param at from when on
   */
  record StallControl(Duration length, Duration at) implements Fault {
    public StallControl {
      if (!length.isPositive()) {
        throw new IllegalArgumentException("a stall must be longer than 0");
      }
      requireWait(length);
      requireWait(at);
    }

    @Override
    public String toString() {
      return "stall-control=" + DurationText.format(length) + "@" + DurationText.format(at);
    }
  }

  /**
   * Every write to a file of events takes longer.
   *
   * @param perWrite by how much, up to {@link #WRITE_MAX}
   */
  record SlowDisk(Duration perWrite) implements Fault {
    public SlowDisk {
      if (!perWrite.isPositive()) {
        throw new IllegalArgumentException("a slow disk must take longer than 0");
      }
      requireAtMost(perWrite, WRITE_MAX, "a write");
    }

    @Override
    public String toString() {
      return "slow-disk=" + DurationText.format(perWrite);
    }
  }

  private static void requireError(long ns) {
    if (ns == 0 || ns < -TIME_NS_MAX || ns > TIME_NS_MAX) {
      throw new IllegalArgumentException(
          "a clock's error must not be 0, nor longer than a year: " + DurationText.format(ns));
    }
  }

  private static void requireWait(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("'" + time.toNanos() + "ns' must not be negative");
    }
    requireAtMost(time, Duration.ofNanos(TIME_NS_MAX), "a time");
  }

  private static void requireAtMost(Duration time, Duration most, String what) {
    if (time.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          what
              + " of "
              + DurationText.format(time)
              + " is too long: at most "
              + DurationText.format(most));
    }
  }
}
