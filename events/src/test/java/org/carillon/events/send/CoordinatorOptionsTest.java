package org.carillon.events.send;

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
import org.carillon.events.ClockOptions;
import org.junit.jupiter.api.Test;

class CoordinatorOptionsTest {

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
