package org.carillon.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read in place equals what the codec decodes, for every datagram. */
class EventReaderTest {

  private static final String JSON =
      "{\"event_id\": 12, \"coordinator_timestamp_ns\": 1761411671679469271,"
          + " \"sequence_number\": 11, \"payload\": \"event_12\"}";

  private final EventReader reader = new EventReader();

  private static ByteBuffer datagram(byte[] bytes, boolean direct) {
    // Amid other bytes, as in a buffer that was used before.
    ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(bytes.length + 20) : null;
    buffer = direct ? buffer : ByteBuffer.allocate(bytes.length + 20);
    while (buffer.hasRemaining()) {
      buffer.put((byte) '7');
    }
    return buffer.put(7, bytes).limit(7 + bytes.length).position(7);
  }

  private void check(byte[] bytes) {
    for (boolean direct : new boolean[] {true, false}) {
      ByteBuffer datagram = datagram(bytes, direct).order(ByteOrder.LITTLE_ENDIAN);
      String reason = reader.read(datagram);
      assertThat(datagram.position()).isEqualTo(7);
      assertThat(datagram.limit()).isEqualTo(7 + bytes.length);
      switch (EventCodec.decode(ByteBuffer.wrap(bytes))) {
        case Decoded.Malformed(String expected) ->
            assertThat(reason).as(text(bytes)).isEqualTo(expected);
        case Decoded.Valid(Event event) -> {
          assertThat(reason).as(text(bytes)).isNull();
          assertThat(reader.hasRunId()).isEqualTo(event.runId().isPresent());
          assertThat(reader.runId()).isEqualTo(event.runId().orElse(0));
          assertThat(reader.eventId()).isEqualTo(event.eventId());
          assertThat(reader.sequenceNumber()).isEqualTo(event.sequenceNumber());
          assertThat(reader.sendTimeNs()).isEqualTo(event.sendTimeNs());
        }
      }
    }
  }

  private void check(String json) {
    check(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] binary(int payloadBytes, long... numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    WireFormat.BINARY
        .codec()
        .encode(
            new Event(
                OptionalLong.of(numbers[0]),
                numbers[1],
                numbers[2],
                numbers[3],
                new byte[payloadBytes]),
            buffer);
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /** Cut at every length, with every bit of every byte turned, and with bytes behind it. */
  private void checkDamaged(byte[] bytes) {
    check(bytes);
    for (int at = 0; at < bytes.length; at++) {
      check(Arrays.copyOf(bytes, at));
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        byte[] turned = bytes.clone();
        turned[at] ^= (byte) (1 << bit);
        check(turned);
      }
    }
    check(Arrays.copyOf(bytes, bytes.length + 1));
  }

  @Property(tries = 200)
  void binaryIsReadAsTheCodecReadsIt(
      @ForAll @Size(4) long[] numbers, @ForAll @IntRange(max = 2_000) int payloadBytes) {
    check(binary(payloadBytes, numbers));
  }

  @Test
  void damagedBinaryIsJudgedAsTheCodecJudgesIt() {
    checkDamaged(binary(0, 1, 2, 3, 4));
    checkDamaged(binary(9, 5, 6, 7, 8));
  }

  @Test
  void damagedJsonIsJudgedAsTheCodecJudgesIt() {
    checkDamaged(JSON.getBytes(StandardCharsets.UTF_8));
    checkDamaged(JSON.replace(" ", "").getBytes(StandardCharsets.UTF_8));
  }

  /** Without Jackson, or the benefit would be gone. */
  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        JSON,
        "{\"event_id\":1,\"coordinator_timestamp_ns\":2,\"sequence_number\":0,\"payload\":\"event_1\"}",
        "{\"event_id\": 1, \"coordinator_timestamp_ns\": 2, \"sequence_number\": 0}",
        "{\"event_id\": 1, \"coordinator_timestamp_ns\": 2, \"sequence_number\": 0, \"payload\": null}",
        "{\"event_id\":9223372036854775807,\"coordinator_timestamp_ns\":-5,\"sequence_number\":0}"
      })
  void theUsualJsonIsReadInPlace(String json) {
    PlainJson plain = new PlainJson();
    assertThat(plain.read(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)))).isTrue();
    check(json);
  }

  /** Pieces of JSON in any order: much that is nearly an event, and some events. */
  @Property(tries = 3_000)
  void jsonInManySpellingsIsJudgedAsTheCodecJudgesIt(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder json = new StringBuilder("{");
    List<String> keys =
        List.of("event_id", "coordinator_timestamp_ns", "sequence_number", "payload");
    boolean usual = random.nextInt(4) > 0;
    int count = usual ? 3 + random.nextInt(2) : random.nextInt(7);
    for (int i = 0; i < count; i++) {
      String key = usual && random.nextInt(20) > 0 ? keys.get(i) : one(random, keys);
      json.append(i == 0 ? "" : one(random, COMMAS)).append('"').append(key).append('"');
      json.append(one(random, COLONS));
      boolean number = random.nextInt(20) == 0 ? random.nextBoolean() : !key.equals("payload");
      json.append(number ? number(random) : one(random, TEXTS));
    }
    json.append(one(random, ENDS));
    check(json.toString());
    check(json.toString().getBytes(StandardCharsets.UTF_16LE));
    check(json.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static final List<String> COMMAS = List.of(",", ", ", ",", ", ", ",  ", " ,", ",\n", "");
  private static final List<String> COLONS = List.of(":", ": ", ":", ": ", ":  ", " :", ":\t", "=");
  private static final List<String> ENDS =
      List.of("}", "}", "}", "}", "}", "} ", "}\n", "}x", "}}", "", ",}", "\0", "}\0");
  private static final List<String> TEXTS =
      List.of(
          "null",
          "null",
          "\"event_1\"",
          "\"event_1\"",
          "\"\"",
          "\"" + "x".repeat(70_000) + "\"",
          "\"" + "x".repeat(Event.PAYLOAD_BYTES_MAX) + "\"",
          "\"a\\\"b\"",
          "\"\\u0041\"",
          "\"é中\uD83D\uDE00\"",
          "\"\u007f\"",
          "\"\t\"",
          "\"\\q\"",
          "\"event_1",
          "true",
          "nul",
          "{\"event_id\":1}",
          "[[[]]]",
          "3");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "00",
          "01",
          "-1",
          "+1",
          "-",
          "--1",
          "1.0",
          "1e3",
          "1E0",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "-9223372036854775809",
          "9999999999999999999",
          "10000000000000000000",
          "18446744073709551616",
          "1".repeat(1_200),
          "NaN",
          "0x1",
          "1_000",
          "1 ",
          "1 2",
          "\"1\"",
          "null");

  private static String number(SplittableRandom random) {
    return random.nextInt(6) > 0
        ? String.valueOf(random.nextLong() >> random.nextInt(Long.SIZE))
        : one(random, NUMBERS);
  }

  private static String one(SplittableRandom random, List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  @Property
  void anyBytesAreJudgedAsTheCodecJudgesThem(@ForAll @Size(max = 300) byte[] bytes) {
    check(bytes);
    for (char first : new char[] {'C', '{'}) {
      byte[] other = Arrays.copyOf(bytes, bytes.length + 1);
      other[0] = (byte) first;
      check(other);
    }
  }

  @Test
  void deeplyNestedJsonIsJudgedAsTheCodecJudgesIt() {
    check("{\"a\":".repeat(20_000));
    check("{\"event_id\":" + "[".repeat(20_000));
  }

  /** The smallest object has 16 bytes; no compiler is needed to find out that there is none. */
  @Test
  void readingTheUsualFormsMakesNoObject() {
    ByteBuffer json = datagram(JSON.getBytes(StandardCharsets.UTF_8), true);
    ByteBuffer binary = datagram(binary(9, 1, 2, 3, 4), true);
    ByteBuffer corrupt = datagram(Arrays.copyOf(binary(9, 1, 2, 3, 4), 50), true);
    int rounds = 20_000;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int events = read(json, binary, corrupt, 1) + read(json, binary, corrupt, 1);
    long beforeBytes = threads.getCurrentThreadAllocatedBytes();
    events += read(json, binary, corrupt, rounds);
    long bytes = threads.getCurrentThreadAllocatedBytes() - beforeBytes;
    assertThat(events).isEqualTo(2 * (rounds + 2));
    assertThat(bytes).as("bytes of %d rounds", rounds).isLessThan(rounds);
  }

  private int read(ByteBuffer json, ByteBuffer binary, ByteBuffer corrupt, int rounds) {
    int events = 0;
    for (int i = 0; i < rounds; i++) {
      events += reader.read(json) == null ? 1 : 0;
      events += reader.read(binary) == null ? 1 : 0;
      events += reader.read(corrupt) == null ? 1 : 0;
    }
    return events;
  }
}
