package org.carillon.control.agent;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.carillon.control.identity.RunIdentity;
import org.carillon.control.statistics.ClockReport;
import org.carillon.control.workload.NodeClock;
import org.carillon.core.record.MeasuredOffset;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Moment;
import org.carillon.core.time.Reading;
import org.carillon.core.time.SystemClock;

/** An agent with a fake workload on this machine, under an identity. */
final class AgentFixture implements AutoCloseable {

  static final RunIdentity IDENTITY = RunIdentity.create();

  final FakeWorkload workload = new FakeWorkload();
  final SystemClock clock = new SystemClock();
  final Agent agent;
  private CompletableFuture<AgentOutcome> outcome = new CompletableFuture<>();

  AgentFixture() {
    this(Optional.of(IDENTITY));
  }

  AgentFixture(Optional<RunIdentity> identity) {
    agent =
        Agent.open(
            new AgentOptions(
                "n1",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                identity,
                "system",
                ""),
            clock,
            new LocalClock(),
            (runId, spec) -> workload);
  }

  AgentFixture run() {
    outcome = CompletableFuture.supplyAsync(agent::run, task -> Thread.ofPlatform().start(task));
    return this;
  }

  int port() {
    return agent.port();
  }

  AgentOutcome outcome() throws Exception {
    return outcome.get(90, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    agent.stop();
    outcome.completeOnTimeout(null, 1, TimeUnit.SECONDS).join();
    agent.close();
  }

  /** Takes the machine's time for the true one, to a microsecond. */
  private final class LocalClock implements NodeClock {
    @Override
    public Optional<Reading> now() {
      return readingAt(Moment.now(clock));
    }

    @Override
    public Optional<Reading> readingAt(Moment moment) {
      long nowNs = moment.localNs();
      return Optional.of(
          new Reading(nowNs - 1_000, nowNs, nowNs + 1_000, ClockStatus.SYNCHRONIZED));
    }

    @Override
    public ClockReport report() {
      return new ClockReport(
          ClockStatus.SYNCHRONIZED, now(), Optional.of(new MeasuredOffset(0, 1_000)), "test");
    }

    @Override
    public void sharpen() {
      workload.calls.add("sharpen");
    }
  }
}
