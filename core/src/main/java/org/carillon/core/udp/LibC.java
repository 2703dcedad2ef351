package org.carillon.core.udp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.BindException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import org.carillon.core.libc.CLibrary;

/**
 * The calls of the C library that a UDP socket needs, and their errors as Java's own sockets would
 * report them.
 */
final class LibC extends CLibrary {

  /** {@code asm-generic/errno-base.h}, {@code asm-generic/errno.h}. */
  static final int EINTR = 4;

  static final int EAGAIN = 11;
  static final int EACCES = 13;
  static final int EPERM = 1;
  static final int EAFNOSUPPORT = 97;
  static final int EADDRINUSE = 98;
  static final int EADDRNOTAVAIL = 99;
  static final int ENETUNREACH = 101;
  static final int ENOBUFS = 105;
  static final int ECONNREFUSED = 111;
  static final int EHOSTUNREACH = 113;

  static final MemorySegment SOCKET = function("socket");
  static final MemorySegment BIND = function("bind");
  static final MemorySegment CONNECT = function("connect");
  static final MemorySegment GETSOCKNAME = function("getsockname");
  static final MemorySegment SETSOCKOPT = function("setsockopt");
  static final MemorySegment GETSOCKOPT = function("getsockopt");
  static final MemorySegment SENDTO = function("sendto");
  static final MemorySegment RECVMSG = function("recvmsg");
  static final MemorySegment RECVMMSG = function("recvmmsg");
  static final MemorySegment SENDMMSG = function("sendmmsg");
  static final MemorySegment NANOSLEEP = function("nanosleep");
  static final MemorySegment PPOLL = function("ppoll");
  static final MemorySegment EVENTFD = function("eventfd");
  static final MemorySegment READ = function("read");
  static final MemorySegment WRITE = function("write");
  static final MemorySegment CLOSE = function("close");

  LibC(Arena arena) {
    super(arena);
  }

  /** The error of the last call as Java's own sockets would report it. */
  IOException failure() {
    int error = errno();
    String text = errorText();
    return switch (error) {
      case ECONNREFUSED -> new PortUnreachableException(text);
      case EADDRINUSE, EADDRNOTAVAIL, EACCES, EPERM -> new BindException(text);
      case EHOSTUNREACH -> new NoRouteToHostException(text);
      default -> new SocketException(text);
    };
  }
}
