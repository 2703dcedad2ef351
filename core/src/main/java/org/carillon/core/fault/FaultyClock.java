package org.carillon.core.fault;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.DeviatingClock;

/** A clock with the errors of faults added to those it has. */
public final class FaultyClock extends DeviatingClock {

  private final List<Fault.OfClock> errors;

  /**
   * @param epochNs realtime from which the errors count
   */
  FaultyClock(ClockSource base, List<Fault.OfClock> errors, long epochNs) {
    super(base, epochNs);
    this.errors = List.copyOf(errors);
  }

  @Override
  protected long deviationNs(long elapsedNs) {
    return sum(error -> error.deviationNs(elapsedNs));
  }

  @Override
  protected long rawDeviationNs(long elapsedNs) {
    return sum(error -> error instanceof Fault.ClockDrift ? error.deviationNs(elapsedNs) : 0);
  }

  private long sum(ToDoubleFunction<Fault.OfClock> part) {
    // Up to years, a double carries the sum to below a microsecond; usual errors, far below a ns.
    double deviationNs = 0;
    for (Fault.OfClock error : errors) {
      deviationNs += part.applyAsDouble(error);
    }
    return Math.round(deviationNs);
  }

  @Override
  public String specification() {
    return base().specification()
        + " with "
        + errors.stream().map(Fault.OfClock::toString).collect(Collectors.joining(","));
  }
}
