package org.carillon.core.fault;

import java.util.List;
import java.util.stream.Collectors;
import org.carillon.core.time.ClockSource;

/**
 * A clock with errors added to those it has: local = underlying local + Σ deviation(realtime −
 * epoch). The underlying realtime counts as true time, as for a simulated clock. Only what the
 * clock shows is wrong; waiting and the monotonic clock are not.
 */
public final class FaultyClock implements ClockSource {

  private final ClockSource base;
  private final List<Fault.OfClock> errors;
  private final long epochNs;

  /**
   * @param epochNs realtime from which the errors count
   */
  FaultyClock(ClockSource base, List<Fault.OfClock> errors, long epochNs) {
    this.base = base;
    this.errors = List.copyOf(errors);
    this.epochNs = epochNs;
  }

  @Override
  public long realtimeNs() {
    return base.realtimeNs();
  }

  @Override
  public long localNs(long realtimeNs) {
    long elapsedNs = realtimeNs - epochNs;
    // Up to years, a double carries the sum to below a microsecond; usual errors, far below a ns.
    double deviationNs = 0;
    for (Fault.OfClock error : errors) {
      deviationNs += error.deviationNs(elapsedNs);
    }
    return base.localNs(realtimeNs) + Math.round(deviationNs);
  }

  @Override
  public long monotonicNs() {
    return base.monotonicNs();
  }

  @Override
  public boolean knowsTrueTime() {
    return true;
  }

  @Override
  public void sleepUntil(long deadlineNs) throws InterruptedException {
    base.sleepUntil(deadlineNs);
  }

  @Override
  public String specification() {
    return base.specification()
        + " with "
        + errors.stream().map(Fault.OfClock::toString).collect(Collectors.joining(","));
  }
}
