package org.carillon.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.carillon.core.event.WireFormat;
import org.carillon.core.net.HostPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  private static WorkerOptions worker(String node, int port, List<Duration> commitWaits) {
    return new WorkerOptions(
        node,
        port,
        ClockOptions.NONE,
        Path.of("out/worker.csv"),
        Duration.ZERO,
        commitWaits,
        OptionalLong.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static CoordinatorOptions coordinator(
      List<HostPort> workers, WireFormat wire, OptionalInt payloadBytes) {
    return new CoordinatorOptions(
        workers,
        new EventPlan(1, Schedule.rate(BigDecimal.ONE), wire, payloadBytes, 1),
        ClockOptions.NONE,
        Path.of("coordinator.csv"),
        Duration.ZERO,
        Duration.ZERO,
        Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a/b", "../x", ".x", "-x", "a,b", "a\nb", "ä"})
  void aNodeIdThatIsNoFileNameIsRefused(String node) {
    assertThatThrownBy(() -> worker(node, 1, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a node id");
  }

  @Test
  void theOtherFilesOfAWorkerStandBesideItsOutput() {
    WorkerOptions options = worker("comp-11.x", 0, List.of());
    assertThat(options.clockFiles().samples())
        .endsWithRaw(Path.of("out/samples_comp-11.x.csv"))
        .isAbsolute();
    assertThat(options.commitWaitFile()).endsWithRaw(Path.of("out/commit_wait_comp-11.x.csv"));
  }

  @Test
  void portsAndCommitWaitsAreChecked() {
    assertThatThrownBy(() -> worker("n", 65_536, List.of())).hasMessageContaining("65536");
    assertThatThrownBy(() -> worker("n", -1, List.of())).hasMessageContaining("-1");
    assertThatThrownBy(() -> worker("n", 1, List.of(Duration.ZERO)))
        .hasMessageContaining("commit wait");
    assertThat(
            worker(
                    "n",
                    1,
                    List.of(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(2)))
                .commitWaits())
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void noWorkerAtAllOrOneTwiceIsRefused() {
    HostPort one = new HostPort("a", 1);
    assertThatThrownBy(() -> coordinator(List.of(), WireFormat.JSON, OptionalInt.empty()))
        .hasMessageContaining("at least one worker");
    assertThatThrownBy(() -> coordinator(List.of(one, one), WireFormat.JSON, OptionalInt.empty()))
        .hasMessageContaining("twice");
  }

  @Test
  void aPayloadThatFitsNoDatagramIsRefusedAndTheLargestIsSent() {
    List<HostPort> workers = List.of(new HostPort("a", 1));
    for (WireFormat wire : WireFormat.values()) {
      int largest = Payload.bytesMax(wire);
      assertThatThrownBy(() -> coordinator(workers, wire, OptionalInt.of(largest + 1)))
          .hasMessageContaining("a payload has 0 to " + largest);
      java.nio.ByteBuffer buffer = java.nio.ByteBuffer.allocate(1 << 17);
      byte[] payload = Payload.of(Long.MAX_VALUE, OptionalInt.of(largest));
      wire.codec()
          .encode(
              new org.carillon.core.event.Event(
                  OptionalLong.of(-1), Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, payload),
              buffer);
      assertThat(buffer.position()).isBetween(65_000, 65_507);
    }
  }

  @Test
  void aPayloadIsTheToolkitsTextCutOrFilledUp() {
    assertThat(new String(Payload.of(12, OptionalInt.empty()), StandardCharsets.US_ASCII))
        .isEqualTo("event_12");
    assertThat(new String(Payload.of(12, OptionalInt.of(11)), StandardCharsets.US_ASCII))
        .isEqualTo("event_12...");
    assertThat(new String(Payload.of(12, OptionalInt.of(3)), StandardCharsets.US_ASCII))
        .isEqualTo("eve");
    assertThat(Payload.of(12, OptionalInt.of(0))).isEmpty();
  }
}
