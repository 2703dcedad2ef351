package org.carillon.control.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.control.agent.AgentEvent.Origin;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.control.workload.SenderClock;
import org.carillon.control.workload.Workload;
import org.carillon.control.workload.WorkloadSpec;
import org.carillon.core.ExitCode;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Reading;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AgentMachineTest {

  static final long SECOND_NS = 1_000_000_000L;
  static final long NOW_NS = 1_000 * SECOND_NS;
  static final long TRUE_NS = 1_800_000_000L * SECOND_NS;
  static final long RUN = 7;
  static final long STREAM = 1;

  static final RunConfig CONFIG =
      new RunConfig(
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofSeconds(20),
          Duration.ofMinutes(1),
          new WorkloadSpec.EventStream(List.of(), Duration.ofSeconds(2)));
  static final Workload.Prepared PREPARED = new Workload.Prepared(OptionalInt.of(9000));
  static final Reading READING =
      new Reading(TRUE_NS - 100, TRUE_NS, TRUE_NS + 100, ClockStatus.SYNCHRONIZED);

  /** What a worker does about everything that can happen to it; "=": nothing at all. */
  private static final String TABLE =
      """
      event           | Waiting | Idle                | Configured        | Ready                       | Starting                      | Running                       | Closing              | Final
      StreamOpened    | Idle    | =                   | =                 | =                           | =                             | =                             | =                    | =
      StreamLost      | =       | Idle lost           | Configured lost   | Ready lost                  | Starting lost                 | Running lost                  | Closing lost         | Final lost
      Config          | = | Configured Prepare | Configured Refuse | Ready Refuse     | Starting Refuse               | Running Refuse                | Closing Refuse       | Final Refuse
      InvalidConfig   | =       | Final:Failed SendFinal | Configured Refuse | Ready Refuse             | Starting Refuse               | Running Refuse                | Closing Refuse       | Final Refuse
      RepeatedConfig  | = | Configured Prepare | Configured SendAgain | Ready SendAgain | Starting SendAgain          | Running SendAgain             | Closing SendAgain    | Final SendAgain
      OtherRunsConfig | = | Configured Prepare | Configured Refuse | Ready Refuse     | Starting Refuse               | Running Refuse                | Closing Refuse       | Final Refuse
      Start           | = | Idle Refuse  | Configured Refuse | Starting TellSenderClock Sharpen StartAt | Starting Refuse  | Running Refuse                | Closing Refuse       | Final Refuse
      StartInPast     | = | Idle Refuse  | Configured Refuse | Closing:Failed CallOff      | Starting Refuse               | Running Refuse                | Closing Refuse       | Final Refuse
      StartTooFar     | = | Idle Refuse  | Configured Refuse | Closing:Failed CallOff      | Starting Refuse               | Running Refuse                | Closing Refuse       | Final Refuse
      StartNoClock    | = | Idle Refuse  | Configured Refuse | Closing:Failed CallOff      | Starting Refuse               | Running Refuse                | Closing Refuse       | Final Refuse
      Ping            | = | Idle SendPong | Configured SendPong | Ready SendPong          | Starting SendPong             | Running SendPong              | Closing SendPong     | Final SendPong
      Abort           | = | Final:Aborted SendFinal | Closing:Aborted CallOff | Closing:Aborted CallOff | Closing:Aborted CallOff | Closing:Aborted CallOff       | Closing              | Final
      Acknowledge     | = | Idle Forget  | Configured Forget | Ready Forget TellSenderClock | Starting Forget TellSenderClock | Running Forget TellSenderClock | Closing Forget     | Final Forget
      Resume          | =       | Idle SendAgain      | Configured SendAgain | Ready SendAgain          | Starting SendAgain            | Running SendAgain             | Closing SendAgain    | Final SendAgain
      Goodbye         | = | Final:Aborted SendFinal | Closing:Aborted CallOff | Closing:Aborted CallOff | Closing:Aborted CallOff | Closing:Aborted CallOff       | Closing              | Ended
      EndOfStream     | = | Idle Refuse  | Configured Refuse | Ready Refuse                | Starting TellLastEvent        | Running TellLastEvent         | =                    | =
      Unknown         | = | Idle Refuse  | Configured Refuse | Ready Refuse                | Starting Refuse               | Running Refuse                | Closing Refuse       | Final Refuse
      Unreadable      | = | Idle Refuse  | Configured Refuse | Ready Refuse                | Starting Refuse               | Running Refuse                | Closing Refuse       | Final Refuse
      Prepared        | =       | =                   | Configured        | =                           | =                             | =                             | =                    | =
      PreparedWarm    | =       | =                   | Ready SendReady   | =                           | =                             | =                             | =                    | =
      Started         | =       | =                   | =                 | =                           | Running                       | =                             | =                    | =
      Finished        | =       | =                   | =                 | =                           | =                             | Closing:Completed Finish      | =                    | =
      Failed          | =       | Final:Failed SendFinal | Closing:Failed CallOff | Closing:Failed CallOff | Closing:Failed CallOff        | Closing:Failed CallOff        | Final:Failed SendFinal | =
      Closed          | =       | =                   | =                 | =                           | =                             | =                             | Final:Completed SendFinal | =
      ClosedAtFault   | =       | =                   | =                 | =                           | =                             | =                             | Final:Failed SendFinal | =
      Stop            | Ended   | Final:Aborted SendFinal | Closing:Aborted CallOff | Closing:Aborted CallOff | Closing:Aborted CallOff | Closing:Aborted CallOff       | Closing              | Ended
      TimeSoon        | =       | =                   | =                 | =                           | =                             | =                             | =                    | =
      TimeStatus      | =       | =                   | =                 | =                           | =                             | Running SendRunning           | =                    | Final SendAgain
      TimeLong        | =       | Final:Failed SendFinal | Closing:Failed CallOff | Closing:Failed CallOff | Closing:Failed CallOff        | Closing:Failed CallOff        | Final:Failed SendFinal | Final lost DropStream
      """;

  static Map<String, Situation> situations() {
    Situation connected =
        Situation.initial(NOW_NS).with(new Link.Open(STREAM)).with(CONFIG.grace());
    Situation inRun = connected.after(new Origin(STREAM, RUN, 1));
    long deadlineNs = NOW_NS + 30 * SECOND_NS;
    Map<String, Situation> all = new LinkedHashMap<>();
    all.put("Waiting", Situation.initial(NOW_NS));
    all.put("Idle", connected.with(new AgentState.Idle(deadlineNs)));
    all.put(
        "Configured",
        inRun.with(
            new AgentState.Configured(
                CONFIG, NOW_NS + 5 * SECOND_NS, deadlineNs, Optional.empty())));
    all.put("Ready", inRun.with(new AgentState.Ready(CONFIG, deadlineNs)));
    all.put("Starting", inRun.with(new AgentState.Starting(CONFIG, deadlineNs)));
    all.put("Running", inRun.with(new AgentState.Running(CONFIG, deadlineNs, NOW_NS + SECOND_NS)));
    all.put(
        "Closing",
        inRun.with(new AgentState.Closing(new Verdict.Completed(ExitCode.SUCCESS), deadlineNs)));
    all.put(
        "Final",
        inRun
            .afterStatus()
            .with(
                new AgentState.Final(
                    new Verdict.Completed(ExitCode.SUCCESS),
                    1,
                    false,
                    NOW_NS + SECOND_NS,
                    deadlineNs)));
    return all;
  }

  record Happening(AgentEvent event, long atNs) {}

  private static Happening now(AgentEvent event) {
    return new Happening(event, NOW_NS);
  }

  static Map<String, Happening> happenings() {
    Origin next = new Origin(STREAM, RUN, 2);
    Origin plain = new Origin(STREAM, RUN, 0);
    SenderClock sender = new SenderClock(1, 1);
    Map<String, Happening> all = new LinkedHashMap<>();
    all.put("StreamOpened", now(new AgentEvent.StreamOpened(STREAM)));
    all.put("StreamLost", now(new AgentEvent.StreamLost(STREAM)));
    all.put("Config", now(configure(next)));
    all.put(
        "InvalidConfig",
        now(new AgentEvent.Configure(next, new ConfigCheck.Result.Invalid("config.x", "bad"))));
    all.put("RepeatedConfig", now(configure(new Origin(STREAM, RUN, 1))));
    all.put("OtherRunsConfig", now(configure(new Origin(STREAM, RUN + 1, 1))));
    all.put("Start", now(start(next, TRUE_NS + 2 * SECOND_NS)));
    all.put("StartInPast", now(start(next, TRUE_NS)));
    all.put("StartTooFar", now(start(next, TRUE_NS + 300 * SECOND_NS + 1)));
    all.put(
        "StartNoClock",
        now(new AgentEvent.Start(next, TRUE_NS + SECOND_NS, Optional.empty(), Optional.empty())));
    all.put("Ping", now(new AgentEvent.Ping(plain, 5)));
    all.put("Abort", now(new AgentEvent.Abort(next, "enough")));
    all.put("Acknowledge", now(new AgentEvent.Acknowledge(plain, 1, Optional.of(sender))));
    all.put("Resume", now(new AgentEvent.Resume(plain, 0)));
    all.put("Goodbye", now(new AgentEvent.Goodbye(next)));
    all.put("EndOfStream", now(new AgentEvent.EndOfStream(next, 60)));
    all.put("Unknown", now(new AgentEvent.Unknown(next)));
    all.put("Unreadable", now(new AgentEvent.Unreadable(new Origin(STREAM, 0, 0))));
    all.put("Prepared", now(new AgentEvent.Prepared(PREPARED)));
    all.put(
        "PreparedWarm", new Happening(new AgentEvent.Prepared(PREPARED), NOW_NS + 5 * SECOND_NS));
    all.put("Started", now(new AgentEvent.Started(new StartMoment(READING, OptionalLong.empty()))));
    all.put("Finished", now(new AgentEvent.Finished()));
    all.put("Failed", now(new AgentEvent.Failed("workload", "broken", ExitCode.INTERNAL)));
    all.put("Closed", now(closed(Optional.empty())));
    all.put("ClosedAtFault", now(closed(Optional.of("the command ended with 1"))));
    all.put("Stop", now(new AgentEvent.Stop("SIGTERM")));
    all.put("TimeSoon", new Happening(new AgentEvent.TimePassed(), NOW_NS + SECOND_NS - 1));
    all.put("TimeStatus", new Happening(new AgentEvent.TimePassed(), NOW_NS + SECOND_NS));
    all.put("TimeLong", new Happening(new AgentEvent.TimePassed(), NOW_NS + 30 * SECOND_NS));
    return all;
  }

  static AgentEvent.Configure configure(Origin origin) {
    return new AgentEvent.Configure(origin, new ConfigCheck.Result.Valid(CONFIG));
  }

  static AgentEvent.Start start(Origin origin, long trueTimeNs) {
    return new AgentEvent.Start(
        origin, trueTimeNs, Optional.of(new SenderClock(1, 1)), Optional.of(READING));
  }

  private static AgentEvent.Closed closed(Optional<String> fault) {
    return new AgentEvent.Closed(
        Optional.of(
            new Workload.Ending(
                fault.isEmpty() ? ExitCode.SUCCESS : ExitCode.SOME_FAILED,
                fault,
                LatencyHistogram.EMPTY,
                Optional.empty())));
  }

  @TestFactory
  Stream<DynamicTest> everyEventInEveryStateLeadsWhereTheTableSays() {
    Map<String, Situation> situations = situations();
    Map<String, Happening> happenings = happenings();
    List<String> lines = TABLE.lines().toList();
    List<String> states = cells(lines.getFirst());
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> row = cells(line);
      for (int i = 1; i < row.size(); i++) {
        String expected = row.get(i);
        Situation was = situations.get(states.get(i));
        Happening happening = happenings.get(row.getFirst());
        tests.add(
            DynamicTest.dynamicTest(
                row.getFirst() + " in " + states.get(i),
                () ->
                    assertThat(
                            outcome(
                                was, AgentMachine.step(was, happening.event(), happening.atNs())))
                        .isEqualTo(expected)));
      }
    }
    return tests.stream();
  }

  @Test
  void theTableLeavesNothingOut() {
    List<String> lines = TABLE.lines().toList();
    Set<String> states = new HashSet<>(cells(lines.getFirst()));
    states.remove("event");
    states.add("Ended");
    assertThat(states).isEqualTo(simpleNames(AgentState.class));
    assertThat(lines).allSatisfy(line -> assertThat(cells(line)).hasSize(states.size()));
    assertThat(lines.stream().skip(1).map(line -> cells(line).getFirst()))
        .containsExactlyElementsOf(happenings().keySet());
    assertThat(
            happenings().values().stream()
                .map(happening -> happening.event().getClass().getSimpleName())
                .collect(Collectors.toSet()))
        .isEqualTo(simpleNames(AgentEvent.class));
  }

  private static Set<String> simpleNames(Class<?> sealed) {
    return Stream.of(sealed.getPermittedSubclasses())
        .flatMap(c -> c.isSealed() ? simpleNames(c).stream() : Stream.of(c.getSimpleName()))
        .collect(Collectors.toSet());
  }

  private static List<String> cells(String line) {
    return Stream.of(line.split("\\|")).map(String::strip).toList();
  }

  private static String outcome(Situation was, Situation.Step step) {
    if (step.next().equals(was) && step.actions().isEmpty()) {
      return "=";
    }
    AgentState state = step.next().state();
    String verdict =
        switch (state) {
          case AgentState.Closing closing when !(was.state() instanceof AgentState.Closing) ->
              ":" + closing.verdict().getClass().getSimpleName();
          case AgentState.Final end when !(was.state() instanceof AgentState.Final) ->
              ":" + end.verdict().getClass().getSimpleName();
          default -> "";
        };
    return state.getClass().getSimpleName()
        + verdict
        + (step.next().link() instanceof Link.Lost ? " lost" : "")
        + step.actions().stream()
            .map(action -> " " + action.getClass().getSimpleName())
            .collect(Collectors.joining());
  }

  @Test
  void nothingHappensAfterTheEnd() {
    Situation ended =
        situations()
            .get("Final")
            .with(new AgentState.Ended(new AgentOutcome(ExitCode.SUCCESS, "done")));
    assertThat(happenings().values())
        .filteredOn(happening -> !(happening.event() instanceof AgentEvent.StreamLost))
        .allSatisfy(
            happening ->
                assertThat(outcome(ended, AgentMachine.step(ended, happening.event(), NOW_NS)))
                    .isEqualTo("="));
    assertThat(TimeRules.nextDeadlineNs(ended)).isEmpty();
  }

  @Test
  void commandsAreObeyedOnceByTheirNumber() {
    Situation ready = situations().get("Ready");
    AgentEvent start = start(new Origin(STREAM, RUN, 2), TRUE_NS + 2 * SECOND_NS);
    Situation starting = AgentMachine.step(ready, start, NOW_NS).next();
    Situation.Step again = AgentMachine.step(starting, start, NOW_NS + 1);
    assertThat(again.next()).isEqualTo(starting);
    assertThat(again.actions()).isEmpty();
    AgentEvent old = new AgentEvent.Abort(new Origin(STREAM, RUN, 1), "long ago");
    assertThat(AgentMachine.step(starting, old, NOW_NS).actions()).isEmpty();
    assertThat(AgentMachine.step(starting, old, NOW_NS).next()).isEqualTo(starting);
  }

  @Test
  void everyDeadlineWakesTheMachineAndIsUsedUp() {
    situations()
        .forEach(
            (name, situation) -> {
              OptionalLong deadlineNs = TimeRules.nextDeadlineNs(situation);
              if (name.equals("Waiting")) {
                assertThat(deadlineNs).isEmpty();
                return;
              }
              Situation next = situation;
              long nowNs = deadlineNs.orElseThrow();
              next = AgentMachine.step(next, new AgentEvent.TimePassed(), nowNs).next();
              assertThat(next).as(name).isNotEqualTo(situation);
              OptionalLong after = TimeRules.nextDeadlineNs(next);
              assertThat(after.isEmpty() || after.getAsLong() > nowNs).as(name).isTrue();
            });
  }

  @Test
  void theFirstStatusFollowsTheStartSoonAndNotAtOnce() {
    Situation.Step started =
        step(
            situations().get("Starting"),
            new AgentEvent.Started(new StartMoment(READING, OptionalLong.empty())),
            NOW_NS);
    assertThat(started.actions()).isEmpty();
    assertThat(TimeRules.nextDeadlineNs(started.next()))
        .hasValue(NOW_NS + TimeRules.FIRST_STATUS.toNanos());
  }

  @Test
  void aLostStreamEndsTheRunInGoodOrderAfterItsGrace() {
    Situation lost =
        step(situations().get("Running"), new AgentEvent.StreamLost(STREAM), NOW_NS).next();
    Situation.Step before = step(lost, new AgentEvent.TimePassed(), NOW_NS + 20 * SECOND_NS - 1);
    assertThat(before.actions()).hasOnlyElementsOfType(AgentAction.SendRunning.class);
    Situation.Step over = step(lost, new AgentEvent.TimePassed(), NOW_NS + 20 * SECOND_NS);
    assertThat(over.actions()).containsExactly(new AgentAction.Finish());
    Situation.Step closed = step(over.next(), closed(Optional.empty()), NOW_NS + 21 * SECOND_NS);
    Situation.Step ended =
        step(closed.next(), new AgentEvent.TimePassed(), NOW_NS + 21 * SECOND_NS);
    assertThat(((AgentState.Ended) ended.next().state()).outcome().exitCode())
        .isEqualTo(ExitCode.CONNECTION);
  }

  @Test
  void aRunThatEndedWhileTheLinkWasCutWaitsForItsCoordinator() {
    Situation lost =
        step(situations().get("Final"), new AgentEvent.StreamLost(STREAM), NOW_NS).next();
    assertThat(TimeRules.nextDeadlineNs(lost)).hasValue(NOW_NS + 20 * SECOND_NS);
    Situation.Step resumed =
        step(
            lost,
            new AgentEvent.Resume(new Origin(STREAM + 1, RUN, 0), 0),
            NOW_NS + 19 * SECOND_NS);
    assertThat(resumed.actions()).containsExactly(new AgentAction.SendAgain(0));
    Situation heard =
        step(
                resumed.next(),
                new AgentEvent.Acknowledge(new Origin(STREAM + 1, RUN, 0), 1, Optional.empty()),
                NOW_NS + 20 * SECOND_NS)
            .next();
    Situation.Step ended = step(heard, new AgentEvent.TimePassed(), NOW_NS + 29 * SECOND_NS);
    assertThat(((AgentState.Ended) ended.next().state()).outcome().exitCode())
        .isEqualTo(ExitCode.SUCCESS);
  }

  @Test
  void aFinalStatusThatNobodyAcknowledgesEndsWithConnection() {
    Situation end = situations().get("Final");
    Situation dropped = step(end, new AgentEvent.TimePassed(), NOW_NS + 30 * SECOND_NS).next();
    Situation.Step ended = step(dropped, new AgentEvent.TimePassed(), NOW_NS + 50 * SECOND_NS);
    assertThat(((AgentState.Ended) ended.next().state()).outcome().exitCode())
        .isEqualTo(ExitCode.CONNECTION);
  }

  @Test
  void anotherStreamTakesTheRunOverByResumeOnly() {
    Situation running = situations().get("Running");
    Origin other = new Origin(STREAM + 1, RUN, 5);
    assertThat(step(running, new AgentEvent.Abort(other, "me"), NOW_NS).actions())
        .singleElement()
        .isInstanceOfSatisfying(
            AgentAction.Refuse.class, refuse -> assertThat(refuse.close()).isTrue());
    Situation.Step taken = step(running, new AgentEvent.Resume(other, 3), NOW_NS);
    assertThat(taken.actions())
        .containsExactly(new AgentAction.DropStream(STREAM), new AgentAction.SendAgain(3));
    assertThat(taken.next().has(STREAM + 1)).isTrue();
    assertThat(step(taken.next(), new AgentEvent.StreamLost(STREAM), NOW_NS).next())
        .isEqualTo(taken.next());
  }

  @Test
  void aPingRenewsTheWaitForTheStart() {
    Situation ready = situations().get("Ready");
    Situation asked =
        step(ready, new AgentEvent.Ping(new Origin(STREAM, RUN, 0), 1), NOW_NS + 20 * SECOND_NS)
            .next();
    assertThat(TimeRules.nextDeadlineNs(asked)).hasValue(NOW_NS + 80 * SECOND_NS);
  }

  @Test
  void anAbortIsAnsweredWithinFiveSecondsEvenIfTheWorkloadHangs() {
    for (String state : List.of("Configured", "Ready", "Starting", "Running", "Closing")) {
      Situation was = situations().get(state);
      Situation aborted =
          step(was, new AgentEvent.Abort(new Origin(STREAM, RUN, 2), "enough"), NOW_NS).next();
      Situation.Step late =
          step(
              aborted,
              new AgentEvent.TimePassed(),
              TimeRules.nextDeadlineNs(aborted).orElseThrow());
      assertThat(TimeRules.nextDeadlineNs(aborted).orElseThrow())
          .isLessThan(NOW_NS + 5 * SECOND_NS);
      assertThat(late.actions()).hasOnlyElementsOfType(AgentAction.SendFinal.class).hasSize(1);
    }
  }

  @Test
  void aStopDoesNotWaitForACoordinatorThatIsGone() {
    Situation lost =
        step(situations().get("Running"), new AgentEvent.StreamLost(STREAM), NOW_NS).next();
    Situation stopped = step(lost, new AgentEvent.Stop("SIGTERM"), NOW_NS).next();
    Situation closed = step(stopped, closed(Optional.empty()), NOW_NS + 1).next();
    assertThat(step(closed, new AgentEvent.TimePassed(), NOW_NS + 2).next().state())
        .isInstanceOfSatisfying(
            AgentState.Ended.class,
            ended -> assertThat(ended.outcome().exitCode()).isEqualTo(ExitCode.ABORTED));
  }

  private static Situation.Step step(Situation was, AgentEvent event, long nowNs) {
    return AgentMachine.step(was, event, nowNs);
  }
}
