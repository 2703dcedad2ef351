package org.carillon.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.carillon.control.agent.Agent;
import org.carillon.control.agent.AgentOptions;
import org.carillon.control.controller.AgentAddress;
import org.carillon.control.controller.Controller;
import org.carillon.control.controller.ControllerOptions;
import org.carillon.control.controller.CoordinatorPart;
import org.carillon.control.controller.FailurePolicy;
import org.carillon.control.controller.RunOutcome;
import org.carillon.control.identity.RunIdentity;
import org.carillon.control.statistics.ClockReport;
import org.carillon.control.statistics.Counters;
import org.carillon.control.statistics.LatencyRecorder;
import org.carillon.control.workload.NodeClock;
import org.carillon.control.workload.Workload;
import org.carillon.control.workload.WorkloadSpec;
import org.carillon.core.ExitCode;
import org.carillon.core.net.HostPort;
import org.carillon.core.record.MeasuredOffset;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Moment;
import org.carillon.core.time.Reading;
import org.carillon.core.time.SystemClock;

/**
 * A whole run between an agent and a controller of this process, in which nothing is done: for the
 * training of the ahead-of-time cache, since a control stream under TLS takes thousands of classes.
 */
final class ControlRehearsal {

  private static final SystemClock CLOCK = new SystemClock();

  private ControlRehearsal() {}

  /** Conducts the run, which takes about a second. */
  static RunOutcome conduct(RunIdentity identity) throws InterruptedException {
    AgentOptions options =
        new AgentOptions(
            "rehearsal",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Optional.of(identity),
            CLOCK.specification(),
            "");
    try (Agent agent = Agent.open(options, CLOCK, new SureClock(), (run, spec) -> new Idle())) {
      Thread running = Thread.ofPlatform().start(agent::run);
      RunOutcome outcome =
          new Controller(
                  controllerOptions(agent.port(), identity), CLOCK, new SureClock(), view -> {})
              .conduct(CoordinatorPart.none());
      running.join(Duration.ofSeconds(20));
      return outcome;
    }
  }

  private static ControllerOptions controllerOptions(int port, RunIdentity identity) {
    HostPort address = new HostPort(InetAddress.getLoopbackAddress().getHostAddress(), port);
    return new ControllerOptions(
        List.of(new AgentAddress(Optional.empty(), address, Optional.empty())),
        1,
        Optional.of(identity),
        new WorkloadSpec.EventStream(List.of(), Duration.ZERO),
        Duration.ZERO,
        Duration.ofMillis(100),
        Duration.ZERO,
        Duration.ofSeconds(10),
        Duration.ofMillis(5),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        true,
        new FailurePolicy.All(),
        new FailurePolicy.All());
  }

  /** Takes the machine's clock for true, to 1 ms. */
  private static final class SureClock implements NodeClock {

    private static final long BOUND_NS = 1_000_000;

    @Override
    public Optional<Reading> now() {
      return readingAt(Moment.now(CLOCK));
    }

    @Override
    public Optional<Reading> readingAt(Moment moment) {
      long nowNs = moment.localNs();
      return Optional.of(
          new Reading(nowNs - BOUND_NS, nowNs, nowNs + BOUND_NS, ClockStatus.SYNCHRONIZED));
    }

    @Override
    public ClockReport report() {
      return new ClockReport(
          ClockStatus.SYNCHRONIZED, now(), Optional.of(new MeasuredOffset(0, BOUND_NS)), "");
    }

    @Override
    public void sharpen() {}
  }

  /** Is over as soon as it begins. */
  private static final class Idle implements Workload {

    private final LatencyRecorder latencies = new LatencyRecorder();

    @Override
    public Prepared prepare() {
      return new Prepared(OptionalInt.of(1));
    }

    @Override
    public void start(Reading first, Runnable finished) {
      latencies.record(1);
      Thread.ofPlatform().start(finished);
    }

    @Override
    public Snapshot snapshot() {
      return new Snapshot(Counters.ZERO, latencies.interval());
    }

    @Override
    public Ending finish() {
      return new Ending(ExitCode.SUCCESS, Optional.empty(), latencies.total(), Optional.empty());
    }

    @Override
    public Ending abort(String reason) {
      return finish();
    }
  }
}
