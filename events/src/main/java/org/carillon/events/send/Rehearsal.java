package org.carillon.events.send;

import java.util.List;
import org.carillon.core.record.CoordinatorRow;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.Moment;
import org.carillon.events.NodeClocks;

/**
 * Does what is done for every event a few times without consequences, so that the first real events
 * do not wait until classes are loaded and code is compiled: that takes 10 to 30 ms on a busy node.
 */
final class Rehearsal {

  /** Enough for the first tier of compilation. */
  private static final int TIMES = 300;

  private Rehearsal() {}

  /** As a coordinator: look at the schedule, encode, ask the clock, format. */
  static void of(EventPlan plan, ClockSource clock, NodeClocks clocks, Broadcaster broadcaster) {
    for (int index = 0; index < TIMES; index++) {
      Moment now = Moment.now(clock);
      long localNs = now.localNs();
      broadcaster.rehearse(plan.event(index, localNs, plan.payload(index)));
      CoordinatorRow.FORMAT
          .cells()
          .apply(
              new CoordinatorRow(
                  index + 1,
                  index,
                  localNs,
                  plan.schedule().delayAfterNs(0),
                  List.of(),
                  List.of(),
                  localNs,
                  clocks.at(now)));
    }
  }
}
