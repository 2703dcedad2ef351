package org.carillon.core.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that one process at a time can hold, and in whose text stands who that is.
 *
 * <p>It is a lock of the operating system on a file, so it ends with its process, however that
 * ends, and cannot be left behind. The file itself stays, because removing it would let two
 * processes each lock a different file of the same name.
 */
public final class HeldFile implements AutoCloseable {

  private static final int HOLDER_MAX_BYTES = 1_024;

  private final FileChannel channel;

  private HeldFile(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the file, which is made if need be.
   *
   * @param holder who takes it, for those who cannot: one line
   * @return empty if somebody else holds it
   */
  public static Optional<HeldFile> tryTake(Path file, String holder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      if (locked(channel)) {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8)), 0);
        taken = true;
      }
      return taken ? Optional.of(new HeldFile(channel)) : Optional.empty();
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // this very process holds it already
    }
  }

  /** Who holds the file, or blank if that is not known. */
  public static String holder(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(HOLDER_MAX_BYTES);
      channel.read(buffer, 0);
      return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8).strip();
    }
  }

  /** Lets the next one have it. */
  @Override
  public void close() throws IOException {
    channel.truncate(0);
    channel.close();
  }
}
