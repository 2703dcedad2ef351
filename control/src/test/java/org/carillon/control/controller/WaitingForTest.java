package org.carillon.control.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.carillon.control.controller.RunView.Phase;
import org.carillon.control.wire.ControlMessage;
import org.carillon.core.net.HostPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WaitingForTest {

  private static final AgentPort NOWHERE =
      new AgentPort() {
        @Override
        public void open(List<ControlMessage> first) {}

        @Override
        public void send(ControlMessage message) {}

        @Override
        public void close() {}
      };

  private final WorkerMachine silent = worker("a");
  private final WorkerMachine refusing = worker("b");
  private final WorkerMachine preparing = worker("c");
  private final WorkerMachine ready = worker("d");
  private final List<WorkerMachine> open = List.of(silent, refusing, preparing, ready);

  WaitingForTest() {
    refusing.lost(new LinkLoss(true, "connection refused"), 0);
    preparing.heard(Messages.pong(1), 0);
    ready.heard(Messages.ready(1, "d"), 0);
  }

  private static WorkerMachine worker(String name) {
    AgentAddress address =
        new AgentAddress(Optional.of(name), new HostPort("10.0.0.1", 9100), Optional.empty());
    WorkerMachine machine =
        new WorkerMachine(address, Messages.options(List.of(address)), NOWHERE, () -> 0.5, 0);
    machine.tick(0, Optional.empty());
    return machine;
  }

  private String sentence(Phase phase) {
    return sentence(phase, false, open, List.of(), 0, OptionalLong.empty());
  }

  private static String sentence(
      Phase phase,
      boolean calledOff,
      List<WorkerMachine> open,
      List<String> clocks,
      double gateLeftS,
      OptionalLong toStartNs) {
    return new WaitingFor(phase, calledOff, open, clocks, (long) (gateLeftS * 1e9), toStartNs)
        .sentence();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CONNECTING | waiting for an answer: a, b (connection refused)",
        "PREPARING  | waiting for workers to get ready: c",
        "FINISHING  | waiting for workers to finish: a, b (connection refused), c, d",
        "STARTING   | waiting for the coordinator's own part to get ready",
        "CLOCK_GATE | ''",
        "RUNNING    | ''",
        "ENDED      | ''"
      })
  void everyPhaseNamesWhomItWaitsFor(Phase phase, String sentence) {
    assertThat(sentence(phase)).isEqualTo(sentence);
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void aRunThatIsCalledOffWaitsForAllThatHaveNotEnded(Phase phase) {
    assertThat(sentence(phase, true, open, List.of(), 0, OptionalLong.empty()))
        .isEqualTo("waiting for workers to end: a, b (connection refused), c, d");
    assertThat(sentence(phase, true, List.of(), List.of(), 0, OptionalLong.empty())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"12.9, 12", "0.4, 0", "-3, 0"})
  void theGateCountsDownToZeroAndNamesTheClocks(double leftS, long shownS) {
    assertThat(
            sentence(
                Phase.CLOCK_GATE,
                false,
                open,
                List.of("c (clock unsynchronized)", "d (clock unsynchronized)"),
                leftS,
                OptionalLong.empty()))
        .isEqualTo(
            "waiting for clocks, "
                + shownS
                + " s left: c (clock unsynchronized), d (clock unsynchronized)");
  }

  @Test
  void aStartThatWasSentIsCountedDownToZero() {
    for (long leftNs : new long[] {TimeUnit.MILLISECONDS.toNanos(1_500), 0, -7}) {
      assertThat(sentence(Phase.STARTING, false, open, List.of(), 0, OptionalLong.of(leftNs)))
          .isEqualTo("starting in " + ShortTime.text(Math.max(0, leftNs)));
    }
  }

  @Test
  void manyNamesAreCounted() {
    List<WorkerMachine> many = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      many.add(worker("n" + i));
    }
    assertThat(sentence(Phase.CONNECTING, false, many, List.of(), 0, OptionalLong.empty()))
        .isEqualTo("waiting for an answer: n0, n1, n2, n3, n4, n5, n6, n7 and 2 more");
  }
}
