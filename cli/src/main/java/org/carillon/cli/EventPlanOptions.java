package org.carillon.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.OptionalInt;
import org.carillon.core.event.WireFormat;
import org.carillon.events.send.EventPlan;
import org.carillon.events.send.PatternText;
import org.carillon.events.send.Schedule;
import picocli.CommandLine.Option;

/** Which events are sent, and when. */
final class EventPlanOptions {

  @Option(
      names = "--num-events",
      paramLabel = "N",
      description = "How many events to send (default: 100).")
  private long numEvents = 100;

  @Option(
      names = "--pattern",
      paramLabel = "DELAYS",
      description =
          "Delays between events, in a cycle: fast (10 ms), medium (50 ms), slow (100 ms), very_slow"
              + " (500 ms) or a duration such as 20ms (default: slow,fast,fast,fast,fast,medium).")
  private String pattern = "slow,fast,fast,fast,fast,medium";

  @Option(
      names = "--target-duration",
      paramLabel = "SECONDS",
      converter = Converters.OfSeconds.class,
      description =
          "Spread the events evenly over this time, in place of the pattern: seconds, or a duration"
              + " such as 30m.")
  private Duration targetDuration;

  @Option(
      names = "--rate",
      paramLabel = "EVENTS/S",
      converter = Converters.OfDecimal.class,
      description = "Send at this constant rate, in place of the pattern.")
  private BigDecimal rate;

  @Option(
      names = "--wire",
      paramLabel = "FORM",
      description =
          "Form of the datagrams, binary or json; the Python toolkit understands json only"
              + " (default: binary).")
  private WireFormat wire = WireFormat.BINARY;

  @Option(
      names = "--payload-size",
      paramLabel = "SIZE",
      converter = Converters.OfSize.class,
      description =
          "Bytes of payload in each event (default: a few, event_N). The Python toolkit's workers"
              + " take datagrams of up to 4096 bytes.")
  private Long payloadBytes;

  /**
   * The plan.
   *
   * @throws IllegalArgumentException with a sentence if a value is no good
   */
  EventPlan plan(long runId) {
    return new EventPlan(
        numEvents,
        schedule(),
        wire,
        payloadBytes == null
            ? OptionalInt.empty()
            : OptionalInt.of(EventPlan.requirePayload(payloadBytes, wire)),
        runId);
  }

  private Schedule schedule() {
    if (rate != null && targetDuration != null) {
      throw new IllegalArgumentException(
          "--rate and --target-duration exclude each other: give one of them");
    }
    if (rate != null) {
      return Schedule.rate(rate);
    }
    if (targetDuration != null) {
      return Schedule.over(targetDuration, Math.max(1, numEvents));
    }
    return Schedule.pattern(PatternText.parse(pattern));
  }
}
