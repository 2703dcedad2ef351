package org.carillon.core.event;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Where things stand in a binary datagram; all numbers are big-endian. Behind the header comes the
 * payload. Version and flags are one byte each, the payload's length two, magic and CRC four, the
 * others eight.
 */
final class BinaryLayout {

  static final int MAGIC_AT = 0;
  static final int VERSION_AT = 4;
  static final int FLAGS_AT = 5;
  static final int PAYLOAD_BYTES_AT = 6;
  static final int RUN_ID_AT = 8;
  static final int EVENT_ID_AT = 16;
  static final int SEQUENCE_NUMBER_AT = 24;
  static final int SEND_TIME_AT = 32;
  static final int CRC_AT = 40;

  /** Bytes before the payload. */
  static final int HEADER_BYTES = CRC_AT + Integer.BYTES;

  static final int MAGIC = 0x43524C4E; // "CRLN"
  static final byte VERSION = 1;

  private BinaryLayout() {}

  /** CRC-32C of all bytes between the buffer's position and limit except the CRC itself. */
  static int crc(CRC32C crc, ByteBuffer datagram) {
    int begin = datagram.position();
    int end = datagram.limit();
    crc.reset();
    crc.update(datagram.limit(begin + CRC_AT));
    crc.update(datagram.limit(end).position(begin + HEADER_BYTES));
    datagram.position(begin);
    return (int) crc.getValue();
  }
}
