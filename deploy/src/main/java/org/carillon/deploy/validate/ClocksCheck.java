package org.carillon.deploy.validate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import org.carillon.core.experiment.Experiment.HostSpec;
import org.carillon.core.experiment.HostKind;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.DurationText;
import org.carillon.deploy.Cancellation;
import org.carillon.deploy.ClockOffset;
import org.carillon.deploy.Distribution;
import org.carillon.deploy.FleetCheck;
import org.carillon.ntp.check.FleetReport;
import org.carillon.ntp.check.OffsetBounds;
import org.carillon.ssh.HostSentence;
import org.carillon.ssh.fanout.FanOut;
import org.carillon.ssh.fanout.FanOutListener;
import org.carillon.ssh.fanout.FanOutSettings;
import org.carillon.ssh.fanout.HostOutcome;
import org.carillon.ssh.fanout.HostSource;

/**
 * How far the hosts' clocks are from this machine's. First by reading them over SSH, which brings
 * nothing there and tells to some milliseconds; where that cannot tell whether the limit is kept,
 * by clockcheck on the host against this machine's clock.
 */
final class ClocksCheck implements FleetwideCheck {

  private static final Duration ASK = Duration.ofSeconds(40);
  private static final Duration MEASURE = Duration.ofSeconds(5);
  private static final String WORK_FOLDER = "~/.carillon";

  /** Beyond this, times in logs and of files confuse everybody, whatever the limit is. */
  private static final Duration SURPRISING = Duration.ofSeconds(1);

  private static final String FIX = "let a time service set it; clockcheck says more";

  private final Optional<Duration> limit;
  private final Optional<Distribution> distribution;
  private final ClockSource clock;
  private final Cancellation cancellation;

  ClocksCheck(
      Optional<Duration> limit,
      Optional<Distribution> distribution,
      ClockSource clock,
      Cancellation cancellation) {
    this.limit = limit;
    this.distribution = distribution;
    this.clock = clock;
    this.cancellation = cancellation;
  }

  @Override
  public Set<CheckName> names() {
    return Set.of(CheckName.CLOCKS);
  }

  @Override
  public void look(SequencedMap<String, Node> nodes, Question question, Findings findings) {
    SequencedMap<String, HostSource> others = new LinkedHashMap<>();
    nodes.forEach(
        (name, node) -> {
          if (node.isThisMachine()) {
            findings.add(name, CheckResult.pass(CheckName.CLOCKS, "this machine's own clock"));
          } else {
            others.put(name, HostSource.of(node.host()));
          }
        });
    if (others.isEmpty()) {
      return;
    }
    ClockOffset offsets = new ClockOffset(clock);
    SequencedMap<String, HostOutcome<CheckResult>> read =
        FanOut.run(
            FanOutSettings.of("reading the clocks", ASK).withStop(cancellation::requested),
            others,
            host -> ofBounds(offsets.measure(host)),
            FanOutListener.NONE);
    SequencedMap<String, Node> undecided = new LinkedHashMap<>();
    read.forEach(
        (name, outcome) -> {
          CheckResult result = outcome.yielded().orElseGet(() -> untold(name, outcome.sentence()));
          if (!result.isGood()
              && limit.isPresent()
              && distribution.isPresent()
              && isUntold(result)) {
            undecided.put(name, nodes.get(name));
          } else {
            findings.add(name, result);
          }
        });
    if (!undecided.isEmpty()) {
      measure(undecided, findings);
    }
  }

  private static boolean isUntold(CheckResult result) {
    return result.verdict() == org.carillon.core.CheckVerdict.UNKNOWN;
  }

  private CheckResult ofBounds(Optional<ClockOffset.Bounds> bounds) {
    return bounds
        .map(found -> judge(found.earliestNs(), found.latestNs(), limit))
        .orElseGet(
            () ->
                CheckResult.unknown(
                    CheckName.CLOCKS, "its date command has no nanoseconds", "use clockcheck"));
  }

  /**
   * Judges.
   *
   * @param earliestNs the host's clock minus this machine's, lower bound
   * @param latestNs upper bound
   */
  static CheckResult judge(long earliestNs, long latestNs, Optional<Duration> limit) {
    long most = limit.orElse(SURPRISING).toNanos();
    long bestNs = earliestNs / 2 + latestNs / 2;
    long halfNs = latestNs / 2 - earliestNs / 2;
    String said =
        "its clock is %s ± %s from this machine's"
            .formatted(DurationText.signed(bestNs), DurationText.rounded(Duration.ofNanos(halfNs)));
    List<Measurement> found =
        List.of(
            new Measurement(
                "clock_offset_ns",
                java.util.OptionalDouble.of(bestNs),
                java.util.OptionalDouble.empty()),
            Measurement.of("clock_bound_ns", halfNs),
            Measurement.of(
                "clock_worst_ns", Math.max(Math.abs(earliestNs), Math.abs(latestNs)), most));
    if (earliestNs > most || latestNs < -most) {
      return CheckResult.fail(
              CheckName.CLOCKS, said + "; the limit is " + DurationText.format(most), FIX)
          .with(found);
    }
    boolean isInside = earliestNs >= -most && latestNs <= most;
    return (isInside
            ? CheckResult.pass(CheckName.CLOCKS, said)
            : CheckResult.unknown(
                CheckName.CLOCKS,
                said
                    + ", which does not tell whether the limit of "
                    + DurationText.format(most)
                    + " is kept",
                "run clockcheck on it for longer, against a near server"))
        .with(found);
  }

  private void measure(SequencedMap<String, Node> nodes, Findings findings) {
    SequencedMap<String, HostSpec> specs = new LinkedHashMap<>();
    nodes.forEach((name, node) -> specs.put(name, spec(name)));
    FleetCheck.Request request =
        new FleetCheck.Request(
            specs,
            WORK_FOLDER,
            Optional.empty(),
            List.of(),
            List.of("--for", DurationText.format(MEASURE)),
            MEASURE,
            limit.orElseThrow().toNanos());
    FleetReport report =
        new FleetCheck(
                request,
                distribution.orElseThrow(),
                (name, spec) -> new Borrowed(nodes.get(name).host()),
                clock,
                cancellation)
            .run(step -> {});
    report.hosts().forEach((name, host) -> findings.add(name, ofReport(name, host)));
  }

  /** The connections are there, so that it matters to nobody how they were made. */
  private static HostSpec spec(String name) {
    return new HostSpec(
        HostKind.SSH, name, OptionalInt.empty(), Optional.empty(), Optional.empty());
  }

  /** Its offset is true time, which is this machine's, minus the host's clock. */
  private CheckResult ofReport(String name, FleetReport.Host host) {
    return switch (host) {
      case FleetReport.Host.Checked checked ->
          checked
              .clock()
              .offset()
              .map(OffsetBounds.class::cast)
              .map(offset -> judge(-offset.highestNs(), -offset.lowestNs(), limit))
              .orElseGet(
                  () ->
                      untold(
                          name,
                          checked
                              .clock()
                              .worst()
                              .map(org.carillon.ntp.check.Check::sentence)
                              .orElse("clockcheck measured nothing there")));
      case FleetReport.Host.Failed(String reason) -> untold(name, reason);
    };
  }

  private static CheckResult untold(String name, String reason) {
    return CheckResult.unknown(
        CheckName.CLOCKS, HostSentence.bare(name, reason), "ask clockcheck on it");
  }
}
