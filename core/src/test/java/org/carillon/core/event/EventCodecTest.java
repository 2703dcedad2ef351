package org.carillon.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {

  private static byte[] encode(WireFormat wire, Event event) {
    ByteBuffer buffer = ByteBuffer.allocate(65_507);
    wire.codec().encode(event, buffer);
    buffer.flip();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static Decoded decode(byte[] bytes) {
    return EventCodec.decode(ByteBuffer.wrap(bytes));
  }

  @Test
  void binaryHasTheDocumentedLayout() {
    Event event =
        new Event(OptionalLong.of(0x0102030405060708L), 1, 0, 0x1122334455667788L, new byte[] {42});
    // The CRC was computed outside, over the other bytes, with Python's bitwise CRC-32C
    // (0x82F63B78).
    assertThat(HexFormat.of().formatHex(encode(WireFormat.BINARY, event)))
        .isEqualTo(
            "43524c4e"
                + "01"
                + "00"
                + "0001"
                + "0102030405060708"
                + "0000000000000001"
                + "0000000000000000"
                + "1122334455667788"
                + "6801cb64"
                + "2a");
  }

  @Test
  void jsonHasExactlyTheFourKeysOfThePythonToolkit() {
    Event event =
        new Event(OptionalLong.of(9), 1, 0, 123, "event_1".getBytes(StandardCharsets.UTF_8));
    assertThat(new String(encode(WireFormat.JSON, event), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"event_id\":1,\"coordinator_timestamp_ns\":123,\"sequence_number\":0,\"payload\":\"event_1\"}");
  }

  @Property
  void binaryReadsBackWhatItWrote(
      @ForAll long runId,
      @ForAll long eventId,
      @ForAll long sequence,
      @ForAll long sendTimeNs,
      @ForAll @Size(max = 100) byte[] payload) {
    Event event = new Event(OptionalLong.of(runId), eventId, sequence, sendTimeNs, payload);
    assertThat(decode(encode(WireFormat.BINARY, event)))
        .isInstanceOfSatisfying(
            Decoded.Valid.class,
            valid -> assertThat(valid.event()).usingRecursiveComparison().isEqualTo(event));
  }

  @Property
  void anyFlippedBitOfABinaryDatagramIsNoticed(@ForAll @IntRange(max = 47 * 8 - 1) int bit) {
    byte[] bytes = encode(WireFormat.BINARY, new Event(OptionalLong.of(1), 2, 3, 4, new byte[3]));
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    assertThat(decode(bytes)).isInstanceOf(Decoded.Malformed.class);
  }

  @Property
  void noBytesMakeTheDecoderThrow(@ForAll @Size(max = 2_000) byte[] bytes) {
    assertThat(decode(bytes)).isNotNull();
  }

  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "C",
        "CRLN",
        "hello",
        "{\"event_id\":1}",
        "{\"event_id\":\"1\",\"coordinator_timestamp_ns\":1,\"sequence_number\":0}",
        "{\"event_id\":1.5,\"coordinator_timestamp_ns\":1,\"sequence_number\":0}",
        "{\"event_id\":99999999999999999999,\"coordinator_timestamp_ns\":1,\"sequence_number\":0}",
        "{\"event_id\":1,\"coordinator_timestamp_ns\":1,\"sequence_number\":0} x"
      })
  void garbageIsMalformed(String text) {
    assertThat(decode(text.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Decoded.Malformed.class);
  }

  @Test
  void jsonMayLackItsPayload() {
    assertThat(
            decode(
                "{\"event_id\": 1, \"coordinator_timestamp_ns\": 5, \"sequence_number\": 0, \"payload\": null}"
                    .getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Decoded.Valid.class);
  }

  @Test
  void deeplyNestedJsonIsMalformed() {
    assertThat(decode("{\"a\":".repeat(20_000).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Decoded.Malformed.class);
  }
}
