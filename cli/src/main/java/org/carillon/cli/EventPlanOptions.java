package org.carillon.cli;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.carillon.core.event.WireFormat;
import org.carillon.core.experiment.Arrivals;
import org.carillon.events.send.EventPlan;
import org.carillon.events.send.PatternText;
import org.carillon.events.send.Schedule;
import org.carillon.events.send.SendingOptions;
import picocli.CommandLine.Option;

/** Which events are sent, and when. */
final class EventPlanOptions {

  private static final long USUAL_EVENTS = 100;

  private static final String USUAL_PATTERN = "slow,fast,fast,fast,fast,medium";

  @Option(
      names = "--num-events",
      paramLabel = "N",
      description = "How many events to send (default: 100; with --replay, as many as it has).")
  private Long numEvents;

  @Option(
      names = "--pattern",
      paramLabel = "DELAYS",
      description =
          "Delays between events, in a cycle: fast (10 ms), medium (50 ms), slow (100 ms), very_slow"
              + " (500 ms) or a duration such as 20ms (default: slow,fast,fast,fast,fast,medium).")
  private String pattern;

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
      description = "Send at this rate, in place of the pattern.")
  private BigDecimal rate;

  @Option(
      names = "--arrivals",
      paramLabel = "KIND",
      description =
          "How the events of a --rate follow each other: constant, or poisson for gaps that are"
              + " random and exponentially distributed (default: constant).")
  private Arrivals arrivals = Arrivals.CONSTANT;

  @Option(
      names = "--burst",
      paramLabel = "N",
      description =
          "Let N events be due at the same moment, and the moments be N times as far apart: the mean"
              + " --rate stays (default: 1).")
  private int burst = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Of --arrivals poisson: the same seed makes the same gaps (default: a random one, which is"
              + " logged).")
  private Long seed;

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description =
          "Send the events as far apart as in this recorded coordinator.csv: as they were due"
              + " (scheduled_time_ns), else as they were sent (send_time_ns).")
  private Path replay;

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
   * @param sending how the schedule is kept
   * @throws IllegalArgumentException with a sentence if a value is no good
   */
  EventPlan plan(long runId, SendingOptions sending) {
    refuseContradictions();
    Schedule schedule = schedule();
    return new EventPlan(
        numEvents == null ? schedule.events().orElse(USUAL_EVENTS) : numEvents,
        schedule,
        wire,
        payloadBytes == null
            ? OptionalInt.empty()
            : OptionalInt.of(EventPlan.requirePayload(payloadBytes, wire)),
        runId,
        sending);
  }

  private void refuseContradictions() {
    if (rate != null && targetDuration != null) {
      throw new IllegalArgumentException(
          "--rate and --target-duration exclude each other: give one of them");
    }
    if (replay != null && (rate != null || targetDuration != null || pattern != null)) {
      throw new IllegalArgumentException(
          "--replay says when events are due, and so does "
              + (rate != null
                  ? "--rate"
                  : targetDuration != null ? "--target-duration" : "--pattern")
              + ": give one of them");
    }
    if (rate == null && arrivals == Arrivals.POISSON) {
      throw new IllegalArgumentException("--arrivals poisson needs a --rate");
    }
    if (rate == null && burst != 1) {
      throw new IllegalArgumentException("--burst needs a --rate");
    }
    if (seed != null && arrivals != Arrivals.POISSON) {
      throw new IllegalArgumentException("--seed is for --arrivals poisson");
    }
  }

  private Schedule schedule() {
    if (replay != null) {
      return Schedule.replay(replay);
    }
    if (rate != null) {
      return switch (arrivals) {
        case CONSTANT -> Schedule.rate(rate, burst);
        case POISSON -> Schedule.poisson(rate, burst, seed == null ? drawnSeed() : seed);
      };
    }
    if (targetDuration != null) {
      return Schedule.over(
          targetDuration, numEvents == null ? USUAL_EVENTS : Math.max(1, numEvents));
    }
    return Schedule.pattern(PatternText.parse(pattern == null ? USUAL_PATTERN : pattern));
  }

  private static long drawnSeed() {
    return new SplittableRandom().nextInt(1, Integer.MAX_VALUE);
  }
}
