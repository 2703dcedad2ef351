package org.carillon.control.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carillon.control.agent.AgentMachineTest.CONFIG;
import static org.carillon.control.agent.AgentMachineTest.NOW_NS;
import static org.carillon.control.agent.AgentMachineTest.PREPARED;
import static org.carillon.control.agent.AgentMachineTest.RUN;
import static org.carillon.control.agent.AgentMachineTest.SECOND_NS;
import static org.carillon.control.agent.AgentMachineTest.STREAM;
import static org.carillon.control.agent.AgentMachineTest.TRUE_NS;
import static org.carillon.control.agent.AgentMachineTest.configure;
import static org.carillon.control.agent.AgentMachineTest.situations;
import static org.carillon.control.agent.AgentMachineTest.start;
import static org.carillon.control.agent.AgentMachineValuesTest.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.control.agent.AgentEvent.Origin;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.control.workload.Workload;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.Test;

/** Single rules of {@link AgentMachine} that no cell of {@link AgentMachineTest}'s table shows. */
class AgentMachineRulesTest {

  private static final Origin NEXT = new Origin(STREAM, RUN, 2);
  private static final Origin ELSEWHERE = new Origin(STREAM + 1, RUN, 2);

  private static Situation.Step step(Situation was, AgentEvent event, long atNs) {
    return AgentMachine.step(was, event, atNs);
  }

  private static Situation passed(Situation was, double seconds) {
    return step(was, new AgentEvent.TimePassed(), NOW_NS + (long) (seconds * SECOND_NS)).next();
  }

  private static void assertRefused(
      Situation.Step step, Situation was, String path, boolean close) {
    assertThat(step.next()).isEqualTo(was);
    assertThat(step.actions())
        .singleElement()
        .isInstanceOfSatisfying(
            AgentAction.Refuse.class,
            refuse -> {
              assertThat(refuse.path()).isEqualTo(path);
              assertThat(refuse.close()).isEqualTo(close);
            });
  }

  @Test
  void theFirstStreamIsTakenAndALaterOneIsNot() {
    Situation opened =
        step(situations().get("Waiting"), new AgentEvent.StreamOpened(STREAM), NOW_NS).next();
    assertThat(opened.has(STREAM)).isTrue();
    situations().values().stream()
        .skip(1)
        .forEach(
            was ->
                assertThat(step(was, new AgentEvent.StreamOpened(STREAM + 1), NOW_NS).next())
                    .isEqualTo(was));
  }

  @Test
  void aConfigurationTakesItsStreamItsRunAndItsGraceAndWarmsUpFromTheBeginning() {
    Situation idle =
        step(Situation.initial(NOW_NS), new AgentEvent.StreamOpened(STREAM), NOW_NS).next();
    Situation.Step taken =
        step(idle, configure(new Origin(STREAM + 1, RUN, 1)), NOW_NS + 10 * SECOND_NS);
    assertThat(taken.actions())
        .containsExactly(new AgentAction.DropStream(STREAM), new AgentAction.Prepare(RUN, CONFIG));
    assertThat(taken.next().has(STREAM + 1)).isTrue();
    assertThat(taken.next().runId()).hasValue(RUN);
    assertThat(values(taken.next())).isEqualTo("1 0 20 | warm 5 until 45");
    // Over the run's own stream nothing is dropped.
    assertThat(step(idle, configure(new Origin(STREAM, RUN, 1)), NOW_NS).actions())
        .containsExactly(new AgentAction.Prepare(RUN, CONFIG));
  }

  @Test
  void whatHasNoNumberNoRunOrAnotherStreamIsRefused() {
    Situation idle = situations().get("Idle");
    assertRefused(step(idle, configure(new Origin(STREAM, 0, 1)), NOW_NS), idle, "run_id", false);
    assertRefused(
        step(idle, configure(new Origin(STREAM, RUN, 0)), NOW_NS), idle, "sequence", false);
    assertRefused(
        step(idle, new AgentEvent.Resume(new Origin(STREAM, RUN, 0), 3), NOW_NS),
        idle,
        "resume",
        false);
    Situation running = situations().get("Running");
    assertRefused(
        step(running, new AgentEvent.Acknowledge(ELSEWHERE, 1, Optional.empty()), NOW_NS),
        running,
        "command",
        true);
    assertRefused(
        step(running, new AgentEvent.Abort(ELSEWHERE, "me"), NOW_NS), running, "command", true);
    assertRefused(step(running, start(NEXT, TRUE_NS + SECOND_NS), NOW_NS), running, "start", false);
    assertRefused(
        step(running, new AgentEvent.Abort(new Origin(STREAM, RUN + 1, 2), "me"), NOW_NS),
        running,
        "run_id",
        false);
  }

  @Test
  void onlyAPingOfTheRunOverItsStreamRenewsTheWait() {
    Situation ready = situations().get("Ready");
    for (Origin origin : List.of(ELSEWHERE, new Origin(STREAM, RUN + 1, 0))) {
      assertThat(step(ready, new AgentEvent.Ping(origin, 1), NOW_NS).next()).isEqualTo(ready);
    }
  }

  @Test
  void aStartMayBeFiveMinutesAheadAndIsSharpenedForIfThereIsTime() {
    Situation ready = situations().get("Ready");
    AgentAction sender =
        new AgentAction.TellSenderClock(new org.carillon.control.workload.SenderClock(1, 1));
    long farNs = TRUE_NS + 300 * SECOND_NS;
    assertThat(step(ready, start(NEXT, farNs), NOW_NS).actions())
        .containsExactly(sender, new AgentAction.Sharpen(), new AgentAction.StartAt(farNs));
    long nearNs = TRUE_NS + SECOND_NS;
    assertThat(step(ready, start(NEXT, nearNs), NOW_NS).actions())
        .containsExactly(sender, new AgentAction.StartAt(nearNs));
  }

  @Test
  void whatIsPreparedEarlyIsReadyWhenItIsWarm() {
    Situation cold =
        step(situations().get("Configured"), new AgentEvent.Prepared(PREPARED), NOW_NS).next();
    assertThat(TimeRules.nextDeadlineNs(cold)).hasValue(NOW_NS + 5 * SECOND_NS);
    assertThat(passed(cold, 4.999)).isEqualTo(cold);
    assertThat(passed(cold, 5).state())
        .isEqualTo(new AgentState.Ready(CONFIG, NOW_NS + 65 * SECOND_NS));
    assertThat(passed(situations().get("Configured"), 5)).isEqualTo(situations().get("Configured"));
  }

  @Test
  void statusesKeepTheirGridHoweverLateOneIs() {
    assertThat(values(passed(situations().get("Running"), 3.25)))
        .isEqualTo("1 1 20 | status 4 until 30");
  }

  @Test
  void aSecondAbortDoesNotProlongTheEnd() {
    Situation once =
        step(situations().get("Running"), new AgentEvent.Abort(NEXT, "enough"), NOW_NS).next();
    AgentEvent again = new AgentEvent.Abort(new Origin(STREAM, RUN, 3), "enough");
    assertThat(values(step(once, again, NOW_NS + 3 * SECOND_NS).next()))
        .isEqualTo("3 0 20 | ABORTED 4");
  }

  @Test
  void theEndingTellsTheCodeOfARunThatCompletes() {
    Workload.Ending ending =
        new Workload.Ending(
            ExitCode.SOME_FAILED, Optional.empty(), LatencyHistogram.EMPTY, Optional.empty());
    Situation closing = situations().get("Closing");
    assertThat(values(step(closing, new AgentEvent.Closed(Optional.of(ending)), NOW_NS).next()))
        .isEqualTo("1 1 20 | SOME_FAILED of 1, again 1 until 10");
    Situation aborted =
        step(situations().get("Running"), new AgentEvent.Abort(NEXT, "enough"), NOW_NS).next();
    assertThat(values(step(aborted, new AgentEvent.Closed(Optional.of(ending)), NOW_NS).next()))
        .isEqualTo("2 1 20 | ABORTED of 1, again 1 until 10");
  }

  @Test
  void theEndIsHeardByItsNumberAndStaysSo() {
    Situation end = situations().get("Final");
    Origin plain = new Origin(STREAM, RUN, 0);
    AgentEvent before = new AgentEvent.Acknowledge(plain, 0, Optional.empty());
    assertThat(step(end, before, NOW_NS).next()).isEqualTo(end);
    Situation heard =
        step(end, new AgentEvent.Acknowledge(plain, 1, Optional.empty()), NOW_NS).next();
    assertThat(values(heard)).isEqualTo("1 1 20 | SUCCESS of 1 heard, again 1 until 30");
    assertThat(step(heard, before, NOW_NS).next()).isEqualTo(heard);
    Situation.Step time = step(heard, new AgentEvent.TimePassed(), NOW_NS + SECOND_NS);
    assertThat(time.actions()).isEmpty();
    assertThat(values(time.next())).isEqualTo("1 1 20 | SUCCESS of 1 heard, again 2 until 30");
    assertThat(values(passed(heard, 30))).isEqualTo("1 1 20 | SUCCESS");
    assertThat(values(step(end, new AgentEvent.Resume(plain, 1), NOW_NS + 5 * SECOND_NS).next()))
        .isEqualTo("1 1 20 | SUCCESS of 1 heard, again 6 until 15");
  }

  @Test
  void afterTheGraceEveryStateEndsWithoutItsCoordinator() {
    List<String> found = new ArrayList<>();
    situations()
        .forEach(
            (state, was) -> {
              Situation lost = step(was, new AgentEvent.StreamLost(STREAM), NOW_NS).next();
              Situation.Step over =
                  step(lost, new AgentEvent.TimePassed(), NOW_NS + 20 * SECOND_NS);
              found.add(
                  state
                      + " "
                      + over.next().state().getClass().getSimpleName()
                      + " "
                      + values(over.next().state())
                      + over.actions().stream()
                          .map(it -> " " + it.getClass().getSimpleName())
                          .collect(java.util.stream.Collectors.joining()));
            });
    assertThat(found)
        .containsExactly(
            "Waiting Waiting ",
            "Idle Ended CONNECTION",
            "Configured Closing CONNECTION 24 CallOff",
            "Ready Closing CONNECTION 24 CallOff",
            "Starting Closing CONNECTION 24 CallOff",
            "Running Closing CONNECTION 50 Finish",
            "Closing Closing SUCCESS 30",
            "Final Ended CONNECTION");
  }

  @Test
  void whatALostEndMeansDependsOnWhoHeardOfIt() {
    Situation end =
        step(situations().get("Final"), new AgentEvent.StreamLost(STREAM), NOW_NS).next();
    assertThat(step(end, new AgentEvent.TimePassed(), NOW_NS + SECOND_NS).next()).isEqualTo(end);
    Situation heard =
        end.with(
            new AgentState.Final(
                new Verdict.Completed(ExitCode.SUCCESS), 1, true, NOW_NS, NOW_NS + SECOND_NS));
    assertThat(values(passed(heard, 20))).isEqualTo("1 1 20 | SUCCESS");
    assertThat(values(passed(end.with(java.time.Duration.ZERO), 0))).isEqualTo("1 1 0 | SUCCESS");
    for (Verdict verdict :
        List.of(
            new Verdict.Failed("x", "broken", ExitCode.INTERNAL),
            new Verdict.Aborted("enough", ExitCode.ABORTED))) {
      Situation unheard =
          end.with(new AgentState.Final(verdict, 1, false, NOW_NS, NOW_NS + SECOND_NS));
      assertThat(passed(unheard, 20).state())
          .isEqualTo(
              new AgentState.Ended(new AgentOutcome(verdict.exitCode(), verdict.sentence())));
    }
  }

  @Test
  void theMachineIsWokenByWhateverComesFirst() {
    long soonNs = NOW_NS + SECOND_NS / 2;
    Situation running = situations().get("Running");
    assertThat(
            TimeRules.nextDeadlineNs(
                running.with(new AgentState.Running(CONFIG, soonNs, NOW_NS + SECOND_NS))))
        .hasValue(soonNs);
    Verdict verdict = new Verdict.Completed(ExitCode.SUCCESS);
    Situation end =
        situations()
            .get("Final")
            .with(new AgentState.Final(verdict, 1, true, NOW_NS + SECOND_NS, soonNs));
    assertThat(TimeRules.nextDeadlineNs(end)).hasValue(soonNs);
    Situation lost =
        step(situations().get("Ready"), new AgentEvent.StreamLost(STREAM), NOW_NS).next();
    assertThat(TimeRules.nextDeadlineNs(lost)).hasValue(NOW_NS + 20 * SECOND_NS);
    // While files are closed there is no grace to be over.
    Situation closing =
        step(situations().get("Closing"), new AgentEvent.StreamLost(STREAM), NOW_NS).next();
    assertThat(TimeRules.nextDeadlineNs(closing)).hasValue(NOW_NS + 30 * SECOND_NS);
  }
}
