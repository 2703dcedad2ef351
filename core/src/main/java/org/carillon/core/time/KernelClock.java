package org.carillon.core.time;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.carillon.core.libc.CLibrary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the kernel itself says of CLOCK_REALTIME, as adjtimex(2) tells it: the state of the kernel's
 * discipline, which daemons drive, and what they claim of their own errors. Asking changes nothing
 * and needs no privilege.
 *
 * @param state what is due with leap seconds, or that the clock is not synchronized
 * @param flags the bits of {@code status} that are set
 * @param offsetNs what the kernel still has to correct, true minus local
 * @param frequencyPpm by how much the kernel runs the clock faster than its counter, without what
 *     {@code tick} adds; see {@link #correctionPpm()}
 * @param maxErrorNs the most that the clock is off, as the daemon claims; grows by itself by 500
 *     ppm, up to 16 s
 * @param estimatedErrorNs how far the clock may be off, as the daemon guesses
 * @param tickUs length of 1/100 s in µs, 10,000 unless a daemon corrects coarsely with it
 * @param taiOffsetS TAI − UTC in s; 0 where nobody has told the kernel
 */
public record KernelClock(
    State state,
    Set<Flag> flags,
    long offsetNs,
    double frequencyPpm,
    long maxErrorNs,
    long estimatedErrorNs,
    long tickUs,
    int taiOffsetS) {

  /** What adjtimex(2) returns, in the order of its values. */
  public enum State {
    /** Synchronized. */
    OK,
    /** A second is inserted at the end of the day. */
    INSERT,
    /** The last second of the day is left out. */
    DELETE,
    /** The inserted second is now. */
    IN_LEAP_SECOND,
    /** A leap second has been, and its flag is not yet cleared. */
    WAIT,
    /** Not synchronized. */
    ERROR
  }

  /** The bits of {@code status}, by their names in {@code linux/timex.h} without {@code STA_}. */
  public enum Flag {
    PLL(0x1),
    PPSFREQ(0x2),
    PPSTIME(0x4),
    FLL(0x8),
    INS(0x10),
    DEL(0x20),
    UNSYNC(0x40),
    FREQHOLD(0x80),
    PPSSIGNAL(0x100),
    PPSJITTER(0x200),
    PPSWANDER(0x400),
    PPSERROR(0x800),
    CLOCKERR(0x1000),
    NANO(0x2000),
    MODE(0x4000),
    CLK(0x8000);

    private final int bit;

    Flag(int bit) {
      this.bit = bit;
    }
  }

  /** Size of struct timex on 64-bit Linux, and where its members lie. */
  static final int BYTES = 208;

  static final int OFFSET = 8;
  static final int FREQUENCY = 16;
  static final int MAX_ERROR = 24;
  static final int ESTIMATED_ERROR = 32;
  static final int STATUS = 40;
  static final int TICK = 88;
  static final int TAI = 160;

  private static final Logger LOG = LoggerFactory.getLogger(KernelClock.class);

  private static final double FREQUENCY_UNITS_PER_PPM = 1 << 16;
  private static final long TICK_USUAL_US = 10_000;
  private static final int TICKS_PER_SECOND = 100;
  private static final long NS_PER_US = 1_000;

  public KernelClock {
    Objects.requireNonNull(state);
    flags = Set.copyOf(flags);
  }

  /** Asks the kernel; empty where it does not say, such as where a container's filter forbids. */
  public static Optional<KernelClock> read() {
    try (Arena arena = Arena.ofConfined()) {
      CLibrary library = new CLibrary(arena);
      MemorySegment timex =
          arena.allocate(BYTES, Long.BYTES); // All zero: modes too, so a question.
      int state = library.call(CLibrary.function("adjtimex"), timex.address(), 0, 0);
      if (state < 0) {
        LOG.debug("the kernel does not tell about its clock: {}", library.errorText());
        return Optional.empty();
      }
      return Optional.of(decode(state, timex.asByteBuffer().order(ByteOrder.nativeOrder())));
    } catch (LinkageError | UnsupportedOperationException | IllegalArgumentException e) {
      LOG.debug("the kernel does not tell about its clock", e);
      return Optional.empty();
    }
  }

  /**
   * What an answer means.
   *
   * @param state what adjtimex(2) returned
   * @param timex the structure that it filled in, in the machine's byte order
   */
  static KernelClock decode(int state, ByteBuffer timex) {
    if (state < 0 || state >= State.values().length) {
      throw new IllegalArgumentException("adjtimex(2) returns no " + state);
    }
    int status = timex.getInt(STATUS);
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    for (Flag flag : Flag.values()) {
      if ((status & flag.bit) != 0) {
        flags.add(flag);
      }
    }
    long offset = timex.getLong(OFFSET);
    return new KernelClock(
        State.values()[state],
        flags,
        flags.contains(Flag.NANO) ? offset : offset * NS_PER_US,
        timex.getLong(FREQUENCY) / FREQUENCY_UNITS_PER_PPM,
        timex.getLong(MAX_ERROR) * NS_PER_US,
        timex.getLong(ESTIMATED_ERROR) * NS_PER_US,
        timex.getLong(TICK),
        timex.getInt(TAI));
  }

  /** Whether the kernel takes its clock for synchronized. */
  public boolean isSynchronized() {
    return state != State.ERROR && !flags.contains(Flag.UNSYNC);
  }

  /** By how much the kernel runs the clock faster than its counter, in all, ppm. */
  public double correctionPpm() {
    return frequencyPpm + (tickUs - TICK_USUAL_US) * TICKS_PER_SECOND;
  }
}
