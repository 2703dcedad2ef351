package org.carillon.core.udp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.time.ClockSource;

/**
 * The memory that recvmmsg(2) fills: for each datagram of a batch a {@code struct mmsghdr}, a
 * {@code struct iovec}, room for the sender's address, for the control messages and for the
 * content. Allocated once; taking a datagram out makes no objects.
 *
 * <p>The layouts are those of glibc on 64-bit little-endian Linux, x86-64 and aarch64 alike.
 */
final class MessageBatch {

  /** {@code struct mmsghdr}: a {@code struct msghdr} and the datagram's length. */
  static final int HEADER_BYTES = 64;

  static final int NAME_POINTER = 0;
  static final int NAME_LENGTH = 8;
  static final int VECTOR_POINTER = 16;
  static final int VECTOR_COUNT = 24;
  static final int CONTROL_POINTER = 32;
  static final int CONTROL_LENGTH = 40;
  static final int FLAGS = 48;
  static final int DATAGRAM_LENGTH = 56;

  /** {@code struct iovec}. */
  static final int VECTOR_BYTES = 16;

  static final int VECTOR_LENGTH = 8;

  /** {@code asm-generic/socket.h}. */
  static final int SOL_SOCKET = 1;

  static final int SO_TIMESTAMPNS = 35;
  static final int SO_RXQ_OVFL = 40;

  private static final int MSG_TRUNC = 0x20;

  /** Room for an address, of either family. */
  static final int NAME_BYTES = 32;

  /** The time stamp takes 32, the drop counter 24, and what SO_TIMESTAMPING adds 64. */
  private static final int CONTROL_BYTES = 128;

  /** A line of the processor's cache. */
  private static final int ALIGNMENT = 64;

  private static final int PAGE_BYTES = 4_096;
  private static final long NS_PER_S = 1_000_000_000L;

  private final int size;
  private final int names;
  private final int controls;
  private final long address;
  private final ByteBuffer memory;
  private final Received[] received;
  private final ClockSource clock;
  private int used;
  private long calledNs;
  private boolean stampsProven;
  private int dropCounter;
  private volatile long drops;

  /**
   * @param size how many datagrams there is room for
   * @param datagramBytesMax room for each
   * @param clock stamps what has no stamp of the kernel's
   */
  MessageBatch(Arena arena, int size, int datagramBytesMax, ClockSource clock) {
    this.size = size;
    this.clock = clock;
    this.used = size;
    int vectors = size * HEADER_BYTES;
    names = vectors + size * VECTOR_BYTES;
    controls = names + size * NAME_BYTES;
    int contents = align(controls + size * CONTROL_BYTES);
    int stride = stride(datagramBytesMax);
    MemorySegment segment = arena.allocate((long) contents + (long) size * stride, ALIGNMENT);
    address = segment.address();
    memory = segment.asSlice(0, contents).asByteBuffer().order(ByteOrder.nativeOrder());
    received = new Received[size];
    for (int i = 0; i < size; i++) {
      long content = contents + (long) i * stride;
      int vector = vectors + i * VECTOR_BYTES;
      memory.putLong(vector, address + content);
      memory.putLong(vector + VECTOR_LENGTH, datagramBytesMax);
      int header = i * HEADER_BYTES;
      memory.putLong(header + NAME_POINTER, address + names + i * NAME_BYTES);
      memory.putLong(header + VECTOR_POINTER, address + vector);
      memory.putLong(header + VECTOR_COUNT, 1);
      memory.putLong(header + CONTROL_POINTER, address + controls + i * CONTROL_BYTES);
      received[i] = new Received(i, segment.asSlice(content, datagramBytesMax).asByteBuffer());
    }
  }

  /**
   * From one datagram's room to the next one's. Caches and page tables of a processor find a place
   * by the lower bits of its address; so an odd number of pages and one line more, since the
   * beginnings of all datagrams would push each other out.
   */
  private static int stride(int datagramBytesMax) {
    int bytes = align(datagramBytesMax);
    return bytes < PAGE_BYTES
        ? bytes
        : (Math.ceilDiv(bytes, PAGE_BYTES) | 1) * PAGE_BYTES + ALIGNMENT;
  }

  private static int align(int bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Where the headers stand. */
  long address() {
    return address;
  }

  /** How many datagrams there is room for. */
  int size() {
    return size;
  }

  /**
   * Makes ready for a call of the kernel: gives back the room that the last one used.
   *
   * <p>Linux begins to stamp a moment after it was asked to; what comes before that is stamped when
   * it is fetched, and looks the same. So no stamp is taken for the kernel's until one has been
   * seen that is older than the call which fetched it; from then on all are, since Linux does not
   * stop while a socket wants stamps.
   */
  void prepare() {
    for (int i = 0; i < used; i++) {
      int header = i * HEADER_BYTES;
      memory.putInt(header + NAME_LENGTH, NAME_BYTES);
      memory.putLong(header + CONTROL_LENGTH, CONTROL_BYTES);
    }
    used = 0;
    if (!stampsProven) {
      calledNs = clock.realtimeNs();
    }
  }

  /**
   * Notes what the kernel has put in.
   *
   * @param count the first so many have come
   */
  void filled(int count) {
    used = count;
  }

  /**
   * A datagram that the kernel has put in.
   *
   * @param index below what the kernel returned; to be taken in order
   */
  Datagram take(int index) {
    Received datagram = received[index];
    datagram.load();
    return datagram;
  }

  /** Whether the kernel is known to stamp by now. */
  boolean stampsProven() {
    return stampsProven;
  }

  /** The drops that the kernel has told of; from any thread. */
  long drops() {
    return drops;
  }

  private final class Received implements Datagram, ControlMessages.Visitor {

    private final int header;
    private final int name;
    private final int control;
    private final ByteBuffer content;
    private long realtimeNs;
    private TimestampSource source;

    Received(int index, ByteBuffer content) {
      header = index * HEADER_BYTES;
      name = names + index * NAME_BYTES;
      control = controls + index * CONTROL_BYTES;
      this.content = content;
    }

    void load() {
      content.clear().order(ByteOrder.BIG_ENDIAN).limit(memory.getInt(header + DATAGRAM_LENGTH));
      source = TimestampSource.USER;
      int controlBytes = Math.clamp(memory.getLong(header + CONTROL_LENGTH), 0, CONTROL_BYTES);
      ControlMessages.read(memory, control, controlBytes, this);
      if (source == TimestampSource.USER) {
        realtimeNs = clock.realtimeNs();
      }
    }

    /** A control message of the kernel's. */
    @Override
    public void take(int level, int type, int data, int bytes) {
      if (level != SOL_SOCKET) {
        return;
      }
      if (type == SO_TIMESTAMPNS && bytes >= 2 * Long.BYTES) {
        long stampNs = memory.getLong(data) * NS_PER_S + memory.getLong(data + Long.BYTES);
        stampsProven |= stampNs < calledNs;
        if (stampsProven) {
          realtimeNs = stampNs;
          source = TimestampSource.KERNEL;
        }
      } else if (type == SO_RXQ_OVFL && bytes >= Integer.BYTES) {
        // 32 bits that count on and on, so the difference is right across their overflow.
        int counter = memory.getInt(data);
        if (counter != dropCounter) {
          drops += Integer.toUnsignedLong(counter - dropCounter);
          dropCounter = counter;
        }
      }
    }

    @Override
    public ByteBuffer bytes() {
      return content;
    }

    @Override
    public long realtimeNs() {
      return realtimeNs;
    }

    @Override
    public TimestampSource source() {
      return source;
    }

    @Override
    public boolean truncated() {
      return (memory.getInt(header + FLAGS) & MSG_TRUNC) != 0;
    }

    @Override
    public InetSocketAddress sender() {
      return SocketAddressCodec.get(memory, name);
    }
  }
}
