package org.carillon.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.carillon.core.experiment.TransmitTimes;
import org.carillon.events.send.SendingOptions;
import picocli.CommandLine.Option;

/** How a coordinator keeps to its schedule. */
final class PunctualityOptions {

  @Option(
      names = "--spin",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description =
          "Keep the processor busy for so long before an event is due, since a thread that sleeps is"
              + " woken late (default: 200us); 0s is the same as --no-spin. Above about 5,000"
              + " events/s this takes one processor whole.")
  private Duration spin;

  @Option(
      names = "--no-spin",
      description =
          "Sleep until an event is due, on nodes that are shared: it is then sent some 50 us late.")
  private boolean noSpin;

  @Option(
      names = "--send-cpu",
      paramLabel = "CPU",
      description = "Let the sending thread run on this processor alone, as in /proc/cpuinfo.")
  private Integer sendCpu;

  @Option(
      names = "--max-lateness",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description =
          "Count events that are sent later than this after they were due, and mark the run: with a"
              + " warning, in --summary or control.json, and by exit code 2.")
  private Duration maxLateness;

  @Option(
      names = "--catch-up",
      description =
          "Send all events at once that are overdue after a stall. Without it, from an event on whose"
              + " turn comes 1 ms or more after it was due, each keeps at least half of its planned"
              + " distance to the one before, until that no longer delays an event.")
  private boolean catchUp;

  @Option(
      names = "--transmit-times",
      paramLabel = "WHEN",
      description =
          "Ask the kernel when each event left, for transmit_time_ns: on, off, or auto, which is on"
              + " if events are at least 50 us apart on average (default: auto).")
  private TransmitTimes transmitTimes = TransmitTimes.AUTO;

  /**
   * The same in one value.
   *
   * @throws IllegalArgumentException with a sentence if a value is no good
   */
  SendingOptions toSendingOptions() {
    if (noSpin && spin != null) {
      throw new IllegalArgumentException("--spin and --no-spin exclude each other");
    }
    if (sendCpu != null && sendCpu < 0) {
      throw new IllegalArgumentException("--send-cpu: processors count from 0, not " + sendCpu);
    }
    Duration usual = noSpin ? Duration.ZERO : SendingOptions.USUAL_SPIN;
    return new SendingOptions(
        spin == null ? usual : spin,
        sendCpu == null ? OptionalInt.empty() : OptionalInt.of(sendCpu),
        Optional.ofNullable(maxLateness),
        catchUp,
        transmitTimes);
  }
}
