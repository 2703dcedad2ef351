package org.carillon.control.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.carillon.control.wire.Aborted;
import org.carillon.control.wire.ControlMessage;
import org.carillon.control.wire.ControlMessage.CommandCase;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.net.HostPort;
import org.carillon.core.run.WorkerEnd;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.SystemClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ControllerTest {

  private static final ClockSource FAST = new FastClock(5);

  private final List<FakeAgent> agents = new ArrayList<>();
  private final List<RunView> views = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void closeAgents() {
    agents.forEach(FakeAgent::die);
  }

  @Test
  void conductsARunToItsGoodEnd() {
    List<ReadyWorker> prepared = new ArrayList<>();
    RunOutcome outcome =
        conduct(
            options(agent("n1"), agent("n2"), agent("n3")),
            new SystemClock(),
            new CoordinatorPart() {
              @Override
              public void prepare(List<ReadyWorker> workers) {
                prepared.addAll(workers);
              }

              @Override
              public OptionalLong perform(long startTrueTimeNs) {
                return OptionalLong.of(5);
              }
            });
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.SUCCESS);
    assertThat(outcome.sentence()).isEqualTo("all 3 workers completed");
    assertThat(outcome.spread()).hasValue(new StartSpread(3, 0, 0, 20));
    assertThat(outcome.lastEventId()).hasValue(5);
    assertThat(prepared).extracting(ReadyWorker::node).containsExactly("n1", "n2", "n3");
    assertThat(prepared.getFirst().data()).hasValue(new HostPort("127.0.0.1", 9_000));
    assertThat(outcome.workers())
        .allSatisfy(
            worker -> {
              assertThat(worker.counters().received()).isEqualTo(5);
              assertThat(worker.latencies()).isEqualTo(Messages.histogram(100, 200, 300, -50, 400));
              assertThat(worker.latenciesReconciled()).hasValue(true);
              assertThat(worker.reconnects()).isZero();
            });
    assertThat(agents)
        .allSatisfy(
            agent ->
                assertThat(agent.heard())
                    .extracting(ControlMessage::getCommandCase)
                    .containsSubsequence(
                        CommandCase.CONFIG,
                        CommandCase.START,
                        CommandCase.END_OF_STREAM,
                        CommandCase.ACKNOWLEDGE,
                        CommandCase.GOODBYE));
    assertThat(views.getLast().phase()).isEqualTo(RunView.Phase.ENDED);
    assertThat(views.getLast().workers())
        .extracting(RunView.WorkerView::state)
        .containsOnly("completed");
  }

  @Test
  void aFastStartIsSoonerThanTheDelay() {
    ControllerOptions options = options(agent("n1"));
    CompletableFuture<Long> aheadNs = new CompletableFuture<>();
    conduct(
        with(options, Duration.ofMinutes(4), true, options.preparation(), options.running()),
        new SystemClock(),
        part(
            startNs -> {
              aheadNs.complete(startNs - new SystemClock().nowNs());
              return OptionalLong.of(1);
            }));
    assertThat(aheadNs.join()).isLessThan(TimeUnit.MINUTES.toNanos(1));
  }

  @Test
  void aRefusedConfigurationEndsTheRunWhereAllAreNeeded() {
    RunOutcome outcome = conduct(options(agent("n1"), refusing("n2")), new SystemClock(), sends(5));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.sentence())
        .isEqualTo(
            "the policy 'all' for preparation does not hold, with 1 of 2 workers failed:"
                + " n2 (config.event_stream: not here)");
    assertThat(outcome.startTrueTimeNs()).isEmpty();
    assertThat(outcome.workers().getFirst().reason()).startsWith("it was aborted: the policy");
    assertThat(outcome.workers())
        .extracting(WorkerResult::end)
        .containsExactly(WorkerEnd.STOPPED, WorkerEnd.FAILED);
  }

  @Test
  void aRefusedConfigurationIsLeftBehindWhereOneIsEnough() {
    ControllerOptions options = options(agent("n1"), refusing("n2"));
    RunOutcome outcome =
        conduct(
            with(
                options,
                options.startDelay(),
                false,
                new FailurePolicy.BestEffort(),
                options.running()),
            new SystemClock(),
            sends(5));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(outcome.sentence())
        .isEqualTo("1 of 2 workers failed: n2 (config.event_stream: not here)");
    assertThat(outcome.workers().getFirst().completed()).isTrue();
  }

  @Test
  void aWorkerThatFallsSilentIsFailedAndTheOthersGoOn() {
    FakeAgent silent =
        agent(
            "n2",
            (agent, message) -> {
              agent.obey(message);
              if (message.hasStart()) {
                agent.fallSilent();
              }
            });
    RunOutcome outcome = conduct(options(agent("n1"), silent), FAST, sends(5));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(outcome.workers().get(0).completed()).isTrue();
    assertThat(outcome.workers().get(1).reason()).startsWith("it is silent");
    assertThat(outcome.workers().get(1).counters().received()).isEqualTo(5);
  }

  @Test
  void aWorkerThatDiesIsFailedAndTheOthersGoOn() {
    RunOutcome outcome = conduct(options(agent("n1"), dying("n2")), FAST, sends(5));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(outcome.workers().get(0).completed()).isTrue();
    assertThat(outcome.workers().get(1).reason())
        .startsWith("nobody listens at 127.0.0.1:")
        .endsWith("any more");
  }

  @Test
  void whenAllHaveDiedTheRunIsOver() {
    RunOutcome outcome =
        conduct(options(dying("n1"), dying("n2")), FAST, waits(new CountDownLatch(1)));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.ALL_FAILED);
  }

  @Test
  void aStreamThatIsCutIsTakenUpAgainAndNothingIsDoubleOrMissing() {
    FakeAgent cut =
        agent(
            "n2",
            (agent, message) -> {
              boolean first = Collections.frequency(agent.heard(), message) == 1;
              if (first && message.hasStart()) {
                agent.tell(Messages.running(agent.next(), 1, 7));
                agent.cut();
              }
              agent.obey(message);
              if (first && message.hasEndOfStream()) {
                agent.cut();
              }
            });
    RunOutcome outcome = conduct(options(agent("n1"), cut), new SystemClock(), sends(5));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.SUCCESS);
    WorkerResult worker = outcome.workers().get(1);
    assertThat(worker.reconnects()).isPositive();
    assertThat(worker.latencies()).isEqualTo(Messages.histogram(7, 100, 200, 300, -50, 400));
    assertThat(worker.latenciesReconciled()).as("its total leaves out the 7").hasValue(false);
    assertThat(cut.heard())
        .filteredOn(ControlMessage::hasConfig)
        .as("the configuration is sent once")
        .hasSize(1);
  }

  @Test
  void clocksThatDoNotGetGoodEnoughEndTheWaitWithTheirEvidence() {
    RunOutcome outcome =
        conduct(options(agent("n1"), agent("n2").withClockBoundNs(7_300_000)), FAST, sends(5));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.CLOCKS);
    assertThat(outcome.sentence())
        .contains("within 30s")
        .contains("n2 (clock bound 7.3 ms, must be under 5 ms")
        .doesNotContain("n1 (");
    assertThat(outcome.workers().get(1).reason()).contains("± 7.3 ms (server a)");
    assertThat(views)
        .extracting(RunView::waitingFor)
        .anyMatch(it -> it.matches("waiting for clocks, \\d+ s left: n2 .*7.3 ms.*"));
    assertThat(outcome.startTrueTimeNs()).isEmpty();
  }

  @Test
  void anAbortEndsEveryWorker() throws InterruptedException {
    CountDownLatch performing = new CountDownLatch(1);
    Controller controller =
        new Controller(
            options(agent("n1"), agent("n2")), new SystemClock(), new GoodClock(), views::add);
    CompletableFuture<RunOutcome> outcome =
        CompletableFuture.supplyAsync(() -> controller.conduct(waits(performing)));
    performing.await();
    controller.abort("Ctrl-C");
    assertThat(outcome.join().exitCode()).isEqualTo(ExitCode.ABORTED);
    assertThat(outcome.join().sentence()).isEqualTo("the run was aborted: Ctrl-C");
    assertThat(outcome.join().workers())
        .extracting(WorkerResult::reason)
        .containsOnly("it was aborted: Ctrl-C");
    assertThat(outcome.join().workers())
        .extracting(WorkerResult::end)
        .containsOnly(WorkerEnd.STOPPED);
  }

  @Test
  void aQuorumThatIsLostEndsTheOthers() {
    ControllerOptions options = options(agent("n1"), dying("n2"), dying("n3"));
    RunOutcome outcome =
        conduct(
            with(
                options,
                options.startDelay(),
                false,
                options.preparation(),
                new FailurePolicy.Quorum(2)),
            FAST,
            waits(new CountDownLatch(1)));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(outcome.sentence()).contains("'quorum:2' for running", "n2 (", "n3 (");
    assertThat(outcome.workers().getFirst().reason()).startsWith("it was aborted:");
  }

  @Test
  void aWorkerThatIsAbortedOnItsNodeHasFailedAndIsNotStopped() {
    FakeAgent aborted =
        agent(
            "n2",
            (agent, message) -> {
              if (message.hasStart()) {
                agent.tell(
                    Messages.status(agent.next())
                        .setAborted(Aborted.newBuilder().setReason("SIGTERM"))
                        .build());
              } else {
                agent.obey(message);
              }
            });
    ControllerOptions options = options(agent("n1"), aborted);
    RunOutcome outcome =
        conduct(
            with(
                options,
                options.startDelay(),
                false,
                options.preparation(),
                new FailurePolicy.All()),
            FAST,
            waits(new CountDownLatch(1)));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(outcome.workers())
        .extracting(WorkerResult::end)
        .containsExactly(WorkerEnd.STOPPED, WorkerEnd.FAILED);
    assertThat(outcome.workers().get(1).reason()).isEqualTo("it was aborted: SIGTERM");
  }

  @Test
  void aWorkerThatSendsNonsenseIsFailedAndTheOthersGoOn() {
    FakeAgent mad =
        agent(
            "n2",
            (agent, message) -> {
              if (message.hasStart()) {
                agent.tell(Messages.status(agent.next()).build());
              } else {
                agent.obey(message);
              }
            });
    RunOutcome outcome = conduct(options(agent("n1"), mad), new SystemClock(), sends(5));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(outcome.workers().get(1).reason())
        .isEqualTo("it sent what makes no sense: a numbered status says nothing");
  }

  @Test
  void whereNobodyListensThereIsNoConnection() {
    FakeAgent gone = agent("n1");
    AgentAddress address = gone.address();
    gone.die();
    RunOutcome outcome = conduct(Messages.options(List.of(address)), FAST, sends(5));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.CONNECTION);
    assertThat(outcome.sentence()).contains("nobody listens at " + address.control());
  }

  @Test
  void aRunThatTakesTooLongIsEnded() {
    RunOutcome outcome =
        conduct(
            Messages.options(List.of(agent("n1").address()), Duration.ofSeconds(1)),
            new SystemClock(),
            waits(new CountDownLatch(1)));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.TIMEOUT);
    assertThat(outcome.sentence()).isEqualTo("the run was not over after 1s");
  }

  @Test
  void aFaultOfTheCoordinatorsOwnPartEndsTheRunWithItsCode() {
    RunOutcome outcome =
        conduct(
            options(agent("n1")),
            new SystemClock(),
            part(
                startNs -> {
                  throw new CarillonException(ExitCode.NO_DATA, "nothing to send");
                }));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.NO_DATA);
    assertThat(outcome.sentence()).isEqualTo("nothing to send");
  }

  @Test
  void withoutAnIdentityNobodyElsewhereIsSpokenTo() {
    RunOutcome outcome =
        conduct(
            Messages.options(
                List.of(
                    new AgentAddress(
                        Optional.empty(), new HostPort("192.0.2.1", 9100), Optional.empty()))),
            new SystemClock(),
            sends(5));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.sentence()).contains("192.0.2.1:9100", "--identity");
  }

  private FakeAgent agent(String name) {
    return agent(name, FakeAgent::obey);
  }

  private FakeAgent agent(String name, BiConsumer<FakeAgent, ControlMessage> script) {
    FakeAgent agent = new FakeAgent(name, script);
    agents.add(agent);
    return agent;
  }

  private FakeAgent refusing(String name) {
    return agent(
        name,
        (agent, message) -> {
          if (message.hasConfig()) {
            agent.error("config.event_stream", "not here");
          }
        });
  }

  private FakeAgent dying(String name) {
    return agent(
        name,
        (agent, message) -> {
          if (message.hasStart()) {
            agent.die();
          } else {
            agent.obey(message);
          }
        });
  }

  private static ControllerOptions options(FakeAgent... agents) {
    return Messages.options(List.of(agents).stream().map(FakeAgent::address).toList());
  }

  private static ControllerOptions with(
      ControllerOptions options,
      Duration startDelay,
      boolean fastStart,
      FailurePolicy preparation,
      FailurePolicy running) {
    return new ControllerOptions(
        options.agents(),
        options.runId(),
        options.identity(),
        options.workload(),
        options.warmup(),
        options.statusInterval(),
        options.grace(),
        options.runDeadline(),
        options.maxClockBound(),
        options.clockGateDeadline(),
        startDelay,
        fastStart,
        preparation,
        running);
  }

  private RunOutcome conduct(ControllerOptions options, ClockSource clock, CoordinatorPart part) {
    return new Controller(options, clock, new GoodClock(), views::add).conduct(part);
  }

  /** Has sent all its events when the start comes. */
  private static CoordinatorPart sends(long events) {
    return part(startNs -> OptionalLong.of(events));
  }

  /** Never ends by itself. */
  private static CoordinatorPart waits(CountDownLatch performing) {
    return part(
        startNs -> {
          performing.countDown();
          new CountDownLatch(1).await();
          return OptionalLong.empty();
        });
  }

  private interface Performance {
    OptionalLong perform(long startTrueTimeNs) throws InterruptedException;
  }

  private static CoordinatorPart part(Performance performance) {
    return new CoordinatorPart() {
      @Override
      public void prepare(List<ReadyWorker> workers) {}

      @Override
      public OptionalLong perform(long startTrueTimeNs) throws InterruptedException {
        return performance.perform(startTrueTimeNs);
      }
    };
  }
}
