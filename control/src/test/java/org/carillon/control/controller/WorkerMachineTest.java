package org.carillon.control.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.carillon.control.controller.WorkerState.Failed;
import org.carillon.control.wire.ControlMessage;
import org.carillon.control.wire.ControlMessage.CommandCase;
import org.carillon.control.wire.StatusMessage;
import org.carillon.control.workload.SenderClock;
import org.carillon.core.net.HostPort;
import org.junit.jupiter.api.Test;

class WorkerMachineTest {

  private static final LinkLoss REFUSED = new LinkLoss(true, "connection refused");
  private static final LinkLoss BROKEN = new LinkLoss(false, "connection reset");
  private static final SenderClock CLOCK = new SenderClock(-5, 7);

  /** Keeps what was sent over the stream that is open. */
  private static final class Wire implements AgentPort {
    private final List<ControlMessage> sent = new ArrayList<>();
    private int opened;
    private boolean open;

    @Override
    public void open(List<ControlMessage> first) {
      opened++;
      open = true;
      sent.clear();
      sent.addAll(first);
    }

    @Override
    public void send(ControlMessage message) {
      assertThat(open).isTrue();
      sent.add(message);
    }

    @Override
    public void close() {
      open = false;
    }

    private List<CommandCase> commands() {
      return sent.stream().map(ControlMessage::getCommandCase).toList();
    }
  }

  private final Wire wire = new Wire();
  private final AgentAddress address =
      new AgentAddress(Optional.of("n1"), new HostPort("10.0.0.1", 9100), Optional.empty());
  private long nowNs = 5_000;
  private final WorkerMachine machine =
      new WorkerMachine(address, Messages.options(List.of(address)), wire, () -> 0.5, nowNs);

  @Test
  void theFirstStreamBeginsWithTheConfigurationAndItsFirstAnswerTellsThatItIsUp() {
    tick();
    assertThat(wire.commands()).containsExactly(CommandCase.CONFIG, CommandCase.PING);
    assertThat(wire.sent.getFirst().getSequence()).isEqualTo(1);
    assertThat(wire.sent.getFirst().getRunId()).isEqualTo(Messages.RUN);
    assertThat(machine.state()).isEqualTo(new WorkerState.Connecting());
    pass(0.004);
    machine.heard(Messages.pong(1), nowNs);
    assertThat(machine.state()).isEqualTo(new WorkerState.ConfigSent());
    assertThat(machine.roundTripNs()).hasValue(4_000_000);
  }

  @Test
  void triesThreeTimesMoreAfterOneTwoAndFourSeconds() {
    tick();
    for (double pause : new double[] {1, 2, 4}) {
      int before = wire.opened;
      machine.lost(REFUSED, nowNs);
      pass(pause - 0.01);
      assertThat(wire.opened).isEqualTo(before);
      pass(0.02);
      assertThat(wire.opened).isEqualTo(before + 1);
    }
    machine.lost(REFUSED, nowNs);
    assertThat(machine.state())
        .isEqualTo(
            new Failed(
                Failed.Kind.CONNECTION,
                "nobody listens at 10.0.0.1:9100: start its worker first, or check host and"
                    + " port"));
  }

  @Test
  void aWayThatLeadsNowhereIsTriedAsOften() {
    for (int i = 0; i < 4; i++) {
      pass(5);
      pass(10);
    }
    assertThat(machine.state())
        .isInstanceOfSatisfying(
            Failed.class,
            failed ->
                assertThat(failed.reason())
                    .contains("10.0.0.1:9100 could not be reached in 4 tries: no answer for 10 s"));
  }

  @Test
  void everyStatusIsAcknowledgedAndCountsOnce() {
    collecting();
    wire.sent.clear();
    machine.heard(Messages.running(3, 10, 100, 200), nowNs);
    machine.heard(Messages.running(3, 10, 100, 200), nowNs);
    assertThat(wire.commands()).containsExactly(CommandCase.ACKNOWLEDGE, CommandCase.ACKNOWLEDGE);
    assertThat(wire.sent.getFirst().getAcknowledge().getStatusSequence()).isEqualTo(3);
    assertThat(wire.sent.getFirst().getAcknowledge().getSenderClock().getOffsetNs()).isEqualTo(-5);
    assertThat(result().latencies()).isEqualTo(Messages.histogram(100, 200));
    assertThat(result().counters().received()).isEqualTo(10);
  }

  @Test
  void theEndIsAcknowledgedReconciledAndAnsweredWithGoodbye() {
    collecting();
    machine.heard(Messages.running(3, 10, 100, 200), nowNs);
    machine.heard(Messages.running(4, 11, -5), nowNs);
    wire.sent.clear();
    machine.heard(Messages.completed(5, 11, 100, 200, -5), nowNs);
    assertThat(wire.commands()).containsExactly(CommandCase.ACKNOWLEDGE, CommandCase.GOODBYE);
    assertThat(wire.open).isFalse();
    assertThat(result().completed()).isTrue();
    assertThat(result().latenciesReconciled()).hasValue(true);
    assertThat(result().latencies()).isEqualTo(Messages.histogram(-5, 100, 200));
  }

  @Test
  void aSumThatIsNotTheTotalIsTold() {
    collecting();
    machine.heard(Messages.running(3, 10, 100), nowNs);
    machine.heard(Messages.completed(5, 11, 100, 200), nowNs);
    assertThat(result().latenciesReconciled()).hasValue(false);
  }

  @Test
  void aLostStreamIsResumedWithAllThatMayNotHaveArrived() {
    collecting();
    machine.heard(Messages.running(3, 10, 100), nowNs);
    machine.endOfStream(77);
    pass(3);
    machine.lost(BROKEN, nowNs);
    assertThat(machine.trouble()).hasValue("control stream lost: connection reset");
    tick();
    assertThat(wire.commands())
        .containsExactly(
            CommandCase.RESUME, CommandCase.START, CommandCase.END_OF_STREAM, CommandCase.PING);
    assertThat(wire.sent.getFirst().getResume().getLastStatusSequence()).isEqualTo(3);
    assertThat(wire.sent).extracting(ControlMessage::getSequence).containsExactly(0L, 2L, 3L, 0L);
    machine.heard(Messages.running(3, 10, 100), nowNs);
    machine.heard(Messages.running(4, 12, 300), nowNs);
    assertThat(machine.trouble()).isEmpty();
    assertThat(machine.reconnects()).isEqualTo(1);
    assertThat(result().latencies()).isEqualTo(Messages.histogram(100, 300));
  }

  @Test
  void aCommandGivenWhileTheStreamIsLostArrivesWithTheNext() {
    collecting();
    pass(3);
    machine.lost(BROKEN, nowNs);
    machine.abort("Ctrl-C");
    tick();
    assertThat(wire.commands()).contains(CommandCase.RESUME, CommandCase.ABORT);
  }

  @Test
  void aCommandGivenWhileAStreamIsOpenedGoesOverThatOne() {
    collecting();
    pass(3);
    machine.lost(BROKEN, nowNs);
    tick();
    machine.endOfStream(77);
    assertThat(wire.commands()).endsWith(CommandCase.PING, CommandCase.END_OF_STREAM);
  }

  @Test
  void onlyAWorkerThatWasNeverSpokenToIsBeyondReach() {
    assertThat(machine.isBeyondReach()).isTrue();
    tick();
    assertThat(machine.isBeyondReach()).isFalse();
    machine.lost(REFUSED, nowNs);
    assertThat(machine.isBeyondReach()).isTrue();
    pass(1.5);
    collecting();
    pass(3);
    machine.lost(BROKEN, nowNs);
    assertThat(machine.isBeyondReach()).isFalse();
  }

  @Test
  void aLostStreamIsAwaitedForTheGraceTimeOnly() {
    collecting();
    pass(3);
    machine.lost(BROKEN, nowNs);
    long lostNs = nowNs;
    while (nowNs - lostNs < TimeUnit.SECONDS.toNanos(59)) {
      pass(0.5);
      machine.lost(new LinkLoss(false, "no route to host"), nowNs);
    }
    assertThat(machine.state()).isEqualTo(new WorkerState.Collecting());
    pass(1.1);
    assertThat(machine.state())
        .isEqualTo(
            new Failed(
                Failed.Kind.FAULT,
                "its control stream was lost and could not be taken up again within 1m:"
                    + " no route to host"));
  }

  @Test
  void aWorkerThatHasDiedIsFailedAfterThePausesAndNotAfterTheGraceTime() {
    collecting();
    pass(3);
    machine.lost(BROKEN, nowNs);
    for (int i = 0; i < 20 && !machine.state().isFinal(); i++) {
      int before = wire.opened;
      pass(0.5);
      if (wire.opened > before) {
        machine.lost(REFUSED, nowNs);
      }
    }
    assertThat(machine.state())
        .isEqualTo(new Failed(Failed.Kind.FAULT, "nobody listens at 10.0.0.1:9100 any more"));
  }

  @Test
  void silenceIsAskedAboutThreeTimesAndIsTheEnd() {
    collecting();
    wire.sent.clear();
    pass(9.9);
    assertThat(wire.sent).isEmpty();
    pass(0.2);
    pass(5);
    pass(5);
    assertThat(wire.commands())
        .containsExactly(CommandCase.PING, CommandCase.PING, CommandCase.PING);
    assertThat(machine.state()).isEqualTo(new WorkerState.Collecting());
    pass(5);
    assertThat(machine.state())
        .isEqualTo(
            new Failed(
                Failed.Kind.FAULT, "it is silent: nothing for 25 s, and 3 pings unanswered"));
  }

  @Test
  void anAnswerToAPingEndsTheSilence() {
    collecting();
    for (int i = 0; i < 20; i++) {
      pass(10.5);
      machine.heard(Messages.pong(9), nowNs);
    }
    assertThat(machine.state()).isEqualTo(new WorkerState.Collecting());
  }

  @Test
  void aWorkerThatDoesNotGetReadyIsGivenUp() {
    tick();
    for (int i = 0; i < 46; i++) {
      machine.heard(Messages.pong(1), nowNs);
      pass(1);
    }
    assertThat(machine.state())
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.reason()).contains("did not get ready"));
    assertThat(wire.commands()).contains(CommandCase.ABORT);
  }

  @Test
  void nonsenseEndsTheWorkerAndNobodyElse() {
    collecting();
    machine.heard(
        Messages.running(3, 10).toBuilder()
            .setRunning(
                org.carillon.control.wire.Running.newBuilder()
                    .setProgress(Messages.progress(1).toBuilder().setRateHz(Double.NaN)))
            .build(),
        nowNs);
    assertThat(machine.state())
        .isEqualTo(new Failed(Failed.Kind.FAULT, "it sent what makes no sense: a rate is NaN"));
    assertThat(wire.open).isFalse();
  }

  @Test
  void bytesThatAreNoMessageEndTheWorkerAndAreNoLostStream() {
    collecting();
    machine.heardNonsense();
    assertThat(machine.state())
        .isEqualTo(
            new Failed(Failed.Kind.FAULT, "it sent what is no message of the control stream"));
    assertThat(wire.commands()).contains(CommandCase.ABORT);
    assertThat(wire.open).isFalse();
  }

  @Test
  void whatAWorkerRefusesIsToldInItsWords() {
    tick();
    machine.heard(
        StatusMessage.newBuilder()
            .setRunId(1)
            .setError(
                org.carillon.control.wire.Error.newBuilder()
                    .setPath("run_id")
                    .setReason("this worker is in run 2, and serves no other"))
            .build(),
        nowNs);
    assertThat(machine.state())
        .isEqualTo(
            new Failed(
                Failed.Kind.FAULT,
                "it refuses a command: run_id: this worker is in run 2, and serves no other"));
  }

  @Test
  void aStatusOfAnotherRunIsNotCounted() {
    collecting();
    machine.heard(Messages.running(3, 10, 5).toBuilder().setRunId(1).build(), nowNs);
    assertThat(machine.state())
        .isEqualTo(new Failed(Failed.Kind.FAULT, "it speaks of another run"));
    assertThat(result().latencies().count()).isZero();
  }

  private void collecting() {
    tick();
    machine.heard(Messages.ready(1, "n1"), nowNs);
    assertThat(machine.state()).isEqualTo(new WorkerState.Ready());
    machine.start(Messages.START_NS);
    assertThat(machine.state()).isEqualTo(new WorkerState.StartSent());
    machine.heard(Messages.running(2, 0), nowNs);
    assertThat(machine.state()).isEqualTo(new WorkerState.Collecting());
  }

  private WorkerResult result() {
    return machine.account().result(machine);
  }

  private void tick() {
    machine.tick(nowNs, Optional.of(CLOCK));
  }

  private void pass(double seconds) {
    nowNs += (long) (seconds * 1e9);
    tick();
  }
}
