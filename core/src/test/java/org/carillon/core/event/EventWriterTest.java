package org.carillon.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is written equals, byte by byte, what the codec makes of the same event. */
class EventWriterTest {

  private static final int[] SIZES = {-1, 0, 1, 6, 7, 8, 25, 26, 27, 64, 1_400};

  private static byte[] payload(long eventId, OptionalInt size) {
    byte[] text = ("event_" + eventId).getBytes(StandardCharsets.US_ASCII);
    byte[] payload = Arrays.copyOf(text, size.orElse(text.length));
    if (text.length < payload.length) {
      Arrays.fill(payload, text.length, payload.length, (byte) '.');
    }
    return payload;
  }

  private static byte[] content(ByteBuffer datagram) {
    byte[] bytes = new byte[datagram.remaining()];
    datagram.get(datagram.position(), bytes);
    return bytes;
  }

  private static void check(
      EventWriter writer, WireFormat wire, OptionalInt size, long runId, long[] numbers) {
    ByteBuffer written = ByteBuffer.allocateDirect(1 << 16);
    ByteBuffer expected = ByteBuffer.allocate(1 << 16);
    writer.write(numbers[0], numbers[1], numbers[2], written);
    wire.codec()
        .encode(
            new Event(
                OptionalLong.of(runId),
                numbers[0],
                numbers[1],
                numbers[2],
                payload(numbers[0], size)),
            expected);
    assertThat(written.position()).isZero();
    assertThat(content(written)).isEqualTo(content(expected.flip()));
  }

  @Property(tries = 300)
  void itIsWhatTheCodecWrites(@ForAll long seed, @ForAll WireFormat wire) {
    SplittableRandom random = new SplittableRandom(seed);
    int chosen = SIZES[random.nextInt(SIZES.length)];
    OptionalInt size = chosen < 0 ? OptionalInt.empty() : OptionalInt.of(chosen);
    long runId = random.nextLong();
    EventWriter writer = new EventWriter(wire, size, runId);
    for (int i = 0; i < 10; i++) {
      // Of every length, so that a short number follows a long one.
      long[] numbers = random.longs(3).map(number -> number >> random.nextInt(Long.SIZE)).toArray();
      check(writer, wire, size, runId, numbers);
    }
    for (long extreme : new long[] {Long.MIN_VALUE, 0, Long.MAX_VALUE}) {
      check(writer, wire, size, runId, new long[] {extreme, extreme, extreme});
    }
  }

  @Test
  void theLargestPayloadFits() {
    OptionalInt size = OptionalInt.of(Event.PAYLOAD_BYTES_MAX);
    EventWriter writer = new EventWriter(WireFormat.BINARY, size, 1);
    check(writer, WireFormat.BINARY, size, 1, new long[] {1, 0, 1});
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new EventWriter(WireFormat.BINARY, OptionalInt.of(Event.PAYLOAD_BYTES_MAX + 1), 1));
  }

  /** The smallest object has 16 bytes; no compiler is needed to find out that there is none. */
  @Test
  void writingMakesNoObject() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int events = 20_000;
    for (WireFormat wire : WireFormat.values()) {
      EventWriter writer = new EventWriter(wire, OptionalInt.empty(), 1);
      ByteBuffer datagram = ByteBuffer.allocateDirect(1 << 16);
      long written = write(writer, datagram, 1) + write(writer, datagram, 1);
      long beforeBytes = threads.getCurrentThreadAllocatedBytes();
      written += write(writer, datagram, events);
      long bytes = threads.getCurrentThreadAllocatedBytes() - beforeBytes;
      assertThat(written).isGreaterThan(events);
      assertThat(bytes).as("bytes of %d events", events).isLessThan(events);
    }
  }

  private static long write(EventWriter writer, ByteBuffer datagram, int events) {
    long bytes = 0;
    for (int i = 0; i < events; i++) {
      writer.write(i + 1, i, 1L << 60, datagram);
      bytes += datagram.limit();
    }
    return bytes;
  }
}
