package org.carillon.core.udp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.BindException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The calls of the C library that a UDP socket needs, on 64-bit Linux. Pointers are passed as
 * addresses: whoever calls keeps the memory alive.
 *
 * <p>All of them are linked with one signature, six 64-bit integers to one. On x86-64 and aarch64
 * the first six integer arguments travel in registers of that width, of which a function reads the
 * part and the number that it declares; so one adapter, whose making is most of what the foreign
 * API costs at start, serves for all.
 *
 * <p>One object serves one thread at a time: it holds the {@code errno} of the last call.
 */
final class LibC {

  /** {@code asm-generic/errno-base.h}, {@code asm-generic/errno.h}. */
  static final int EINTR = 4;

  static final int EAGAIN = 11;
  static final int EACCES = 13;
  static final int EPERM = 1;
  static final int EAFNOSUPPORT = 97;
  static final int EADDRINUSE = 98;
  static final int EADDRNOTAVAIL = 99;
  static final int ENETUNREACH = 101;
  static final int ECONNREFUSED = 111;
  static final int EHOSTUNREACH = 113;

  static final MemorySegment SOCKET = symbol("socket");
  static final MemorySegment BIND = symbol("bind");
  static final MemorySegment CONNECT = symbol("connect");
  static final MemorySegment GETSOCKNAME = symbol("getsockname");
  static final MemorySegment SETSOCKOPT = symbol("setsockopt");
  static final MemorySegment GETSOCKOPT = symbol("getsockopt");
  static final MemorySegment SENDTO = symbol("sendto");
  static final MemorySegment RECVMMSG = symbol("recvmmsg");
  static final MemorySegment PPOLL = symbol("ppoll");
  static final MemorySegment EVENTFD = symbol("eventfd");
  static final MemorySegment READ = symbol("read");
  static final MemorySegment WRITE = symbol("write");
  static final MemorySegment CLOSE = symbol("close");
  private static final MemorySegment STRERROR = symbol("strerror");

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

  LibC(Arena arena) {
    callState = arena.allocate(Linker.Option.captureStateLayout());
    errno = callState.asByteBuffer().order(ByteOrder.nativeOrder());
  }

  private static MemorySegment symbol(String name) {
    return Linker.nativeLinker()
        .defaultLookup()
        .find(name)
        .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no " + name));
  }

  /** A function that returns a long or a pointer. */
  long callLong(MemorySegment function, long a, long b, long c, long d, long e, long f) {
    try {
      return (long) CALL.invokeExact(function, callState, a, b, c, d, e, f);
    } catch (RuntimeException | Error fault) {
      throw fault;
    } catch (Throwable impossible) {
      throw new AssertionError("a call of the C library throws nothing", impossible);
    }
  }

  /** A function that returns an int; the upper half of the register means nothing. */
  int call(MemorySegment function, long a, long b, long c, long d, long e, long f) {
    return (int) callLong(function, a, b, c, d, e, f);
  }

  int call(MemorySegment function, long a, long b, long c) {
    return call(function, a, b, c, 0, 0, 0);
  }

  /** The error of the last call, if that failed. */
  int errno() {
    return errno.getInt(0);
  }

  /** The error of the last call as Java's own sockets would report it. */
  IOException failure() {
    int error = errno();
    String text = text(error);
    return switch (error) {
      case ECONNREFUSED -> new PortUnreachableException(text);
      case EADDRINUSE, EADDRNOTAVAIL, EACCES, EPERM -> new BindException(text);
      case EHOSTUNREACH -> new NoRouteToHostException(text);
      default -> new SocketException(text);
    };
  }

  @SuppressWarnings("restricted") // strerror(3) returns a terminated string that nobody frees.
  private String text(int error) {
    long address = callLong(STRERROR, error, 0, 0, 0, 0, 0);
    return address == 0
        ? "error " + error
        : MemorySegment.ofAddress(address).reinterpret(MESSAGE_BYTES_MAX).getString(0);
  }
}
