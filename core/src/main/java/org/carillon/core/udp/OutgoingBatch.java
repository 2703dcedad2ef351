package org.carillon.core.udp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The memory that sendmmsg(2) reads: for each receiver a {@code struct mmsghdr} and an address, and
 * once for all of them the datagram and the {@code struct iovec} that says where it stands. The
 * layouts are those of {@link MessageBatch}.
 */
final class OutgoingBatch {

  /** SOF_TIMESTAMPING_TX_SOFTWARE, {@code linux/net_tstamp.h}. */
  private static final int STAMP_IN_SOFTWARE = 1 << 1;

  /** A control message with that flag, and the same with what cmsg(3) adds for alignment. */
  private static final int STAMP_CONTROL_BYTES = ControlMessages.HEADER_BYTES + Integer.BYTES;

  private static final int STAMP_CONTROL_ROOM = ControlMessages.HEADER_BYTES + Long.BYTES;

  private final int size;
  private final long address;
  private final ByteBuffer memory;
  private final int vector;
  private final int control;
  private final int content;

  /**
   * @param family of the socket
   * @throws IOException if such a socket cannot reach one of them
   */
  OutgoingBatch(Arena arena, int family, List<InetSocketAddress> receivers) throws IOException {
    size = receivers.size();
    int names = size * MessageBatch.HEADER_BYTES;
    vector = names + size * MessageBatch.NAME_BYTES;
    control = vector + MessageBatch.VECTOR_BYTES;
    content = control + STAMP_CONTROL_ROOM;
    MemorySegment segment =
        arena.allocate((long) content + UdpSettings.ANY_DATAGRAM_BYTES, Long.BYTES);
    address = segment.address();
    memory = segment.asByteBuffer().order(ByteOrder.nativeOrder());
    memory.putLong(vector, address + content);
    for (int i = 0; i < size; i++) {
      int header = i * MessageBatch.HEADER_BYTES;
      int name = names + i * MessageBatch.NAME_BYTES;
      ByteBuffer at = memory.slice(name, MessageBatch.NAME_BYTES).order(ByteOrder.nativeOrder());
      memory.putLong(header + MessageBatch.NAME_POINTER, address + name);
      memory.putInt(
          header + MessageBatch.NAME_LENGTH, SocketAddressCodec.put(at, family, receivers.get(i)));
      memory.putLong(header + MessageBatch.VECTOR_POINTER, address + vector);
      memory.putLong(header + MessageBatch.VECTOR_COUNT, 1);
    }
  }

  /** Where the address of a receiver stands. */
  long nameAddress(int receiver) {
    return memory.getLong(receiver * MessageBatch.HEADER_BYTES + MessageBatch.NAME_POINTER);
  }

  int nameBytes(int receiver) {
    return memory.getInt(receiver * MessageBatch.HEADER_BYTES + MessageBatch.NAME_LENGTH);
  }

  /** Sends to whom the socket is connected to. */
  void leaveOutName(int receiver) {
    memory.putLong(receiver * MessageBatch.HEADER_BYTES + MessageBatch.NAME_POINTER, 0);
    memory.putInt(receiver * MessageBatch.HEADER_BYTES + MessageBatch.NAME_LENGTH, 0);
  }

  /** Asks the kernel for a stamp of the first datagram. */
  void stampFirst() {
    memory.putLong(control, STAMP_CONTROL_BYTES);
    memory.putInt(control + ControlMessages.LEVEL, MessageBatch.SOL_SOCKET);
    memory.putInt(control + ControlMessages.TYPE, TransmitStamps.SO_TIMESTAMPING);
    memory.putInt(control + ControlMessages.HEADER_BYTES, STAMP_IN_SOFTWARE);
    memory.putLong(MessageBatch.CONTROL_POINTER, address + control);
    memory.putLong(MessageBatch.CONTROL_LENGTH, STAMP_CONTROL_ROOM);
  }

  /** Takes what is between position and limit; what is too long for UDP stays too long. */
  void put(ByteBuffer datagram) {
    int bytes = Math.min(datagram.remaining(), UdpSettings.ANY_DATAGRAM_BYTES);
    memory.put(content, datagram, datagram.position(), bytes);
    memory.putLong(vector + MessageBatch.VECTOR_LENGTH, bytes);
  }

  int size() {
    return size;
  }

  /** Where the header of a receiver stands, and behind it those of the next ones. */
  long address(int receiver) {
    return address + (long) receiver * MessageBatch.HEADER_BYTES;
  }
}
