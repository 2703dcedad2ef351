package org.carillon.analysis.figure;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * An image as a PNG file's content (ISO/IEC 15948): three bytes a pixel, no filters. Java's own
 * writer tries five filters on every row, which takes longer than the drawing, and gains nothing on
 * drawings that are mostly of one colour.
 */
final class PngFile {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  private static final byte BITS = 8;

  /** Red, green and blue. */
  private static final byte TRUE_COLOUR = 2;

  private static final byte UNIT_METRE = 1;

  private static final int BYTES_PER_PIXEL = 3;

  private PngFile() {}

  /**
   * The content.
   *
   * @param image of type TYPE_INT_RGB
   * @param pixelsPerMetre its resolution, both ways
   */
  static byte[] of(BufferedImage image, int pixelsPerMetre) {
    ByteArrayOutputStream file = new ByteArrayOutputStream(1 << 16);
    file.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(image.getWidth()).putInt(image.getHeight());
    // Compressed by deflate, filters by row, not interlaced: all are 0.
    chunk(file, "IHDR", header.put(BITS).put(TRUE_COLOUR).array(), 13);
    ByteBuffer size = ByteBuffer.allocate(9).putInt(pixelsPerMetre).putInt(pixelsPerMetre);
    chunk(file, "pHYs", size.put(UNIT_METRE).array(), 9);
    pixels(file, image);
    chunk(file, "IEND", new byte[0], 0);
    return file.toByteArray();
  }

  /** Rows of pixels, each behind a byte for its filter: 0 is none. */
  private static void pixels(ByteArrayOutputStream file, BufferedImage image) {
    int[] rgb = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    int width = image.getWidth();
    byte[] row = new byte[1 + BYTES_PER_PIXEL * width];
    byte[] compressed = new byte[1 << 15];
    try (Deflater deflater = new Deflater()) {
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < width; x++) {
          int pixel = rgb[y * width + x];
          row[1 + BYTES_PER_PIXEL * x] = (byte) (pixel >> 16);
          row[2 + BYTES_PER_PIXEL * x] = (byte) (pixel >> 8);
          row[3 + BYTES_PER_PIXEL * x] = (byte) pixel;
        }
        deflater.setInput(row);
        while (!deflater.needsInput()) {
          data(file, compressed, deflater.deflate(compressed));
        }
      }
      deflater.finish();
      while (!deflater.finished()) {
        data(file, compressed, deflater.deflate(compressed));
      }
    }
  }

  private static void data(ByteArrayOutputStream file, byte[] compressed, int length) {
    if (length > 0) {
      chunk(file, "IDAT", compressed, length);
    }
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] content, int length) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(content, 0, length);
    file.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
    file.writeBytes(name);
    file.write(content, 0, length);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }
}
