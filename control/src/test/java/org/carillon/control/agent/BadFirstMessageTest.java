package org.carillon.control.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.carillon.control.agent.AgentEvent.Origin;
import org.carillon.control.wire.ControlMessage;
import org.carillon.control.wire.State;
import org.carillon.control.wire.StatusMessage;
import org.carillon.control.workload.WorkloadSpec;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever has the identity, and begins with what no worker understands, while it waits. */
@Timeout(120)
class BadFirstMessageTest {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final long NOW_NS = 1_000 * SECOND_NS;
  private static final long IDLE_END_NS = NOW_NS + 30 * SECOND_NS;
  private static final long RUN = 7;
  private static final long STREAM = 1;
  private static final Origin ORIGIN = new Origin(STREAM, RUN, 1);

  static Stream<AgentEvent> badMessages() {
    return Stream.of(
        new AgentEvent.Unreadable(new Origin(STREAM, 0, 0)),
        new AgentEvent.Unknown(ORIGIN),
        new AgentEvent.Start(ORIGIN, 1, Optional.empty(), Optional.empty()),
        new AgentEvent.EndOfStream(ORIGIN, 60),
        new AgentEvent.Resume(new Origin(STREAM, RUN, 0), 3),
        new AgentEvent.Abort(new Origin(STREAM, 0, 1), "me"));
  }

  /** IDLE, entered by that message. */
  private static Situation idle(AgentEvent badMessage) {
    Situation opened =
        step(Situation.initial(NOW_NS), new AgentEvent.StreamOpened(STREAM), NOW_NS).next();
    Situation.Step refused = step(opened, badMessage, NOW_NS);
    assertThat(refused.actions())
        .singleElement()
        .isInstanceOfSatisfying(
            AgentAction.Refuse.class, refuse -> assertThat(refuse.close()).isFalse());
    assertThat(refused.next()).isEqualTo(opened);
    assertThat(refused.next().state()).isEqualTo(new AgentState.Idle(IDLE_END_NS));
    return refused.next();
  }

  private static Situation afterIdle(Situation idle) {
    assertThat(passed(idle, IDLE_END_NS - 1)).isEqualTo(idle);
    Situation.Step over = step(idle, new AgentEvent.TimePassed(), IDLE_END_NS);
    assertThat(over.actions()).hasOnlyElementsOfType(AgentAction.SendFinal.class).hasSize(1);
    assertThat(over.next().state())
        .isInstanceOfSatisfying(
            AgentState.Final.class,
            end ->
                assertThat(end.verdict())
                    .isEqualTo(
                        new Verdict.Failed(
                            "state.idle", "no configuration came within 30s", ExitCode.TIMEOUT)));
    return over.next();
  }

  private static void assertEndsWithTimeout(Situation situation) {
    assertThat(situation.state())
        .isInstanceOfSatisfying(
            AgentState.Ended.class,
            ended -> {
              assertThat(ended.outcome().exitCode()).isEqualTo(ExitCode.TIMEOUT);
              assertThat(ended.outcome().exitCode().code()).isEqualTo(6);
            });
  }

  @ParameterizedTest
  @MethodSource("badMessages")
  void endsWithATimeoutAfterTheGraceOfAStreamThatIsGone(AgentEvent badMessage) {
    Situation lost = step(idle(badMessage), new AgentEvent.StreamLost(STREAM), NOW_NS).next();
    Situation end = afterIdle(lost);
    long graceEndNs = NOW_NS + 60 * SECOND_NS;
    assertThat(passed(end, graceEndNs - 1)).isEqualTo(end);
    assertEndsWithTimeout(passed(end, graceEndNs));
  }

  @ParameterizedTest
  @MethodSource("badMessages")
  void endsWithATimeoutIfTheStreamStaysAndNobodyAnswersOnIt(AgentEvent badMessage) {
    Situation end = afterIdle(idle(badMessage));
    Situation dropped = passed(end, IDLE_END_NS + 10 * SECOND_NS);
    assertThat(dropped.link()).isEqualTo(new Link.Lost(IDLE_END_NS + 10 * SECOND_NS));
    assertThat(passed(dropped, IDLE_END_NS + 70 * SECOND_NS - 1)).isEqualTo(dropped);
    assertEndsWithTimeout(passed(dropped, IDLE_END_NS + 70 * SECOND_NS));
  }

  @ParameterizedTest
  @MethodSource("badMessages")
  void endsWithATimeoutAtOnceIfItsEndWasHeard(AgentEvent badMessage) {
    Situation end = afterIdle(idle(badMessage));
    assertEndsWithTimeout(
        step(end, new AgentEvent.Goodbye(new Origin(STREAM, RUN, 1)), IDLE_END_NS).next());
  }

  @ParameterizedTest
  @MethodSource("badMessages")
  void obeysACoordinatorThatComesInTime(AgentEvent badMessage) {
    RunConfig config =
        new RunConfig(
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(20),
            Duration.ofMinutes(1),
            new WorkloadSpec.EventStream(List.of(), Duration.ofSeconds(2)));
    Situation.Step taken =
        step(
            idle(badMessage),
            new AgentEvent.Configure(
                new Origin(STREAM + 1, RUN + 1, 1), new ConfigCheck.Result.Valid(config)),
            IDLE_END_NS - 1);
    assertThat(taken.actions())
        .containsExactly(
            new AgentAction.DropStream(STREAM), new AgentAction.Prepare(RUN + 1, config));
    assertThat(taken.next().state()).isInstanceOf(AgentState.Configured.class);
    assertThat(taken.next().runId()).isEqualTo(OptionalLong.of(RUN + 1));
  }

  @Test
  void leavesAWorkerIdleAndReadyForACoordinator() throws Exception {
    try (AgentFixture agent = new AgentFixture().run();
        TestCoordinator stranger = new TestCoordinator(agent.port())) {
      stranger.send(99, 1, ControlMessage.newBuilder());
      assertThat(stranger.await(StatusMessage::hasError).getError().getPath()).isEqualTo("command");
      assertThat(stranger.ping(1).await(StatusMessage::hasPong).getPong().getState())
          .isEqualTo(State.STATE_IDLE);
      try (TestCoordinator coordinator = new TestCoordinator(agent.port())) {
        coordinator.config(1, TestCoordinator.CONFIG).await(StatusMessage::hasReady);
      }
    }
  }

  private static Situation passed(Situation was, long nowNs) {
    return step(was, new AgentEvent.TimePassed(), nowNs).next();
  }

  private static Situation.Step step(Situation was, AgentEvent event, long nowNs) {
    return AgentMachine.step(was, event, nowNs);
  }
}
