package org.carillon.events.receive;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.carillon.core.event.Event;
import org.carillon.core.event.WireFormat;

/** What can come to a worker's port: events of several runs in both forms, some again, and junk. */
final class RandomDatagrams {

  private static final long[] EXTREMES = {
    Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, Long.MAX_VALUE - 1, Long.MAX_VALUE
  };

  private final SplittableRandom random;
  private final List<byte[]> sent = new ArrayList<>();
  private long eventId;

  RandomDatagrams(SplittableRandom random) {
    this.random = random;
  }

  /** The content of the next one. */
  byte[] next() {
    byte[] bytes =
        switch (random.nextInt(10)) {
          case 0 -> junk();
          case 1 -> sent.isEmpty() ? event() : sent.get(random.nextInt(sent.size()));
          case 2 -> damaged(event());
          case 3 -> unusualJson();
          default -> event();
        };
    sent.add(bytes);
    return bytes;
  }

  private byte[] junk() {
    byte[] bytes = new byte[random.nextInt(120)];
    random.nextBytes(bytes);
    if (bytes.length > 0 && random.nextBoolean()) {
      bytes[0] = (byte) (random.nextBoolean() ? 'C' : '{');
    }
    return bytes;
  }

  private byte[] damaged(byte[] whole) {
    if (random.nextBoolean()) {
      byte[] part = new byte[random.nextInt(whole.length)];
      System.arraycopy(whole, 0, part, 0, part.length);
      return part;
    }
    byte[] flipped = whole.clone();
    flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
    return flipped;
  }

  private byte[] unusualJson() {
    return text(
        random.nextBoolean()
            ? "{ \"payload\": null, \"sequence_number\":%d,\n\"event_id\" : %d,\"x\":[1],"
                    .formatted(number(), nextId())
                + " \"coordinator_timestamp_ns\":%d }".formatted(number())
            : "{\"event_id\":%d,\"coordinator_timestamp_ns\":%d.0,\"sequence_number\":%d}"
                .formatted(nextId(), number(), number()));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] event() {
    WireFormat wire = random.nextInt(4) == 0 ? WireFormat.JSON : WireFormat.BINARY;
    long run = random.nextInt(5) == 0 ? 2 : 1;
    byte[] payload = text("é\"\\_" + "x".repeat(random.nextInt(50)));
    ByteBuffer datagram = ByteBuffer.allocate(1_000);
    wire.codec()
        .encode(new Event(OptionalLong.of(run), nextId(), number(), number(), payload), datagram);
    byte[] bytes = new byte[datagram.flip().remaining()];
    datagram.get(bytes);
    return bytes;
  }

  private long nextId() {
    return switch (random.nextInt(60)) {
      case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
      case 1 -> random.nextLong(1, 1L << 40);
      case 2, 3 -> random.nextLong(1, eventId + 10);
      default -> ++eventId;
    };
  }

  private long number() {
    return random.nextInt(10) == 0
        ? EXTREMES[random.nextInt(EXTREMES.length)]
        : random.nextLong(-1L << random.nextInt(63), 1L << random.nextInt(62));
  }
}
