package org.carillon.core.libc;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Calls of the C library, on 64-bit Linux. Pointers are passed as addresses: whoever calls keeps
 * the memory alive.
 *
 * <p>All functions are linked with one signature, six 64-bit integers to one. On x86-64 and aarch64
 * the first six integer arguments travel in registers of that width, of which a function reads the
 * part and the number that it declares; so one adapter, whose making is most of what the foreign
 * API costs at start, serves for all.
 *
 * <p>One object serves one thread at a time: it holds the {@code errno} of the last call.
 */
public class CLibrary {

  private static final MemorySegment STRERROR = function("strerror");

  /** Longer than any message of strerror(3). */
  private static final int MESSAGE_BYTES_MAX = 1_024;

  @SuppressWarnings("restricted") // What the signature says is what the functions take.
  private static final MethodHandle CALL =
      Linker.nativeLinker()
          .downcallHandle(
              FunctionDescriptor.of(
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG),
              Linker.Option.captureCallState("errno"));

  private final MemorySegment callState;
  private final ByteBuffer errno;

  /**
   * @param arena that lives as long as this object is used
   */
  public CLibrary(Arena arena) {
    callState = arena.allocate(Linker.Option.captureStateLayout());
    errno = callState.asByteBuffer().order(ByteOrder.nativeOrder());
  }

  /**
   * A function to call.
   *
   * @throws UnsatisfiedLinkError if this system's library has none of that name
   */
  public static MemorySegment function(String name) {
    return Linker.nativeLinker()
        .defaultLookup()
        .find(name)
        .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no " + name));
  }

  /** A function that returns a long or a pointer. */
  public final long callLong(
      MemorySegment function, long a, long b, long c, long d, long e, long f) {
    try {
      return (long) CALL.invokeExact(function, callState, a, b, c, d, e, f);
    } catch (RuntimeException | Error fault) {
      throw fault;
    } catch (Throwable impossible) {
      throw new AssertionError("a call of the C library throws nothing", impossible);
    }
  }

  /** A function that returns an int; the upper half of the register means nothing. */
  public final int call(MemorySegment function, long a, long b, long c, long d, long e, long f) {
    return (int) callLong(function, a, b, c, d, e, f);
  }

  /** A function of at most three arguments that returns an int. */
  public final int call(MemorySegment function, long a, long b, long c) {
    return call(function, a, b, c, 0, 0, 0);
  }

  /** The error of the last call, if that failed. */
  public final int errno() {
    return errno.getInt(0);
  }

  /** The same in words. */
  public final String errorText() {
    return errorText(errno());
  }

  /** Any error in words. */
  @SuppressWarnings("restricted") // strerror(3) returns a terminated string that nobody frees.
  public final String errorText(int error) {
    long address = callLong(STRERROR, error, 0, 0, 0, 0, 0);
    return address == 0
        ? "error " + error
        : MemorySegment.ofAddress(address).reinterpret(MESSAGE_BYTES_MAX).getString(0);
  }
}
