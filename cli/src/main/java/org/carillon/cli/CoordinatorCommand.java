package org.carillon.cli;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.carillon.core.event.RunId;
import org.carillon.core.event.WireFormat;
import org.carillon.core.net.HostPort;
import org.carillon.core.time.ClockSource;
import org.carillon.events.Coordinator;
import org.carillon.events.CoordinatorOptions;
import org.carillon.events.CoordinatorTotals;
import org.carillon.events.EventPlan;
import org.carillon.events.PatternText;
import org.carillon.events.ProgressDisplay;
import org.carillon.events.ProgressDisplays;
import org.carillon.events.Schedule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The executable {@code coordinator}. */
@Command(
    name = "coordinator",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Sends events to all workers on an absolute schedule and records when it did.",
      "",
      "Event n is due at the start plus the sum of the delays before it, so errors never add up; a"
          + " late event is sent at once. A send that fails is recorded in workers_failed and does"
          + " not stop the rest. An output file that exists is kept under another name (FILE.1,"
          + " FILE.2, ...).",
      "",
      "The exit code is 1 if every send failed, 2 if some did, 3 after SIGINT or SIGTERM, 7 if there"
          + " was no event to send.",
      ""
    },
    footer = {
      "  3,000 events over half an hour:",
      "    coordinator --workers n1:9000,n2:9000 --ntp-server ntp1 \\",
      "        --num-events 3000 --target-duration 30m --output out/coordinator.csv",
      "  To a worker of the Python toolkit:",
      "    coordinator --workers localhost:9000 --rate 100 --wire json \\",
      "        --output coordinator.csv",
      "  From a file with the options' names as keys, such as workers: [n1:9000]:",
      "    coordinator --config coordinator.yaml --num-events 10"
    })
final class CoordinatorCommand implements Callable<Integer> {

  /** How progress is shown. */
  enum ProgressForm {
    AUTO,
    BAR,
    LINES,
    JSON,
    NONE
  }

  private static final Duration WARMUP_WITH_NTP = Duration.ofSeconds(5);

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "YAML file with these options' names as keys; what stands on the command line counts"
              + " more.")
  private Path config;

  @Option(
      names = "--workers",
      paramLabel = "HOST:PORT",
      split = ",",
      converter = Converters.OfHostPort.class,
      description = "Whom to send to, separated by commas. Required.")
  private List<HostPort> workers;

  @Option(
      names = "--num-events",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many events to send (default: ${DEFAULT-VALUE}).")
  private long numEvents;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "CSV file for the events; its folder is made if need be. Required.")
  private Path output;

  @Option(
      names = "--pattern",
      paramLabel = "DELAYS",
      defaultValue = "slow,fast,fast,fast,fast,medium",
      description =
          "Delays between events, in a cycle: fast (10 ms), medium (50 ms), slow (100 ms), very_slow"
              + " (500 ms) or a duration such as 20ms (default: ${DEFAULT-VALUE}).")
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
      description = "Send at this constant rate, in place of the pattern.")
  private BigDecimal rate;

  @Mixin private TimeOptions time;

  @Option(
      names = "--wire",
      paramLabel = "FORM",
      defaultValue = "binary",
      description =
          "Form of the datagrams, binary or json; the Python toolkit understands json only"
              + " (default: ${DEFAULT-VALUE}).")
  private WireFormat wire;

  @Option(
      names = "--payload-size",
      paramLabel = "SIZE",
      converter = Converters.OfSize.class,
      description =
          "Bytes of payload in each event (default: a few, event_N). The Python toolkit's workers"
              + " take datagrams of up to 4096 bytes.")
  private Long payloadBytes;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      converter = Converters.OfRunId.class,
      description =
          "Number of the run in binary datagrams, 16 hexadecimal digits or a decimal number"
              + " (default: a random one, which is logged).")
  private Long runId;

  @Option(
      names = "--warmup",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description =
          "How long the clock is measured before the first event (default: 5s with --ntp-server or"
              + " --chronotick-server, else none).")
  private Duration warmup;

  @Option(
      names = "--start-delay",
      paramLabel = "DURATION",
      defaultValue = "0s",
      converter = Converters.OfDuration.class,
      description = "When the first event is due after the warm-up (default: ${DEFAULT-VALUE}).")
  private Duration startDelay;

  @Option(
      names = "--progress",
      paramLabel = "FORM",
      defaultValue = "auto",
      description =
          "bar, lines in the log every 10 s, json (one object a second on standard output), none, or"
              + " auto: a bar on a terminal and lines elsewhere (default: ${DEFAULT-VALUE}).")
  private ProgressForm progress;

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description = "Appears when the warm-up is over: JSON with pid, clock and run_id.")
  private Path readyFile;

  @Mixin private LifetimeOptions lifetime;

  @Mixin private LogOptions log;

  /** Starts the executable. */
  public static void main(String[] args) {
    Executable.main(new CoordinatorCommand(), args);
  }

  @Override
  public Integer call() {
    if (config != null) {
      log.apply(); // what stands on the command line holds for faults of the file, too
      ConfigFile.apply(config, spec.commandLine());
    }
    CoordinatorOptions options = options();
    log.apply();
    lifetime.start();
    ClockSource clock = time.clock();
    Coordinator coordinator = new Coordinator(options, clock, display());
    Signals.onStop(coordinator::stop);
    CoordinatorTotals totals = coordinator.run();
    return totals.exitCode().code();
  }

  private CoordinatorOptions options() {
    if (workers == null) {
      throw refuse("--workers is missing: name whom to send to, such as --workers n1:9000,n2:9000");
    }
    if (output == null) {
      throw refuse("--output is missing: name the CSV file for the events");
    }
    try {
      return new CoordinatorOptions(
          workers,
          plan(),
          time.toClockOptions(),
          output,
          warmup == null ? (time.isMeasured() ? WARMUP_WITH_NTP : Duration.ZERO) : warmup,
          startDelay,
          Optional.ofNullable(readyFile));
    } catch (IllegalArgumentException e) {
      throw refuse(e.getMessage());
    }
  }

  private EventPlan plan() {
    return new EventPlan(
        numEvents,
        schedule(),
        wire,
        payloadBytes == null
            ? OptionalInt.empty()
            : OptionalInt.of(EventPlan.requirePayload(payloadBytes, wire)),
        runId == null ? RunId.random() : runId);
  }

  private Schedule schedule() {
    if (rate != null && targetDuration != null) {
      throw refuse("--rate and --target-duration exclude each other: give one of them");
    }
    if (rate != null) {
      return Schedule.rate(rate);
    }
    if (targetDuration != null) {
      return Schedule.over(targetDuration, Math.max(1, numEvents));
    }
    return Schedule.pattern(PatternText.parse(pattern));
  }

  private ProgressDisplay display() {
    return switch (progress) {
      case AUTO -> Terminal.isInteractive() ? bar() : ProgressDisplays.lines();
      case BAR -> bar();
      case LINES -> ProgressDisplays.lines();
      case JSON -> ProgressDisplays.json(System.out);
      case NONE -> ProgressDisplay.none();
    };
  }

  private static ProgressDisplay bar() {
    return ProgressDisplays.bar(System.err, Terminal::columns);
  }

  private ParameterException refuse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
