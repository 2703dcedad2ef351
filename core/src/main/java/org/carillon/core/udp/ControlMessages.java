package org.carillon.core.udp;

import java.nio.ByteBuffer;

/** The control messages that come with a datagram, cmsg(3): {@code struct cmsghdr} and data. */
final class ControlMessages {

  /** {@code struct cmsghdr}; its data follow, and the next one stands at a multiple of 8. */
  static final int HEADER_BYTES = 16;

  static final int LEVEL = 8;
  static final int TYPE = 12;
  private static final int ALIGNMENT = 8;

  private ControlMessages() {}

  /** Takes one message. */
  interface Visitor {
    /**
     * @param data where its data stand
     * @param bytes how many
     */
    void take(int level, int type, int data, int bytes);
  }

  /**
   * Hands over one message after the other, up to the first one that is broken off or senseless.
   *
   * @param memory in the machine's byte order
   * @param start where the first one stands
   * @param bytes what all of them take
   */
  static void read(ByteBuffer memory, int start, int bytes, Visitor visitor) {
    int end = start + bytes;
    int message = start;
    while (end - message >= HEADER_BYTES) {
      long length = memory.getLong(message);
      if (length < HEADER_BYTES || length > end - message) {
        return;
      }
      visitor.take(
          memory.getInt(message + LEVEL),
          memory.getInt(message + TYPE),
          message + HEADER_BYTES,
          (int) length - HEADER_BYTES);
      message += ((int) length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
  }
}
