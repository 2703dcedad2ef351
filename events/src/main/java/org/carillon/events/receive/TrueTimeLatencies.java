package org.carillon.events.receive;

import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.control.statistics.LatencyRecorder;
import org.carillon.control.workload.SenderClock;
import org.carillon.core.record.ClockCells;

/**
 * How long events took, from the sender's bounded clock to the receiver's: the same kind of clock
 * at both ends. Negative where the best estimates err by more than that. While either clock is not
 * known nothing is recorded. For any threads.
 */
final class TrueTimeLatencies {

  private final LatencyRecorder recorder = new LatencyRecorder();
  private volatile SenderClock sender;

  /** What is known of the sender's clock from now on. */
  void senderClock(SenderClock clock) {
    sender = clock;
  }

  /**
   * An event has arrived.
   *
   * @param sendTimeNs on the sender's local clock
   * @param arrival what the receiver's clocks said then
   */
  void arrived(long sendTimeNs, ClockCells arrival) {
    SenderClock known = sender;
    if (known != null && arrival.bounded().isPresent()) {
      recorder.record(arrival.bounded().get().bestNs() - (sendTimeNs + known.offsetNs()));
    }
  }

  /** Those since the interval before; begins a new one. */
  LatencyHistogram interval() {
    return recorder.interval();
  }

  /** All of the run. */
  LatencyHistogram total() {
    return recorder.total();
  }
}
