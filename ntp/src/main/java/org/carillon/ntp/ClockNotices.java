package org.carillon.ntp;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.carillon.clock.Assumptions;
import org.carillon.clock.BrokenAssumptions;
import org.carillon.clock.WanderBound;
import org.carillon.core.record.ClockRow;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what is notable about a node's clock: all of it to a listener, the first of it to the log.
 */
final class ClockNotices {

  private static final Logger LOG = LoggerFactory.getLogger(TimeKeeper.class);

  /** A clock that is beyond its bounds at each answer must not fill the log. */
  private static final long LOGGED_MAX = 100;

  private final ClockSource clock;
  private final TimeKeeper.Listener listener;
  private final AtomicLong told = new AtomicLong();

  ClockNotices(ClockSource clock, TimeKeeper.Listener listener) {
    this.clock = clock;
    this.listener = listener;
  }

  /** What the bounds hold under, in the form that programs read. */
  void assumptions(Assumptions assumptions) {
    String wander =
        assumptions.wander().equals(WanderBound.NONE)
            ? ""
            : " wander_bound_ppm_per_s=" + assumptions.wander().ppmPerSecond();
    listener.noticed(
        row(ClockRow.Kind.ASSUMPTIONS, "drift_bound_ppm=" + assumptions.drift().ppm() + wander));
  }

  /** An assumption broke. */
  void broken(BrokenAssumptions.Break last) {
    tell(
        row(
            last.cause() == BrokenAssumptions.Cause.CONTRADICTION
                ? ClockRow.Kind.CONTRADICTION
                : ClockRow.Kind.DISAGREEMENT,
            last.what()));
  }

  /** Other servers than before are not believed, and that is no new disagreement. */
  void falsetickers(List<String> before, List<String> after) {
    List<String> again = before.stream().filter(server -> !after.contains(server)).toList();
    if (!again.isEmpty()) {
      tell(
          row(
              ClockRow.Kind.AGREEMENT,
              "believed again: "
                  + String.join(", ", again)
                  + (after.isEmpty() ? "" : "; not believed: " + String.join(", ", after))));
    }
  }

  void tell(ClockRow row) {
    long count = told.incrementAndGet();
    if (count <= LOGGED_MAX) {
      LOG.warn("{}{}", row.detail(), count < LOGGED_MAX ? "" : "; what follows is not logged");
    }
    listener.noticed(row);
  }

  private ClockRow row(ClockRow.Kind kind, String detail) {
    Moment now = Moment.now(clock);
    return new ClockRow(now.localNs(), now.rawNs(), kind, OptionalLong.empty(), detail);
  }
}
