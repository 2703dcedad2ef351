package org.carillon.events.receive;

import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.control.statistics.LatencyRecorder;
import org.carillon.control.workload.SenderClock;
import org.carillon.core.record.ClockBuffer;

/**
 * How long events took, from the sender's bounded clock to the receiver's: the same kind of clock
 * at both ends. Negative where the best estimates err by more than that. While either clock is not
 * known nothing is recorded. Arrivals are told by one thread, all else by any; they gather until
 * {@link #flush()}, so that many cost one lock.
 */
final class TrueTimeLatencies {

  private final LatencyRecorder recorder = new LatencyRecorder();
  private final long[] latenciesNs = new long[64];
  private int gathered;
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
  void arrived(long sendTimeNs, ClockBuffer arrival) {
    SenderClock known = sender;
    if (known != null && arrival.isBounded()) {
      if (gathered == latenciesNs.length) {
        flush();
      }
      latenciesNs[gathered++] = arrival.bestNs() - (sendTimeNs + known.offsetNs());
    }
  }

  /** Records what has gathered. */
  void flush() {
    recorder.record(latenciesNs, gathered);
    gathered = 0;
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
