package org.carillon.control.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carillon.control.agent.AgentMachineTest.NOW_NS;
import static org.carillon.control.agent.AgentMachineTest.happenings;
import static org.carillon.control.agent.AgentMachineTest.situations;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of the transitions of {@link AgentMachineTest}: deadlines, numbers, exit codes, and streams. */
class AgentMachineValuesTest {

  /**
   * What is true after each transition that changes anything: numbers of the last command and
   * status, seconds of grace, and the state's times in seconds from now.
   */
  private static final String VALUES =
      """
      StreamOpened in Waiting | 0 0 60 | 30
      Stop in Waiting | 0 0 0 | ABORTED
      StreamLost in Idle | 0 0 20 | 30
      Config in Idle | 2 0 20 | warm 5 until 35
      InvalidConfig in Idle | 2 1 20 | USAGE of 1, again 1 until 10
      RepeatedConfig in Idle | 1 0 20 | warm 5 until 35
      OtherRunsConfig in Idle | 1 0 20 | warm 5 until 35
      Abort in Idle | 2 1 20 | ABORTED of 1, again 1 until 10
      Goodbye in Idle | 2 1 0 | ABORTED of 1, again 1 until 10
      Failed in Idle | 0 1 20 | INTERNAL of 1, again 1 until 10
      Stop in Idle | 0 1 0 | ABORTED of 1, again 1 until 10
      TimeLong in Idle | 0 1 20 | TIMEOUT of 1, again 31 until 40
      StreamLost in Configured | 1 0 20 | warm 5 until 30
      Abort in Configured | 2 0 20 | ABORTED 4
      Goodbye in Configured | 2 0 0 | ABORTED 4
      Prepared in Configured | 1 0 20 | warm 5 until 30
      PreparedWarm in Configured | 1 1 20 | 65
      Failed in Configured | 1 0 20 | INTERNAL 4
      Stop in Configured | 1 0 0 | ABORTED 4
      TimeLong in Configured | 1 0 20 | TIMEOUT 34
      StreamLost in Ready | 1 0 20 | 30
      Start in Ready | 2 0 20 | 32
      StartInPast in Ready | 2 0 20 | TIMEOUT 4
      StartTooFar in Ready | 2 0 20 | USAGE 4
      StartNoClock in Ready | 2 0 20 | CLOCKS 4
      Ping in Ready | 1 0 20 | 60
      Abort in Ready | 2 0 20 | ABORTED 4
      Goodbye in Ready | 2 0 0 | ABORTED 4
      Failed in Ready | 1 0 20 | INTERNAL 4
      Stop in Ready | 1 0 0 | ABORTED 4
      TimeLong in Ready | 1 0 20 | TIMEOUT 34
      StreamLost in Starting | 1 0 20 | 30
      Abort in Starting | 2 0 20 | ABORTED 4
      Goodbye in Starting | 2 0 0 | ABORTED 4
      EndOfStream in Starting | 2 0 20 | 30
      Started in Starting | 1 0 20 | status 0.05 until 60
      Failed in Starting | 1 0 20 | INTERNAL 4
      Stop in Starting | 1 0 0 | ABORTED 4
      TimeLong in Starting | 1 0 20 | TIMEOUT 34
      StreamLost in Running | 1 0 20 | status 1 until 30
      Abort in Running | 2 0 20 | ABORTED 4
      Goodbye in Running | 2 0 0 | ABORTED 4
      EndOfStream in Running | 2 0 20 | status 1 until 30
      Finished in Running | 1 0 20 | SUCCESS 30
      Failed in Running | 1 0 20 | INTERNAL 4
      Stop in Running | 1 0 0 | ABORTED 4
      TimeStatus in Running | 1 1 20 | status 2 until 30
      TimeLong in Running | 1 0 20 | TIMEOUT 34
      StreamLost in Closing | 1 0 20 | SUCCESS 30
      Abort in Closing | 2 0 20 | SUCCESS 4
      Goodbye in Closing | 2 0 0 | SUCCESS 4
      Failed in Closing | 1 1 20 | INTERNAL of 1, again 1 until 10
      Closed in Closing | 1 1 20 | SUCCESS of 1, again 1 until 10
      ClosedAtFault in Closing | 1 1 20 | SOME_FAILED of 1, again 1 until 10
      Stop in Closing | 1 0 0 | SUCCESS 4
      TimeLong in Closing | 1 1 20 | TIMEOUT of 1, again 31 until 40
      StreamLost in Final | 1 1 20 | SUCCESS of 1, again 1 until 30
      RepeatedConfig in Final | 1 1 20 | SUCCESS of 1, again 1 until 10
      Abort in Final | 2 1 20 | SUCCESS of 1, again 1 until 30
      Acknowledge in Final | 1 1 20 | SUCCESS of 1 heard, again 1 until 30
      Resume in Final | 1 1 20 | SUCCESS of 1, again 1 until 10
      Goodbye in Final | 2 1 20 | SUCCESS
      Stop in Final | 1 1 0 | SUCCESS
      TimeStatus in Final | 1 1 20 | SUCCESS of 1, again 2 until 30
      TimeLong in Final | 1 1 20 | SUCCESS of 1, again 1 until 30
      """;

  @Test
  void everyTransitionLeavesTheTimesNumbersAndCodesOfTheTable() {
    List<String> found = new ArrayList<>();
    situations()
        .forEach(
            (state, was) ->
                happenings()
                    .forEach(
                        (name, it) -> {
                          Situation next = AgentMachine.step(was, it.event(), it.atNs()).next();
                          if (!next.equals(was)) {
                            found.add(name + " in " + state + " | " + values(next));
                          }
                        }));
    assertThat(String.join("\n", found)).isEqualTo(VALUES.strip());
  }

  static String values(Situation of) {
    return "%d %d %d | %s"
        .formatted(
            of.commandSequence(), of.statusSequence(), of.grace().toSeconds(), values(of.state()));
  }

  static String values(AgentState state) {
    return switch (state) {
      case AgentState.Waiting() -> "";
      case AgentState.Idle(long deadlineNs) -> s(deadlineNs);
      case AgentState.Configured it ->
          "warm " + s(it.warmUntilNs()) + " until " + s(it.deadlineNs());
      case AgentState.Ready it -> s(it.deadlineNs());
      case AgentState.Starting it -> s(it.deadlineNs());
      case AgentState.Running it ->
          "status " + s(it.nextStatusNs()) + " until " + s(it.deadlineNs());
      case AgentState.Closing it -> it.verdict().exitCode() + " " + s(it.deadlineNs());
      case AgentState.Final it ->
          "%s of %d%s, again %s until %s"
              .formatted(
                  it.verdict().exitCode(),
                  it.statusSequence(),
                  it.acknowledged() ? " heard" : "",
                  s(it.nextSendNs()),
                  s(it.deadlineNs()));
      case AgentState.Ended it -> it.outcome().exitCode().toString();
    };
  }

  private static String s(long ns) {
    return java.math.BigDecimal.valueOf(ns - NOW_NS, 9).stripTrailingZeros().toPlainString();
  }
}
