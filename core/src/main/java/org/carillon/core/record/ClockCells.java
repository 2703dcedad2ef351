package org.carillon.core.record;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Reading;

/**
 * What every clock of a node said about one moment of its local clock; what was not measured is
 * empty.
 *
 * @param ntp the NTP point estimate
 * @param chronoTick the ChronoTick clock
 * @param status of the bounded clock
 * @param bounded the bounded clock's interval; empty if and only if it is unsynchronized
 * @param trueTimeNs true time, known only where the clock is simulated, ns since the Unix epoch
 * @param rawTimeNs the moment on the node's free-running counter at the latest, ns since an
 *     arbitrary moment
 * @param rawUncertaintyNs how much earlier on that counter it may have been
 */
public record ClockCells(
    Optional<MeasuredOffset> ntp,
    Optional<MeasuredOffset> chronoTick,
    ClockStatus status,
    Optional<Reading> bounded,
    OptionalLong trueTimeNs,
    OptionalLong rawTimeNs,
    OptionalLong rawUncertaintyNs) {

  public ClockCells {
    Objects.requireNonNull(ntp);
    Objects.requireNonNull(chronoTick);
    Objects.requireNonNull(trueTimeNs);
    if (rawTimeNs.isPresent() != rawUncertaintyNs.isPresent()) {
      throw new IllegalArgumentException("a moment on the counter has an uncertainty");
    }
    if (bounded.isEmpty() != (status == ClockStatus.UNSYNCHRONIZED)) {
      throw new IllegalArgumentException("a clock has an interval unless it is unsynchronized");
    }
  }

  /** Of a node that has no clock to compare its own with. */
  public static ClockCells unsynchronized(OptionalLong trueTimeNs) {
    return new ClockCells(
        Optional.empty(),
        Optional.empty(),
        ClockStatus.UNSYNCHRONIZED,
        Optional.empty(),
        trueTimeNs,
        OptionalLong.empty(),
        OptionalLong.empty());
  }
}
