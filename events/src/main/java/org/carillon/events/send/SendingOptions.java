package org.carillon.events.send;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.carillon.core.experiment.TransmitTimes;

/**
 * How a coordinator keeps to its schedule.
 *
 * @param spin so long before an event is due, waiting keeps the processor busy; zero for never
 * @param processor the only one that the sending thread runs on, as in /proc/cpuinfo
 * @param maxLateness events that are sent later than this after they were due are counted, and mark
 *     the run
 * @param catchUp whether events that are overdue are all sent at once; else they keep a distance,
 *     see {@link Distance}
 * @param transmitTimes whether to ask the kernel when each event left
 */
public record SendingOptions(
    Duration spin,
    OptionalInt processor,
    Optional<Duration> maxLateness,
    boolean catchUp,
    TransmitTimes transmitTimes) {

  /** A timer wakes a thread some tens of µs late, on a virtual machine often more. */
  public static final Duration USUAL_SPIN = Duration.ofNanos(200_000);

  /** What a user gets who does not ask for anything. */
  public static final SendingOptions USUAL =
      new SendingOptions(
          USUAL_SPIN, OptionalInt.empty(), Optional.empty(), false, TransmitTimes.AUTO);

  /** Asking takes two calls of the kernel, a few µs. */
  private static final long AUTO_GAP_NS = 50_000;

  public SendingOptions {
    if (spin.isNegative() || maxLateness.filter(Duration::isNegative).isPresent()) {
      throw new IllegalArgumentException(
          "neither the time to spin nor the most lateness is negative");
    }
  }

  /** The same without a processor of its own. */
  SendingOptions onAnyProcessor() {
    return new SendingOptions(spin, OptionalInt.empty(), maxLateness, catchUp, transmitTimes);
  }

  /** Whether to ask the kernel, at this rate. */
  boolean asksForTransmitTimes(double meanRateHz) {
    return switch (transmitTimes) {
      case AUTO -> meanRateHz * AUTO_GAP_NS <= 1e9;
      case ON -> true;
      case OFF -> false;
    };
  }
}
