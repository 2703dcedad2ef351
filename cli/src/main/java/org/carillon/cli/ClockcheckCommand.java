package org.carillon.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.net.HostPort;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.ClockSpec;
import org.carillon.core.time.DurationText;
import org.carillon.ntp.TimeKeeper;
import org.carillon.ntp.check.ClockFindings;
import org.carillon.ntp.check.ClockJson;
import org.carillon.ntp.check.ClockMeasuring;
import org.carillon.ntp.check.ClockReport;
import org.carillon.ntp.check.ClockText;
import org.carillon.ntp.check.FleetReport;
import org.carillon.ntp.check.FleetText;
import org.carillon.ntp.check.Thresholds;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What this node's time is worth. */
@Command(
    name = "clockcheck",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Tells what this node's time is worth.",
      "",
      "Measures the system clock against NTP servers, looks at what the kernel says of it and at"
          + " which time daemons run, and holds all that against thresholds: one line per check, with"
          + " PASS, WARN, FAIL or UNKNOWN. Exit code 8 if a check fails. Nothing is changed, and"
          + " nothing here needs root.",
      "",
      "Without --server nothing is measured, and only the kernel's own word is judged.",
      "",
      "With --hosts it does so on many hosts at the same time, and compares their clocks with each"
          + " other. Ctrl-C then ends it without a report; alone, with what is known by then.",
      ""
    },
    footer = {
      "  This node, against two servers:",
      "    clockcheck --server ntp1.example.org,ntp2.example.org",
      "  A quick look before a job, in a script:",
      "    clockcheck --server head --for 5s --max-bound 500us || exit",
      "  What the kernel and the time daemon claim:",
      "    clockcheck",
      "  The numbers:",
      "    clockcheck --server head --json | jq .measured.offset",
      "  How far the clocks of the nodes of a Slurm job are apart, with no other server:",
      "    clockcheck --hosts $(scontrol show hostnames | paste -sd,) --for 20s"
    })
final class ClockcheckCommand implements Callable<Integer> {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  /** Of prose, where no terminal says how wide it is. */
  private static final int COLUMNS_ELSEWHERE = 100;

  @Spec private CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "HOST[:PORT]",
      split = Converters.OfNtpServer.SPLIT,
      splitSynopsisLabel = ",",
      converter = Converters.OfNtpServer.class,
      description =
          "NTP servers to measure against, separated by commas (port 123 unless named); of three or"
              + " more, one that is wrong is found out.")
  private List<HostPort> servers = List.of();

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description = "How long to measure, 1s to 1d (default: 60s); the drift needs the longest.")
  private Duration length = Duration.ofSeconds(60);

  @Option(
      names = "--max-bound",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description = "How well true time must be known (default: 1ms).")
  private Duration maxBound = Duration.ofNanos(Thresholds.defaults().maxBoundNs());

  @Option(
      names = "--max-offset",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description = "How far the system clock may be off (default: 10ms).")
  private Duration maxOffset = Duration.ofNanos(Thresholds.defaults().maxOffsetNs());

  @Option(
      names = "--max-drift-ppm",
      paramLabel = "PPM",
      description = "How much the system clock may gain or lose (default: ${DEFAULT-VALUE}).")
  private double maxDriftPpm = Thresholds.defaults().maxDriftPpm();

  @Option(
      names = "--max-loss-percent",
      paramLabel = "PERCENT",
      converter = Converters.OfDecimal.class,
      description =
          "How many of the requests to a server may go without a usable answer (default:"
              + " ${DEFAULT-VALUE}).")
  private BigDecimal maxLossPercent = BigDecimal.TEN;

  @Mixin private PollingOptions polling;

  @Option(
      names = "--clock",
      paramLabel = "CLOCK",
      converter = Converters.OfClock.class,
      description =
          "The clock to measure: system, or simulated:offset=3ms,drift_ppm=20 for one with known"
              + " errors (default: ${DEFAULT-VALUE}).")
  private String clock = "system";

  @Option(
      names = "--json",
      description = "Print one JSON document instead of text; docs/clockcheck.md has its members.")
  private boolean json;

  @ArgGroup(validate = false, heading = "%nMany hosts:%n")
  private FleetOptions fleet = new FleetOptions();

  @Mixin private LogOptions log;

  /** Starts the executable. */
  public static void main(String[] args) {
    Executable.main(new ClockcheckCommand(), args);
  }

  @Override
  public Integer call() throws InterruptedException {
    refuseWhatHasNoEffect();
    Thresholds thresholds = thresholds();
    TimeKeeper.Settings settings = settings();
    startLog();
    return fleet.isGiven() ? checkFleet() : checkThisNode(thresholds, settings);
  }

  private int checkThisNode(Thresholds thresholds, TimeKeeper.Settings settings)
      throws InterruptedException {
    ClockSource source = ClockSpec.parse(clock);
    ClockMeasuring measuring = new ClockMeasuring(source, servers, length, settings);
    Interrupts.onFirst(
        "reporting what is known by now", measuring::stop, () -> "ended without a report");
    ClockFindings findings;
    try (MeasuringProgress progress = MeasuringProgress.of(length)) {
      findings = measuring.run(progress::show);
    }
    ClockReport report =
        ClockReport.of(
            Instant.EPOCH.plus(source.realtimeNs(), ChronoUnit.NANOS), findings, thresholds);
    print(json ? ClockJson.text(report) : text(report));
    return report.exitCode().code();
  }

  private int checkFleet() {
    if (!isHere("org.carillon.deploy.FleetCheck")) {
      throw new CarillonException(
          ExitCode.USAGE,
          "--hosts needs the whole distribution, and this is the part of it for compute nodes.");
    }
    try {
      FleetReport report =
          ClockcheckFleet.check(
              fleet, servers.stream().map(HostPort::toString).toList(), arguments(), length);
      print(
          json
              ? ClockJson.text(report)
              : new FleetText(Terminal.isColoured(), columns()).text(report));
      return report.exitCode().code();
    } catch (IllegalArgumentException e) {
      throw refused(e.getMessage());
    }
  }

  private static boolean isHere(String name) {
    try {
      Class.forName(name);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** What every host is asked for, too. */
  private List<String> arguments() {
    List<String> arguments =
        List.of(
            "--for",
            DurationText.format(length),
            "--max-bound",
            DurationText.format(maxBound),
            "--max-offset",
            DurationText.format(maxOffset),
            "--max-drift-ppm",
            String.valueOf(maxDriftPpm),
            "--max-loss-percent",
            maxLossPercent.toPlainString(),
            "--clock",
            clock);
    return Stream.concat(arguments.stream(), polling.arguments().stream()).toList();
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
  }

  /** The report tells all that the log would, so that is only for whoever asks for it. */
  private void startLog() {
    if (isSet("--log-level")) {
      log.apply();
    } else {
      log.applyQuietly();
    }
  }

  private static String text(ClockReport report) {
    return new ClockText(Terminal.isColoured(), columns()).text(report);
  }

  private static int columns() {
    return Terminal.isColoured() ? Terminal.columns() : COLUMNS_ELSEWHERE;
  }

  private Thresholds thresholds() {
    if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
      throw refused("--for takes a duration from 1s to 1d");
    }
    if (maxBound.isZero()) {
      throw refused("--max-bound takes a duration above 0");
    }
    if (!(maxDriftPpm > 0)) {
      throw refused("--max-drift-ppm takes a number above 0");
    }
    double lossPercent = maxLossPercent.doubleValue();
    if (lossPercent < 0 || lossPercent > 100) {
      throw refused("--max-loss-percent takes a number from 0 to 100");
    }
    return new Thresholds(
        maxBound.toNanos(), maxOffset.toNanos(), maxDriftPpm, 1 - lossPercent / 100);
  }

  private void refuseWhatHasNoEffect() {
    if (!fleet.isGiven() && servers.isEmpty() && isSet("--for")) {
      throw refused("--for has no effect without --server or --hosts");
    }
    if (!fleet.isGiven() && isSet("--max-difference")) {
      throw refused("--max-difference has no effect without --hosts");
    }
  }

  private boolean isSet(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private TimeKeeper.Settings settings() {
    try {
      return polling.toSettings(List.of());
    } catch (IllegalArgumentException e) {
      throw refused("--drift-bound-ppm or --wander-bound-ppm-per-s: " + e.getMessage());
    }
  }

  private ParameterException refused(String sentence) {
    return new ParameterException(spec.commandLine(), sentence + ".");
  }
}
