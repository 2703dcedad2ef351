package org.carillon.control.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.control.controller.WorkerState.Failed;
import org.carillon.control.wire.ControlMessage;
import org.carillon.control.wire.ControlMessage.CommandCase;
import org.carillon.core.ExitCode;
import org.carillon.core.net.HostPort;
import org.junit.jupiter.api.Test;

class CallingOffTest {

  private static final long NOW_NS = 5_000;
  private static final Verdict VERDICT = new Verdict(ExitCode.ABORTED, "the run was aborted");

  private final List<CommandCase> sent = new ArrayList<>();
  private final WorkerMachine unreached = worker();
  private final WorkerMachine reached = worker();
  private final WorkerMachine lost = worker();
  private final List<WorkerMachine> all = List.of(unreached, reached, lost);

  CallingOffTest() {
    for (WorkerMachine machine : List.of(reached, lost)) {
      machine.tick(NOW_NS, Optional.empty());
      machine.heard(Messages.ready(1, "n"), NOW_NS);
    }
    lost.lost(new LinkLoss(false, "connection reset"), NOW_NS);
    sent.clear();
  }

  private WorkerMachine worker() {
    AgentAddress address =
        new AgentAddress(Optional.of("n"), new HostPort("10.0.0.1", 9100), Optional.empty());
    AgentPort port =
        new AgentPort() {
          @Override
          public void open(List<ControlMessage> first) {}

          @Override
          public void send(ControlMessage message) {
            sent.add(message.getCommandCase());
          }

          @Override
          public void close() {}
        };
    return new WorkerMachine(address, Messages.options(List.of(address)), port, () -> 0.5, NOW_NS);
  }

  @Test
  void whoCanBeReachedIsToldAndWhoNeverWasIsGivenUpAtOnce() {
    CallingOff calledOff = CallingOff.begin(VERDICT, "Ctrl-C", all, NOW_NS);
    assertThat(calledOff.verdict()).isEqualTo(VERDICT);
    assertThat(sent).containsExactly(CommandCase.ABORT);
    assertThat(unreached.state())
        .isEqualTo(
            new Failed(Failed.Kind.CALLED_OFF, "it was not reached before the run was called off"));
    assertThat(reached.state()).isEqualTo(new WorkerState.Ready());
    assertThat(lost.state()).isEqualTo(new WorkerState.Ready());
  }

  @Test
  void whoHasNotEndedInTimeIsGivenUpWithTheReason() {
    CallingOff calledOff = CallingOff.begin(VERDICT, "Ctrl-C", all, NOW_NS);
    calledOff.tick(List.of(reached, lost), NOW_NS + CallingOff.DEADLINE_NS - 1);
    assertThat(reached.state().isFinal()).isFalse();
    calledOff.tick(List.of(reached, lost), NOW_NS + CallingOff.DEADLINE_NS);
    assertThat(reached.state())
        .isEqualTo(
            new Failed(Failed.Kind.CALLED_OFF, "it did not say within 5 s that it has ended"));
    assertThat(lost.state())
        .isEqualTo(
            new Failed(
                Failed.Kind.CALLED_OFF, "it could not be reached when the run was called off"));
  }
}
