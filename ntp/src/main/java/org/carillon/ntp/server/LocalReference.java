package org.carillon.ntp.server;

import java.util.Optional;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Moment;
import org.carillon.ntp.ClockPrecision;
import org.carillon.ntp.wire.ReferenceId;

/**
 * The local clock is right by decree: so nodes can agree with each other where nobody knows true
 * time. Its only error is its precision.
 *
 * @param stratum 1–15
 * @param precision of the local clock
 */
public record LocalReference(int stratum, ClockPrecision precision) implements TimeReference {

  /** The address that stands for an undisciplined local clock in reference ids. */
  private static final int LOCAL_CLOCK_ADDRESS = 127 << 24 | 127 << 16 | 1 << 8 | 1;

  private static final long SECOND_NS = 1_000_000_000L;

  public LocalReference {
    if (stratum < 1 || stratum > 15) {
      throw new IllegalArgumentException(
          "stratum " + stratum + " is none that a server can have (1–15)");
    }
  }

  @Override
  public Optional<ServedTime> at(Moment moment) {
    // A reference id is letters at stratum 1 and an address above. The clock always agrees with
    // itself, so it counts as set at the last full second.
    return Optional.of(
        new ServedTime(
            ClockStatus.SYNCHRONIZED,
            0,
            stratum,
            stratum == 1 ? ReferenceId.of("LOCL") : LOCAL_CLOCK_ADDRESS,
            moment.localNs() - Math.floorMod(moment.localNs(), SECOND_NS),
            0,
            0,
            precision.ns()));
  }

  @Override
  public String description() {
    return "the local clock, stratum " + stratum;
  }
}
