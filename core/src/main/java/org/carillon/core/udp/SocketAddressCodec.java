package org.carillon.core.udp;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * Java's socket addresses as the kernel's {@code struct sockaddr_in} (16 bytes, ip(7)) and {@code
 * struct sockaddr_in6} (28 bytes, ipv6(7)), in buffers of native byte order.
 */
final class SocketAddressCodec {

  /** {@code bits/socket.h}. */
  static final int AF_INET = 2;

  static final int AF_INET6 = 10;

  /** Room for either form. */
  static final int BYTES_MAX = 28;

  static final int FAMILY = 0;
  static final int PORT = 2;
  static final int ADDRESS_4 = 4;
  static final int ADDRESS_6 = 8;
  static final int SCOPE = 24;

  private static final int BYTES_4 = 16;
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  private SocketAddressCodec() {}

  /**
   * Writes an address at the buffer's beginning.
   *
   * @param family of the socket; an AF_INET6 one takes an IPv4 address in its mapped form, RFC 4291
   *     §2.5.5.2
   * @return how many bytes it takes
   * @throws UnknownHostException if the name has not been resolved
   * @throws SocketException if an IPv6 address is meant for an IPv4 socket
   */
  static int put(ByteBuffer buffer, int family, InetSocketAddress address) throws IOException {
    if (address.isUnresolved()) {
      throw new UnknownHostException(address.getHostString());
    }
    InetAddress host = address.getAddress();
    byte[] bytes = host.getAddress();
    for (int i = 0; i < BYTES_MAX; i++) {
      buffer.put(i, (byte) 0);
    }
    buffer.putShort(FAMILY, (short) family);
    buffer.put(PORT, (byte) (address.getPort() >>> Byte.SIZE));
    buffer.put(PORT + 1, (byte) address.getPort());
    if (family == AF_INET) {
      if (!host.isAnyLocalAddress()) {
        if (bytes.length != IPV4_BYTES) {
          throw new SocketException("this socket speaks IPv4 alone and cannot reach " + host);
        }
        buffer.put(ADDRESS_4, bytes);
      }
      return BYTES_4;
    }
    if (bytes.length == IPV6_BYTES) {
      buffer.put(ADDRESS_6, bytes);
      buffer.putInt(SCOPE, ((Inet6Address) host).getScopeId());
    } else if (!host.isAnyLocalAddress()) {
      buffer.putShort(ADDRESS_6 + IPV6_BYTES - IPV4_BYTES - Short.BYTES, (short) 0xFFFF);
      buffer.put(ADDRESS_6 + IPV6_BYTES - IPV4_BYTES, bytes);
    }
    return BYTES_MAX;
  }

  /** Reads the address that stands at an offset; a mapped IPv4 address becomes an IPv4 one. */
  static InetSocketAddress get(ByteBuffer buffer, int offset) {
    int port =
        Byte.toUnsignedInt(buffer.get(offset + PORT)) << Byte.SIZE
            | Byte.toUnsignedInt(buffer.get(offset + PORT + 1));
    try {
      InetAddress host;
      if (buffer.getShort(offset + FAMILY) == AF_INET) {
        byte[] bytes = new byte[IPV4_BYTES];
        buffer.get(offset + ADDRESS_4, bytes);
        host = InetAddress.getByAddress(bytes);
      } else {
        byte[] bytes = new byte[IPV6_BYTES];
        buffer.get(offset + ADDRESS_6, bytes);
        host = InetAddress.getByAddress(bytes);
        int scope = buffer.getInt(offset + SCOPE);
        if (scope != 0 && host instanceof Inet6Address) {
          host = Inet6Address.getByAddress(null, bytes, scope);
        }
      }
      return new InetSocketAddress(host, port);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 and 16 bytes are addresses", e);
    }
  }
}
