package org.carillon.core.record;

import java.util.List;
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

  /** ChronoTick's bounds are three times its uncertainty, as in the Python toolkit. */
  static final int CHRONOTICK_BOUND_FACTOR = 3;

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

  void addNtp(List<Object> cells, long localNs, boolean withUncertainty) {
    cells.add(ntp.map(offset -> Cells.milliseconds(offset.offsetNs())).orElse(null));
    if (withUncertainty) {
      cells.add(ntpUncertainty());
    }
    cells.add(ntp.map(offset -> localNs + offset.offsetNs()).orElse(null));
  }

  String ntpUncertainty() {
    return ntp.map(offset -> Cells.milliseconds(offset.uncertaintyNs())).orElse(null);
  }

  void addChronoTick(List<Object> cells, long localNs, boolean withBounds) {
    cells.add(chronoTick.map(offset -> Cells.milliseconds(offset.offsetNs())).orElse(null));
    if (withBounds) {
      cells.add(chronoTick.map(offset -> Cells.milliseconds(offset.uncertaintyNs())).orElse(null));
    }
    cells.add(chronoTick.map(offset -> localNs + offset.offsetNs()).orElse(null));
    if (withBounds) {
      cells.add(chronoTick.map(offset -> localNs + offset.offsetNs() - bound(offset)).orElse(null));
      cells.add(chronoTick.map(offset -> localNs + offset.offsetNs() + bound(offset)).orElse(null));
    }
  }

  private static long bound(MeasuredOffset offset) {
    return CHRONOTICK_BOUND_FACTOR * offset.uncertaintyNs();
  }

  void addBounded(List<Object> cells) {
    cells.add(bounded.map(Reading::bestNs).orElse(null));
    cells.add(bounded.map(Reading::earliestNs).orElse(null));
    cells.add(bounded.map(Reading::latestNs).orElse(null));
    cells.add(status.text());
    cells.add(Cells.orEmpty(trueTimeNs));
    cells.add(Cells.orEmpty(rawTimeNs));
    cells.add(Cells.orEmpty(rawUncertaintyNs));
  }
}
