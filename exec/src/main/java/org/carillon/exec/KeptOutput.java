package org.carillon.exec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.carillon.core.record.OutputFile;

/**
 * Takes what a program writes, so that it is never held up, and keeps the beginning in a file. If
 * the file cannot be written any more, the rest is only counted.
 */
final class KeptOutput {

  private static final int BUFFER_BYTES = 64 << 10;

  private final Path file;
  private final FileChannel channel;
  private final long limitBytes;
  private final Thread thread;

  private volatile long bytes;
  private volatile boolean keeping;
  private volatile Optional<String> fault = Optional.empty();

  /**
   * Takes everything up to the end of the stream.
   *
   * @param limitBytes how much is kept
   * @throws org.carillon.core.CarillonException USAGE if the file cannot be made
   */
  KeptOutput(InputStream stream, Path file, long limitBytes) {
    this.file = file;
    this.limitBytes = limitBytes;
    channel = OutputFile.create(file).channel();
    thread =
        Thread.ofPlatform().daemon().name("keep " + file.getFileName()).start(() -> take(stream));
  }

  private void take(InputStream stream) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      for (int length = stream.read(buffer); length >= 0; length = stream.read(buffer)) {
        keep(buffer, (int) Math.min(length, Math.max(0, limitBytes - bytes)));
        bytes += length;
      }
    } catch (IOException e) {
      // The pipe is closed: this is the end of it.
    }
  }

  private void keep(byte[] buffer, int length) {
    if (length == 0 || fault.isPresent()) {
      return;
    }
    keeping = true;
    try {
      ByteBuffer rest = ByteBuffer.wrap(buffer, 0, length);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } catch (IOException e) {
      fault =
          Optional.of(
              "the command's output is not whole: cannot write "
                  + file
                  + ": "
                  + OutputFile.reason(e)
                  + ".");
    } finally {
      keeping = false;
    }
  }

  /**
   * Waits for the end of the stream, and closes the file. What still comes or is still written
   * after all of this is given up, which is a fault.
   *
   * @param patience how long nothing may come
   * @param times how often that long is waited at most, for output or for a slow disk
   */
  void close(Duration patience, int times) throws InterruptedException {
    long seenBytes = -1;
    boolean goesOn = true;
    for (int i = 0; i < times && goesOn; i++) {
      seenBytes = bytes;
      goesOn = !thread.join(patience) && (keeping || bytes > seenBytes);
    }
    if (goesOn) {
      String given =
          "the command's output is not whole: it still came when " + file + " was closed.";
      fault = fault.or(() -> Optional.of(given));
    }
    try {
      channel.close();
    } catch (IOException e) {
      fault =
          fault.or(() -> Optional.of("cannot close " + file + ": " + OutputFile.reason(e) + "."));
    }
  }

  /** How much the program wrote. */
  long bytes() {
    return bytes;
  }

  /** Whether it wrote more than is kept. */
  boolean isCut() {
    return bytes > limitBytes;
  }

  /** Why the file is not whole, as a sentence. */
  Optional<String> fault() {
    return fault;
  }
}
