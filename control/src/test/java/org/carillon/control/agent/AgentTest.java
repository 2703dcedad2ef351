package org.carillon.control.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.carillon.control.wire.ControlMessage;
import org.carillon.control.wire.Exec;
import org.carillon.control.wire.State;
import org.carillon.control.wire.StatusMessage;
import org.carillon.control.workload.NodeClock;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.time.SystemClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real TLS connections on the loopback. */
@Timeout(120)
class AgentTest {

  private static final long SECOND_NS = 1_000_000_000L;

  @Test
  void aRunGoesFromConfigurationToGoodbye() throws Exception {
    try (AgentFixture agent = new AgentFixture().run();
        TestCoordinator coordinator = new TestCoordinator(agent.port())) {
      coordinator.config(1, TestCoordinator.CONFIG);
      StatusMessage ready = coordinator.await(StatusMessage::hasReady);
      assertThat(ready.getReady().getNodeId()).isEqualTo("n1");
      assertThat(ready.getReady().getUdpPort()).isEqualTo(9000);
      assertThat(ready.getReady().getClock().getBoundNs()).isEqualTo(1_000);
      assertThat(ready.getSequence()).isEqualTo(1);
      assertThat(ready.getRunId()).isEqualTo(TestCoordinator.RUN);

      long startNs = agent.clock.nowNs() + 2 * SECOND_NS;
      coordinator.acknowledge(1).start(2, startNs);
      StatusMessage running = coordinator.await(StatusMessage::hasRunning);
      assertThat(running.getRunning().getProgress().getStart().getBestNs())
          .isGreaterThanOrEqualTo(startNs);
      assertThat(running.getRunning().getProgress().hasStartKnownTrueTimeNs()).isFalse();
      // Commands are obeyed in their order: after the answer, the one before is done.
      coordinator.endOfStream(3, 60).ping(1).await(StatusMessage::hasPong);
      agent.workload.finished.run();

      StatusMessage completed = coordinator.await(StatusMessage::hasCompleted);
      assertThat(completed.getCompleted().getProgress().getCounters().getReceived())
          .isGreaterThan(running.getRunning().getProgress().getCounters().getReceived());
      coordinator.acknowledge(completed.getSequence()).goodbye(4);
      assertThat(agent.outcome().exitCode()).isEqualTo(ExitCode.SUCCESS);
      assertThat(coordinator.end.get(60, TimeUnit.SECONDS)).isNull();
      assertThat(agent.workload.calls)
          .containsExactly("prepare", "sharpen", "start", "lastEvent 60", "finish");
    }
  }

  @Test
  void anInvalidConfigurationIsAnsweredWithPathAndReason() throws Exception {
    try (AgentFixture agent = new AgentFixture().run();
        TestCoordinator coordinator = new TestCoordinator(agent.port())) {
      coordinator.config(
          1, TestCoordinator.CONFIG.clone().setExec(Exec.newBuilder().setTimeoutDurationNs(-1)));
      StatusMessage error = coordinator.await(StatusMessage::hasError);
      assertThat(error.getError().getPath()).isEqualTo("config.exec.argv");
      assertThat(error.getError().getReason())
          .contains("no program")
          .contains("config.exec.timeout_duration_ns: -1ns");
      coordinator.acknowledge(error.getSequence()).goodbye(2);
      assertThat(agent.outcome().exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(agent.workload.calls).isEmpty();
    }
  }

  @Test
  void aPreparationThatFailsEndsWithItsReasonAndCode() throws Exception {
    try (AgentFixture agent = new AgentFixture()) {
      agent.workload.prepareFault =
          Optional.of(new CarillonException(ExitCode.USAGE, "cannot write there."));
      agent.run();
      try (TestCoordinator coordinator = new TestCoordinator(agent.port())) {
        coordinator.config(1, TestCoordinator.CONFIG);
        StatusMessage error = coordinator.await(StatusMessage::hasError);
        assertThat(error.getError().getReason()).isEqualTo("cannot write there.");
        coordinator.goodbye(2);
        assertThat(agent.outcome().exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(agent.workload.calls).containsExactly("prepare", "abort");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"idle", "preparing", "ready", "starting", "running"})
  void anAbortEndsEveryStateWithFilesClosed(String state) throws Exception {
    try (AgentFixture agent = new AgentFixture()) {
      agent.workload.mayPrepare = new CountDownLatch(state.equals("preparing") ? 1 : 0);
      agent.run();
      try (TestCoordinator coordinator = new TestCoordinator(agent.port())) {
        bringTo(state, agent, coordinator);
        coordinator.abort(5);
        StatusMessage aborted = coordinator.await(StatusMessage::hasAborted);
        assertThat(aborted.getAborted().getReason()).isEqualTo("enough");
        assertThat(aborted.getAborted().hasProgress()).isEqualTo(state.equals("running"));
        assertThat(agent.workload.calls.contains("abort")).isEqualTo(!state.equals("idle"));
        coordinator.acknowledge(aborted.getSequence()).goodbye(6);
        assertThat(agent.outcome().exitCode()).isEqualTo(ExitCode.ABORTED);
      }
    }
  }

  private static void bringTo(String state, AgentFixture agent, TestCoordinator coordinator)
      throws InterruptedException {
    if (state.equals("idle")) {
      return;
    }
    coordinator.config(1, TestCoordinator.CONFIG);
    if (state.equals("preparing")) {
      assertThat(agent.workload.calls.poll(60, TimeUnit.SECONDS)).isEqualTo("prepare");
      return;
    }
    coordinator.await(StatusMessage::hasReady);
    if (state.equals("starting")) {
      coordinator.start(2, agent.clock.nowNs() + 200 * SECOND_NS);
    } else if (state.equals("running")) {
      coordinator.start(2, agent.clock.nowNs() + SECOND_NS / 2);
      coordinator.await(StatusMessage::hasRunning);
    }
  }

  @Test
  void pingsAreAnsweredWhilePreparingAndClosingBlock() throws Exception {
    try (AgentFixture agent = new AgentFixture()) {
      agent.workload.mayPrepare = new CountDownLatch(1);
      agent.workload.mayEnd = new CountDownLatch(1);
      agent.run();
      try (TestCoordinator coordinator = new TestCoordinator(agent.port())) {
        coordinator.config(1, TestCoordinator.CONFIG).ping(11);
        StatusMessage pong = coordinator.await(StatusMessage::hasPong);
        assertThat(pong.getPong().getNumber()).isEqualTo(11);
        assertThat(pong.getPong().getState()).isEqualTo(State.STATE_CONFIG_RECEIVED);
        assertThat(pong.getPong().getWaitingFor()).contains("preparation");
        agent.workload.mayPrepare.countDown();
        coordinator.await(StatusMessage::hasReady);
        coordinator.start(2, agent.clock.nowNs() + SECOND_NS / 2);
        coordinator.await(StatusMessage::hasRunning);
        agent.workload.finished.run();
        while (!agent.workload.calls.contains("finish")) {
          assertThat(agent.workload.calls).isNotEmpty();
        }
        coordinator.ping(12);
        StatusMessage second = coordinator.await(StatusMessage::hasPong);
        assertThat(second.getPong().getNumber()).isEqualTo(12);
        agent.workload.mayEnd.countDown();
        coordinator.await(StatusMessage::hasCompleted);
      }
    }
  }

  @Test
  void aLostStreamIsResumedWithNothingMissingOrDouble() throws Exception {
    try (AgentFixture agent = new AgentFixture().run()) {
      List<Long> numbers = new ArrayList<>();
      try (TestCoordinator first = new TestCoordinator(agent.port())) {
        bringTo("ready", agent, first);
        numbers.add(1L);
        first.start(2, agent.clock.nowNs() + SECOND_NS / 2);
        for (int i = 0; i < 3; i++) {
          numbers.add(first.await(StatusMessage::hasRunning).getSequence());
        }
        first.die();
      }
      while (agent.workload.received.get() < 10) {
        agent.clock.sleep(java.time.Duration.ofMillis(10));
      }
      try (TestCoordinator second = new TestCoordinator(agent.port())) {
        second.resume(numbers.getLast());
        for (int i = 0; i < 10; i++) {
          StatusMessage status = second.await(StatusMessage::hasRunning);
          numbers.add(status.getSequence());
          assertThat(status.getRunning().getProgress().getCounters().getReceived())
              .isEqualTo(status.getSequence() - 1);
        }
        // What was obeyed before is not obeyed again.
        second.config(1, TestCoordinator.CONFIG).start(2, 1).ping(1);
        second.await(StatusMessage::hasPong);
        agent.workload.finished.run();
        StatusMessage completed = second.await(StatusMessage::hasCompleted);
        second.acknowledge(completed.getSequence()).goodbye(3);
        assertThat(agent.outcome().exitCode()).isEqualTo(ExitCode.SUCCESS);
      }
      for (int i = 0; i < numbers.size(); i++) {
        assertThat(numbers.get(i)).isEqualTo(i + 1);
      }
      assertThat(agent.workload.calls).containsExactly("prepare", "start", "finish");
    }
  }

  @Test
  void aCoordinatorThatStaysAwayEndsTheRunAfterItsGrace() throws Exception {
    try (AgentFixture agent = new AgentFixture().run()) {
      try (TestCoordinator coordinator = new TestCoordinator(agent.port())) {
        coordinator.config(1, TestCoordinator.CONFIG.clone().setGraceDurationNs(SECOND_NS));
        coordinator.await(StatusMessage::hasReady);
        coordinator.start(2, agent.clock.nowNs() + SECOND_NS / 2);
        coordinator.await(StatusMessage::hasRunning);
        coordinator.die();
      }
      assertThat(agent.outcome().exitCode()).isEqualTo(ExitCode.CONNECTION);
      assertThat(agent.workload.calls).containsExactly("prepare", "start", "finish");
    }
  }

  @Test
  void anotherRunIsRefusedAndTheRunUndisturbed() throws Exception {
    try (AgentFixture agent = new AgentFixture().run();
        TestCoordinator coordinator = new TestCoordinator(agent.port())) {
      bringTo("running", agent, coordinator);
      try (TestCoordinator other = new TestCoordinator(agent.port())) {
        other.send(99, 1, ControlMessage.newBuilder().setConfig(TestCoordinator.CONFIG));
        StatusMessage error = other.await(StatusMessage::hasError);
        assertThat(error.getSequence()).isZero();
        assertThat(error.getError().getReason()).contains("0000000000001234");
        assertThat(other.end.get(60, TimeUnit.SECONDS)).isNull();
      }
      coordinator.statuses.clear();
      coordinator.await(StatusMessage::hasRunning);
    }
  }

  @Test
  void aStartInThePastIsAnErrorAndNoLateStart() throws Exception {
    try (AgentFixture agent = new AgentFixture().run();
        TestCoordinator coordinator = new TestCoordinator(agent.port())) {
      bringTo("ready", agent, coordinator);
      coordinator.start(2, agent.clock.nowNs() - SECOND_NS);
      StatusMessage error = coordinator.await(StatusMessage::hasError);
      assertThat(error.getError().getPath()).isEqualTo("start.start_true_time_ns");
      coordinator.goodbye(3);
      assertThat(agent.outcome().exitCode()).isEqualTo(ExitCode.TIMEOUT);
      assertThat(agent.workload.calls).doesNotContain("start");
    }
  }

  @Test
  void aFaultOfTheWorkloadIsAnErrorWithItsCode() throws Exception {
    try (AgentFixture agent = new AgentFixture()) {
      agent.workload.endFault = Optional.of("the command ended with 1");
      agent.run();
      try (TestCoordinator coordinator = new TestCoordinator(agent.port())) {
        bringTo("running", agent, coordinator);
        agent.workload.finished.run();
        StatusMessage error = coordinator.await(StatusMessage::hasError);
        assertThat(error.getError().getReason()).isEqualTo("the command ended with 1");
        coordinator.acknowledge(error.getSequence()).goodbye(3);
        assertThat(agent.outcome().exitCode()).isEqualTo(ExitCode.SOME_FAILED);
      }
    }
  }

  @Test
  void aCoordinatorThatTakesItsLeaveIsNotWaitedForHoweverLongTheGraceTime() throws Exception {
    try (AgentFixture agent = new AgentFixture().run()) {
      try (TestCoordinator coordinator = new TestCoordinator(agent.port())) {
        bringTo("ready", agent, coordinator);
        coordinator.abort(2).goodbye(3);
      }
      assertThat(agent.outcome().exitCode()).isEqualTo(ExitCode.ABORTED);
    }
  }

  @Test
  void aStopOnTheNodeTellsTheCoordinator() throws Exception {
    try (AgentFixture agent = new AgentFixture().run();
        TestCoordinator coordinator = new TestCoordinator(agent.port())) {
      bringTo("running", agent, coordinator);
      agent.agent.stop();
      StatusMessage aborted = coordinator.await(StatusMessage::hasAborted);
      assertThat(aborted.getAborted().getReason()).contains("told to stop");
      coordinator.acknowledge(aborted.getSequence()).goodbye(3);
      assertThat(agent.outcome().exitCode()).isEqualTo(ExitCode.ABORTED);
    }
  }

  @Test
  void withoutAnIdentityOnlyTheLoopbackIsServed() {
    Consumer<String> open =
        host ->
            Agent.open(
                    new AgentOptions(
                        "n1", new InetSocketAddress(host, 0), Optional.empty(), "system", ""),
                    new SystemClock(),
                    new NodeClock() {
                      @Override
                      public Optional<org.carillon.core.time.Reading> now() {
                        return Optional.empty();
                      }

                      @Override
                      public Optional<org.carillon.core.time.Reading> readingAt(
                          org.carillon.core.time.Moment moment) {
                        return Optional.empty();
                      }

                      @Override
                      public org.carillon.control.statistics.ClockReport report() {
                        return org.carillon.control.statistics.ClockReport.UNKNOWN;
                      }

                      @Override
                      public void sharpen() {}
                    },
                    (runId, spec) -> new FakeWorkload())
                .close();
    assertThatThrownBy(() -> open.accept("0.0.0.0"))
        .isInstanceOfSatisfying(
            CarillonException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("--identity");
    open.accept("127.0.0.1");
  }

  @Test
  void aPortInUseIsSaidInASentence() {
    try (AgentFixture first = new AgentFixture()) {
      assertThatThrownBy(
              () ->
                  Agent.open(
                      new AgentOptions(
                          "n2",
                          new InetSocketAddress("127.0.0.1", first.port()),
                          Optional.empty(),
                          "system",
                          ""),
                      first.clock,
                      null,
                      null))
          .isInstanceOfSatisfying(
              CarillonException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONNECTION))
          .hasMessageContaining("127.0.0.1:" + first.port());
    }
  }
}
