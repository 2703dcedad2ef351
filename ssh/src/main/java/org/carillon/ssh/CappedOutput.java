package org.carillon.ssh;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Keeps what a command writes, up to a cap, and takes the rest without keeping it, so that whoever
 * feeds it never blocks and never fails.
 */
final class CappedOutput extends OutputStream {
  private final int capBytes;
  private final Consumer<CappedOutput> atWrite;
  private final Runnable atEnd;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private long receivedBytes;
  private boolean closed;

  /**
   * @param atWrite what is done whenever something has come
   * @param atEnd what is done when the end of the stream is seen
   */
  CappedOutput(int capBytes, Consumer<CappedOutput> atWrite, Runnable atEnd) {
    this.capBytes = capBytes;
    this.atWrite = atWrite;
    this.atEnd = atEnd;
  }

  @Override
  public synchronized void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    receivedBytes += length;
    kept.write(bytes, offset, Math.min(length, capBytes - kept.size()));
    atWrite.accept(this);
  }

  /** The end of the stream was seen. */
  @Override
  public synchronized void close() {
    closed = true;
    atEnd.run();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  synchronized boolean overflowed() {
    return receivedBytes > capBytes;
  }

  synchronized long receivedBytes() {
    return receivedBytes;
  }

  synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }
}
