package org.carillon.core.time;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.LongSupplier;
import org.carillon.core.libc.CLibrary;
import org.carillon.core.libc.Platform;
import org.carillon.core.libc.QuickCall;
import org.slf4j.LoggerFactory;

/**
 * The kernel's clock and the counters that Java does not show, read by clock_gettime(2), which on
 * Linux is no system call: some 25 ns, and no object. Any thread may ask.
 */
final class KernelCounters {

  /** Whether they can be read here; if not, CLOCK_MONOTONIC has to do. */
  static final boolean OFFERED = offered();

  /** {@code linux/time.h}. */
  private static final int CLOCK_REALTIME = 0;

  private static final int CLOCK_MONOTONIC = 1;

  private static final int CLOCK_MONOTONIC_RAW = 4;
  private static final int CLOCK_BOOTTIME = 7;

  /** Reading counters takes far less, if nothing else runs in between. */
  private static final long TOGETHER_NS = 100_000;

  private static final int ATTEMPTS = 20;

  private static final int TIMESPEC_BYTES = 16;
  private static final long SECOND_NS = 1_000_000_000L;

  private KernelCounters() {}

  /** CLOCK_REALTIME, ns since the Unix epoch. */
  static long realtimeNs() {
    return Reader.OF_THREAD.get().read(CLOCK_REALTIME);
  }

  /** CLOCK_MONOTONIC_RAW in ns: at the rate of the machine's oscillator, whatever daemons do. */
  static long rawNs() {
    return Reader.OF_THREAD.get().read(CLOCK_MONOTONIC_RAW);
  }

  /** For how long the machine has been suspended since it started, ns. */
  static long suspendedNs() {
    Reader reader = Reader.OF_THREAD.get();
    return difference(() -> reader.read(CLOCK_MONOTONIC), () -> reader.read(CLOCK_BOOTTIME));
  }

  /** How far one counter is ahead of another, both read as if at one moment. */
  static long difference(LongSupplier counter, LongSupplier ahead) {
    long bestWidthNs = Long.MAX_VALUE;
    long differenceNs = 0;
    for (int i = 0; i < ATTEMPTS && bestWidthNs > TOGETHER_NS; i++) {
      long beforeNs = counter.getAsLong();
      long aheadNs = ahead.getAsLong();
      long afterNs = counter.getAsLong();
      if (afterNs - beforeNs < bestWidthNs) {
        bestWidthNs = afterNs - beforeNs;
        differenceNs = aheadNs - afterNs;
      }
    }
    return differenceNs;
  }

  private static boolean offered() {
    if (Platform.obstacle().isPresent()) {
      return false;
    }
    try {
      return rawNs() > 0;
    } catch (LinkageError | IllegalStateException e) {
      LoggerFactory.getLogger(KernelCounters.class)
          .debug("the kernel's counters cannot be read", e);
      return false;
    }
  }

  private static final class Reader {

    static final ThreadLocal<Reader> OF_THREAD = ThreadLocal.withInitial(Reader::new);

    private static final MemorySegment CLOCK_GETTIME = CLibrary.function("clock_gettime");

    private final MemorySegment segment = Arena.ofAuto().allocate(TIMESPEC_BYTES, Long.BYTES);
    private final long address = segment.address();
    private final ByteBuffer timespec = segment.asByteBuffer().order(ByteOrder.nativeOrder());

    long read(int clock) {
      if (QuickCall.call(CLOCK_GETTIME, clock, address) != 0) {
        throw new IllegalStateException("the kernel has no clock " + clock);
      }
      return timespec.getLong(0) * SECOND_NS + timespec.getLong(Long.BYTES);
    }
  }
}
