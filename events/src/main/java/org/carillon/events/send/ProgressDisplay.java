package org.carillon.events.send;

import java.time.Duration;

/** Shows how far a coordinator is; called by one thread. */
public interface ProgressDisplay {

  /** How often it wants to know. */
  Duration interval();

  /** Shows it. The last call is for a progress that {@link Progress#isLast}. */
  void show(Progress progress);

  /** Shows nothing. */
  static ProgressDisplay none() {
    return new ProgressDisplay() {
      @Override
      public Duration interval() {
        return Duration.ofHours(1);
      }

      @Override
      public void show(Progress progress) {
        // Nobody asked.
      }
    };
  }
}
