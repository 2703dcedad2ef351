package org.carillon.core.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.Set;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.time.ManualClock;
import org.junit.jupiter.api.Test;

class MessageBatchTest {

  private static final long NOW_NS = 1_790_000_000_000_000_000L;

  /** recvmsg(2): struct msghdr; recvmmsg(2): struct mmsghdr; padded as C does. */
  private static final StructLayout MMSGHDR =
      MemoryLayout.structLayout(
          ValueLayout.JAVA_LONG.withName("msg_name"),
          ValueLayout.JAVA_INT.withName("msg_namelen"),
          MemoryLayout.paddingLayout(4),
          ValueLayout.JAVA_LONG.withName("msg_iov"),
          ValueLayout.JAVA_LONG.withName("msg_iovlen"),
          ValueLayout.JAVA_LONG.withName("msg_control"),
          ValueLayout.JAVA_LONG.withName("msg_controllen"),
          ValueLayout.JAVA_INT.withName("msg_flags"),
          MemoryLayout.paddingLayout(4),
          ValueLayout.JAVA_INT.withName("msg_len"),
          MemoryLayout.paddingLayout(4));

  /** cmsg(3). */
  private static final StructLayout CMSGHDR =
      MemoryLayout.structLayout(
          ValueLayout.JAVA_LONG.withName("cmsg_len"),
          ValueLayout.JAVA_INT.withName("cmsg_level"),
          ValueLayout.JAVA_INT.withName("cmsg_type"));

  /** linux/errqueue.h. */
  private static final StructLayout SOCK_EXTENDED_ERR =
      MemoryLayout.structLayout(
          ValueLayout.JAVA_INT.withName("ee_errno"),
          ValueLayout.JAVA_BYTE.withName("ee_origin"),
          ValueLayout.JAVA_BYTE.withName("ee_type"),
          ValueLayout.JAVA_BYTE.withName("ee_code"),
          ValueLayout.JAVA_BYTE.withName("ee_pad"),
          ValueLayout.JAVA_INT.withName("ee_info"),
          ValueLayout.JAVA_INT.withName("ee_data"));

  private static long offset(StructLayout struct, String field) {
    return struct.byteOffset(PathElement.groupElement(field));
  }

  @Test
  void theOffsetsAreThoseOfTheDocumentedStructures() {
    assertThat(MMSGHDR.byteSize()).isEqualTo(MessageBatch.HEADER_BYTES);
    assertThat(offset(MMSGHDR, "msg_name")).isEqualTo(MessageBatch.NAME_POINTER);
    assertThat(offset(MMSGHDR, "msg_namelen")).isEqualTo(MessageBatch.NAME_LENGTH);
    assertThat(offset(MMSGHDR, "msg_iov")).isEqualTo(MessageBatch.VECTOR_POINTER);
    assertThat(offset(MMSGHDR, "msg_iovlen")).isEqualTo(MessageBatch.VECTOR_COUNT);
    assertThat(offset(MMSGHDR, "msg_control")).isEqualTo(MessageBatch.CONTROL_POINTER);
    assertThat(offset(MMSGHDR, "msg_controllen")).isEqualTo(MessageBatch.CONTROL_LENGTH);
    assertThat(offset(MMSGHDR, "msg_flags")).isEqualTo(MessageBatch.FLAGS);
    assertThat(offset(MMSGHDR, "msg_len")).isEqualTo(MessageBatch.DATAGRAM_LENGTH);
    assertThat(CMSGHDR.byteSize()).isEqualTo(ControlMessages.HEADER_BYTES);
    assertThat(offset(CMSGHDR, "cmsg_level")).isEqualTo(ControlMessages.LEVEL);
    assertThat(offset(CMSGHDR, "cmsg_type")).isEqualTo(ControlMessages.TYPE);
    assertThat(SOCK_EXTENDED_ERR.byteSize()).isEqualTo(ErrorQueue.ERROR_BYTES);
    assertThat(offset(SOCK_EXTENDED_ERR, "ee_origin")).isEqualTo(ErrorQueue.ERROR_ORIGIN);
    assertThat(offset(SOCK_EXTENDED_ERR, "ee_info")).isEqualTo(ErrorQueue.ERROR_INFO);
    assertThat(offset(SOCK_EXTENDED_ERR, "ee_data")).isEqualTo(ErrorQueue.ERROR_DATA);
  }

  /** A batch of one, filled as the kernel would. */
  private static final class Kernel implements AutoCloseable {
    private final Arena arena = Arena.ofConfined();
    final ManualClock clock = new ManualClock(NOW_NS);
    final MessageBatch batch = new MessageBatch(arena, 1, 16, clock);

    @SuppressWarnings("restricted")
    private static MemorySegment at(long address, long bytes) {
      return MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    /** One datagram with the control messages that are given as groups of words. */
    Datagram deliver(long... control) {
      batch.prepare();
      MemorySegment header = at(batch.address(), MessageBatch.HEADER_BYTES);
      header.set(ValueLayout.JAVA_INT, MessageBatch.DATAGRAM_LENGTH, 3);
      long bytes = (long) control.length * Long.BYTES;
      long room = header.get(ValueLayout.JAVA_LONG, MessageBatch.CONTROL_LENGTH);
      assertThat(room).isGreaterThanOrEqualTo(bytes);
      header.set(ValueLayout.JAVA_LONG, MessageBatch.CONTROL_LENGTH, bytes);
      MemorySegment to = at(header.get(ValueLayout.JAVA_LONG, MessageBatch.CONTROL_POINTER), room);
      for (int i = 0; i < control.length; i++) {
        to.set(ValueLayout.JAVA_LONG, (long) i * Long.BYTES, control[i]);
      }
      clock.advance(1_000);
      batch.filled(1);
      return batch.take(0);
    }

    Datagram stamped(long stampNs) {
      return deliver(
          32,
          word(MessageBatch.SOL_SOCKET, MessageBatch.SO_TIMESTAMPNS),
          stampNs / 1_000_000_000,
          stampNs % 1_000_000_000);
    }

    Datagram counted(int drops) {
      return deliver(
          20,
          word(MessageBatch.SOL_SOCKET, MessageBatch.SO_RXQ_OVFL),
          Integer.toUnsignedLong(drops));
    }

    static long word(int low, int high) {
      return (long) high << 32 | low;
    }

    @Override
    public void close() {
      arena.close();
    }
  }

  @Test
  void aStampMadeByTheFetchingCallIsNotTheKernelsUntilOneIsKnownToBeOlder() {
    try (Kernel kernel = new Kernel()) {
      Datagram early = kernel.stamped(NOW_NS + 500);
      assertThat(early.source()).isEqualTo(TimestampSource.USER);
      assertThat(early.realtimeNs()).isEqualTo(kernel.clock.realtimeNs());

      long olderNs = kernel.clock.realtimeNs() - 1;
      Datagram older = kernel.stamped(olderNs);
      assertThat(older.source()).isEqualTo(TimestampSource.KERNEL);
      assertThat(older.realtimeNs()).isEqualTo(olderNs);

      long duringNs = kernel.clock.realtimeNs() + 500;
      Datagram during = kernel.stamped(duringNs);
      assertThat(during.source()).isEqualTo(TimestampSource.KERNEL);
      assertThat(during.realtimeNs()).isEqualTo(duringNs);
    }
  }

  @Test
  void aDatagramWithoutAStampIsStampedHere() {
    try (Kernel kernel = new Kernel()) {
      kernel.stamped(NOW_NS - 1);

      Datagram bare = kernel.deliver();

      assertThat(bare.source()).isEqualTo(TimestampSource.USER);
      assertThat(bare.realtimeNs()).isEqualTo(kernel.clock.realtimeNs());
    }
  }

  @Test
  void otherControlMessagesAndBrokenOnesAreLeftAlone() {
    try (Kernel kernel = new Kernel()) {
      long otherLevel = Kernel.word(41, MessageBatch.SO_TIMESTAMPNS);
      assertThat(kernel.deliver(32, otherLevel, 1, 1).source()).isEqualTo(TimestampSource.USER);
      assertThat(kernel.deliver(0, 0, 0).source()).isEqualTo(TimestampSource.USER);
      assertThat(kernel.deliver(-1, -1, -1).source()).isEqualTo(TimestampSource.USER);
      assertThat(kernel.deliver(Long.MAX_VALUE, 7, 7).source()).isEqualTo(TimestampSource.USER);
    }
  }

  @Test
  void dropsAreCountedAcrossTheOverflowOfTheKernelsCounter() {
    try (Kernel kernel = new Kernel()) {
      kernel.counted(-2);
      assertThat(kernel.batch.drops()).isEqualTo(0xFFFF_FFFEL);
      kernel.counted(3);
      assertThat(kernel.batch.drops()).isEqualTo(0xFFFF_FFFEL + 5);
    }
  }

  @Test
  void noTwoDatagramsBeginWhereACacheOrAPageTableTakesThemForNeighbours() {
    try (Arena arena = Arena.ofConfined()) {
      int size = 64;
      MessageBatch batch =
          new MessageBatch(arena, size, UdpSettings.ANY_DATAGRAM_BYTES, new ManualClock(NOW_NS));
      Set<Long> lines = new HashSet<>();
      Set<Long> pages = new HashSet<>();
      for (int i = 0; i < size; i++) {
        long header = batch.address() + (long) i * MessageBatch.HEADER_BYTES;
        long vector =
            Kernel.at(header, MessageBatch.HEADER_BYTES)
                .get(ValueLayout.JAVA_LONG, MessageBatch.VECTOR_POINTER);
        long content = Kernel.at(vector, MessageBatch.VECTOR_BYTES).get(ValueLayout.JAVA_LONG, 0);
        // Sets of a first-level cache of 4 KiB a way, and of a table of 16 sets of pages.
        lines.add(content / 64 % 64);
        pages.add(content / 4_096 % 16);
      }
      assertThat(lines).hasSize(64);
      assertThat(pages).hasSize(16);
    }
  }
}
