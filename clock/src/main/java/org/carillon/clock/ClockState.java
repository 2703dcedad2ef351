package org.carillon.clock;

import java.util.Objects;
import java.util.Optional;
import org.carillon.core.record.MeasuredOffset;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Reading;

/**
 * What the bounded clock knows about one moment.
 *
 * @param status how good the knowledge is
 * @param reading the interval that holds true time; empty exactly if unsynchronized
 * @param ntp the measured offset; empty unless synchronized, since a value past its age is no
 *     measurement
 */
public record ClockState(
    ClockStatus status, Optional<Reading> reading, Optional<MeasuredOffset> ntp) {

  /** Nothing is known. */
  public static final ClockState UNSYNCHRONIZED =
      new ClockState(ClockStatus.UNSYNCHRONIZED, Optional.empty(), Optional.empty());

  public ClockState {
    Objects.requireNonNull(status);
    if (reading.isPresent() == (status == ClockStatus.UNSYNCHRONIZED)) {
      throw new IllegalArgumentException("a reading exists exactly if the clock is not lost");
    }
    if (ntp.isPresent() && status != ClockStatus.SYNCHRONIZED) {
      throw new IllegalArgumentException("an offset past its age is no measurement");
    }
  }
}
