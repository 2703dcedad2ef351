package org.carillon.control.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.carillon.control.statistics.ClockReport;
import org.carillon.control.wire.Aborted;
import org.carillon.control.wire.Completed;
import org.carillon.control.wire.Counters;
import org.carillon.control.wire.Error;
import org.carillon.control.wire.ExecResult;
import org.carillon.control.wire.Ready;
import org.carillon.control.wire.StatusMessage;
import org.carillon.core.time.ClockStatus;
import org.junit.jupiter.api.Test;

class StatusReaderTest {

  private static final ExecResult EXEC =
      ExecResult.newBuilder().setExitCode(3).setElapsedDurationNs(5).build();

  private static final List<StatusMessage> STATUSES =
      List.of(
          Messages.ready(1, "n1"),
          Messages.running(2, 10, 100, -200, 3_000),
          Messages.completed(3, 10, 100, 200),
          Messages.status(4)
              .setCompleted(Completed.newBuilder().setProgress(Messages.progress(1)).setExec(EXEC))
              .build(),
          Messages.status(5)
              .setError(Error.newBuilder().setPath("state.ready").setReason("late").setExec(EXEC))
              .build(),
          Messages.status(6)
              .setAborted(Aborted.newBuilder().setReason("enough").setExec(EXEC))
              .build(),
          Messages.pong(7));

  @Property(tries = 5_000)
  void anyMessageIsReadOrRefusedWithAReason(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = STATUSES.get(random.nextInt(STATUSES.size())).toByteArray();
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    StatusMessage message;
    try {
      message = StatusMessage.parseFrom(bytes);
    } catch (InvalidProtocolBufferException _) {
      return; // Comes no further than to ControlMethod.
    }
    try {
      if (message.hasPong()) {
        assertThat(StatusReader.clock(message.getPong())).isNotNull();
      } else {
        assertThat(StatusReader.read(message)).isNotNull();
      }
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Test
  void whatCannotBeTrueIsRefused() {
    refused(Messages.running(0, 1), "a status has the number 0");
    refused(Messages.pong(1).toBuilder().setSequence(1).build(), "a numbered status says nothing");
    refused(Messages.ready(1, " "), "a worker has no name");
    refused(
        Messages.status(1).setReady(Ready.newBuilder().setNodeId("n1").setUdpPort(70_000)).build(),
        "70000 is no UDP port");
    refused(
        Messages.status(1)
            .setRunning(
                org.carillon.control.wire.Running.newBuilder()
                    .setProgress(
                        Messages.progress(1).toBuilder()
                            .setCounters(Counters.newBuilder().setReceived(-1))))
            .build(),
        "a counter is 18446744073709551615");
    refused(
        Messages.status(1)
            .setCompleted(
                Completed.newBuilder()
                    .setProgress(Messages.progress(1))
                    .setExec(EXEC.toBuilder().setExitCode(256)))
            .build(),
        "256 is no exit code");
  }

  @Test
  void aClockOfAKindThatIsNotKnownHereCountsAsUnsynchronized() {
    ClockReport clock =
        StatusReader.clock(
            Messages.pong(1).toBuilder()
                .getPongBuilder()
                .setClock(Messages.clock(5).toBuilder().setStatusValue(77))
                .build());
    assertThat(clock.status()).isEqualTo(ClockStatus.UNSYNCHRONIZED);
    assertThat(clock.offset()).isEmpty();
  }

  @Test
  void aTextOfAWorkerIsOneLineOfBearableLength() {
    assertThat(StatusReader.text("a\n\u001b[31mb\t")).isEqualTo("a [31mb");
    assertThat(StatusReader.text("x".repeat(5_000))).hasSize(2_001).endsWith("…");
  }

  private static void refused(StatusMessage message, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StatusReader.read(message))
        .withMessage(why);
  }
}
