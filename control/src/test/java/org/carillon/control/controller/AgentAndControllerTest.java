package org.carillon.control.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.carillon.control.agent.Agent;
import org.carillon.control.agent.AgentOptions;
import org.carillon.control.agent.AgentOutcome;
import org.carillon.control.controller.RunView.WorkerView;
import org.carillon.control.identity.RunIdentity;
import org.carillon.control.workload.WorkloadSpec;
import org.carillon.core.ExitCode;
import org.carillon.core.net.HostPort;
import org.carillon.core.time.SystemClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Both ends of the control stream, over TLS. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AgentAndControllerTest {

  private final RunIdentity identity = RunIdentity.create();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Agent> agents = new ArrayList<>();
  private final List<CompletableFuture<AgentOutcome>> outcomes = new ArrayList<>();
  private final List<Relay> relays = new ArrayList<>();

  @AfterEach
  void end() {
    relays.forEach(Relay::stop);
    agents.forEach(Agent::close);
    threads.shutdownNow();
  }

  @Test
  void aRunOfThreeSucceedsAndItsStatisticsAgree() {
    RunOutcome outcome = conduct(List.of(agent("n1"), agent("n2"), agent("n3")), untilAllHave(40));
    assertThat(outcome.sentence()).isEqualTo("all 3 workers completed");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.SUCCESS);
    assertAllReconciled(outcome);
    assertThat(outcome.spread().orElseThrow().workers()).isEqualTo(3);
    assertThat(outcome.workers())
        .allSatisfy(
            worker ->
                assertThat(worker.start().orElseThrow().bestNs())
                    .isGreaterThanOrEqualTo(outcome.startTrueTimeNs().orElseThrow()));
    assertThat(outcomes)
        .allSatisfy(it -> assertThat(it.join().exitCode()).isEqualTo(ExitCode.SUCCESS));
  }

  @Test
  void streamsThatAreCutAgainAndAgainLoseNothingAndDoubleNothing() {
    AgentAddress straight = agent("n1");
    AgentAddress cut = through(agent("n2"));
    View view =
        new View(
            picture -> {
              if (picture.phase() == RunView.Phase.RUNNING
                  && picture.workers().get(1).trouble().isEmpty()) {
                relays.getFirst().cut();
              }
            },
            160);
    RunOutcome outcome = conduct(List.of(straight, cut), view);
    assertThat(outcome.sentence()).isEqualTo("all 2 workers completed");
    assertAllReconciled(outcome);
    assertThat(outcome.workers().get(0).reconnects()).isZero();
    assertThat(outcome.workers().get(1).reconnects()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void anotherIdentityIsNotObeyed() {
    AgentAddress agent = agent("n1");
    Controller stranger =
        new Controller(
            options(List.of(agent), RunIdentity.create()),
            new FastClock(10),
            new GoodClock(),
            picture -> {});
    assertThat(stranger.conduct(CoordinatorPart.none()).exitCode()).isEqualTo(ExitCode.CONNECTION);
    assertThat(conduct(List.of(agent), untilAllHave(20)).exitCode()).isEqualTo(ExitCode.SUCCESS);
  }

  @Test
  void anAbortReachesTheAgents() {
    CompletableFuture<Controller> controller = new CompletableFuture<>();
    View view =
        new View(
            picture -> {
              if (picture.phase() == RunView.Phase.RUNNING) {
                controller.join().abort("Ctrl-C");
              }
            },
            Long.MAX_VALUE);
    controller.complete(
        new Controller(
            options(List.of(agent("n1"), agent("n2")), identity),
            new SystemClock(),
            new GoodClock(),
            view));
    RunOutcome outcome = controller.join().conduct(view);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.ABORTED);
    assertThat(outcome.workers())
        .extracting(WorkerResult::reason)
        .containsOnly("it was aborted: Ctrl-C");
    assertThat(outcomes)
        .allSatisfy(it -> assertThat(it.join().exitCode()).isEqualTo(ExitCode.ABORTED));
  }

  @Test
  void twoHundredAgentsAreConductedByOneController() {
    List<AgentAddress> addresses = new ArrayList<>();
    for (int i = 1; i <= 200; i++) {
      addresses.add(agent("n" + i));
    }
    RunOutcome outcome = conduct(addresses, untilAllHave(40));
    assertThat(outcome.sentence()).isEqualTo("all 200 workers completed");
    assertAllReconciled(outcome);
    assertThat(outcome.spread().orElseThrow().workers()).isEqualTo(200);
  }

  private static void assertAllReconciled(RunOutcome outcome) {
    assertThat(outcome.workers())
        .allSatisfy(
            worker -> {
              assertThat(worker.latenciesReconciled()).hasValue(true);
              assertThat(worker.latencies().count()).isEqualTo(worker.counters().received());
            });
  }

  private AgentAddress agent(String name) {
    Agent agent =
        Agent.open(
            new AgentOptions(
                name,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(identity),
                "system",
                ""),
            new SystemClock(),
            new GoodClock(),
            (runId, spec) -> new CountingWorkload());
    agents.add(agent);
    outcomes.add(CompletableFuture.supplyAsync(agent::run, threads));
    return address(agent.port());
  }

  private AgentAddress through(AgentAddress agent) {
    Relay relay = new Relay(agent.control().port());
    relays.add(relay);
    return address(relay.port());
  }

  private static AgentAddress address(int port) {
    return new AgentAddress(Optional.empty(), new HostPort("127.0.0.1", port), Optional.empty());
  }

  private RunOutcome conduct(List<AgentAddress> addresses, View view) {
    return new Controller(options(addresses, identity), new SystemClock(), new GoodClock(), view)
        .conduct(view);
  }

  private static ControllerOptions options(List<AgentAddress> addresses, RunIdentity identity) {
    return new ControllerOptions(
        addresses,
        Messages.RUN,
        Optional.of(identity),
        new WorkloadSpec.EventStream(List.of(), Duration.ZERO),
        Duration.ZERO,
        Duration.ofMillis(500),
        Duration.ofSeconds(60),
        Duration.ofMinutes(2),
        Duration.ofMillis(5),
        Duration.ofSeconds(60),
        Duration.ofSeconds(2),
        false,
        new FailurePolicy.All(),
        new FailurePolicy.All());
  }

  private static View untilAllHave(long events) {
    return new View(picture -> {}, events);
  }

  /** Looks at the run, and as its own part ends the stream when every worker has had enough. */
  private record View(Consumer<RunView> also, long events, CountDownLatch enough)
      implements Consumer<RunView>, CoordinatorPart {

    View(Consumer<RunView> also, long events) {
      this(also, events, new CountDownLatch(1));
    }

    @Override
    public void accept(RunView picture) {
      if (picture.workers().stream()
          .map(WorkerView::counters)
          .allMatch(counters -> counters.received() >= events)) {
        enough.countDown();
      }
      also.accept(picture);
    }

    @Override
    public void prepare(List<ReadyWorker> workers) {}

    @Override
    public OptionalLong perform(long startTrueTimeNs) throws InterruptedException {
      enough.await();
      return OptionalLong.of(events);
    }
  }
}
