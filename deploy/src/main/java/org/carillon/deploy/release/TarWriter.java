package org.carillon.deploy.release;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes an archive in the form of GNU tar (its manual, "Basic Tar Format"), which takes names of
 * any bytes and any length. Names and targets are {@link ByteText}.
 */
final class TarWriter implements AutoCloseable {
  private static final int BLOCK_BYTES = 512;
  private static final int NAME_BYTES = 100;

  /** The largest size that 11 octal digits hold; beyond it the field is binary. */
  private static final long OCTAL_MAX = 0_77777777777L;

  private final OutputStream out;

  TarWriter(OutputStream out) {
    this.out = out;
  }

  void folder(String name, int mode) throws IOException {
    header(name + "/", '5', mode, 0, 0, "");
  }

  void link(String name, String target) throws IOException {
    header(name, '2', 0777, 0, 0, target);
  }

  /**
   * Begins a file; its bytes are then written to the stream that was given, and {@link #endFile}
   * called.
   */
  void file(String name, int mode, long sizeBytes, long modifiedS) throws IOException {
    header(name, '0', mode, sizeBytes, modifiedS, "");
  }

  /** Fills the last block of a file of that size. */
  void endFile(long sizeBytes) throws IOException {
    out.write(new byte[(int) Math.floorMod(-sizeBytes, (long) BLOCK_BYTES)]);
  }

  private void header(
      String name, char type, int mode, long sizeBytes, long modifiedS, String target)
      throws IOException {
    if (name.length() > NAME_BYTES) {
      longText('L', name);
    }
    if (target.length() > NAME_BYTES) {
      longText('K', target);
    }
    byte[] header = new byte[BLOCK_BYTES];
    put(header, 0, NAME_BYTES, name);
    octal(header, 100, 8, mode);
    octal(header, 108, 8, 0);
    octal(header, 116, 8, 0);
    size(header, sizeBytes);
    octal(header, 136, 12, Math.clamp(modifiedS, 0, OCTAL_MAX));
    header[156] = (byte) type;
    put(header, 157, NAME_BYTES, target);
    put(header, 257, 8, "ustar  ");
    Arrays.fill(header, 148, 156, (byte) ' ');
    long sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    octal(header, 148, 7, sum);
    out.write(header);
  }

  /** The name or target of the next entry, where the header has no room for it. */
  private void longText(char type, String text) throws IOException {
    byte[] bytes = ByteText.bytes(text + "\0");
    header("././@LongLink", type, 0, bytes.length, 0, "");
    out.write(bytes);
    endFile(bytes.length);
  }

  private static void put(byte[] header, int at, int room, String text) {
    byte[] bytes = ByteText.bytes(text);
    System.arraycopy(bytes, 0, header, at, Math.min(bytes.length, room));
  }

  private static void octal(byte[] header, int at, int room, long value) {
    String digits = Long.toOctalString(value);
    put(header, at, room, "0".repeat(room - 1 - digits.length()) + digits);
  }

  private static void size(byte[] header, long sizeBytes) {
    if (sizeBytes <= OCTAL_MAX) {
      octal(header, 124, 12, sizeBytes);
      return;
    }
    header[124] = (byte) 0x80;
    for (int i = 0; i < Long.BYTES; i++) {
      header[135 - i] = (byte) (sizeBytes >>> (8 * i));
    }
  }

  /** Writes the end of the archive; the stream stays open. */
  @Override
  public void close() throws IOException {
    out.write(new byte[2 * BLOCK_BYTES]);
    out.flush();
  }
}
