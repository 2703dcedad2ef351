package org.carillon.core.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A file that one holder at a time can have, and in whose text stands who that is.
 *
 * <p>It is a lock of the operating system on a file, so it ends with its process, however that
 * ends, and cannot be left behind. The file itself stays, because removing it would let two
 * processes each lock a different file of the same name.
 *
 * <p>Such a lock belongs to the process, and ends when that closes the file anywhere (POSIX,
 * fcntl). So a file that this process holds is not opened a second time: what is held here is known
 * here.
 */
public final class HeldFile implements AutoCloseable {

  private static final int HOLDER_MAX_BYTES = 1_024;

  /** The holders within this process, by device and inode. Guarded by the class. */
  private static final Map<Object, String> HELD_HERE = new HashMap<>();

  private final FileChannel channel;
  private final Object key;

  private HeldFile(FileChannel channel, Object key) {
    this.channel = channel;
    this.key = key;
  }

  /**
   * Takes the file, which is made if need be.
   *
   * @param holder who takes it, for those who cannot: one line
   * @return empty if somebody else holds it, of this process or of another one
   */
  public static Optional<HeldFile> tryTake(Path file, String holder) throws IOException {
    synchronized (HeldFile.class) {
      make(file);
      Object key = key(file);
      if (HELD_HERE.containsKey(key)) {
        return Optional.empty();
      }
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      boolean taken = false;
      try {
        if (channel.tryLock() != null) {
          channel.truncate(0);
          channel.write(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8)), 0);
          HELD_HERE.put(key, holder);
          taken = true;
        }
        return taken ? Optional.of(new HeldFile(channel, key)) : Optional.empty();
      } finally {
        if (!taken) {
          channel.close();
        }
      }
    }
  }

  /** Opens it only if it is new: then nobody holds it yet. */
  private static void make(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // As it should be: nobody removes it.
    }
  }

  private static Object key(Path file) throws IOException {
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return key == null ? file.toRealPath() : key;
  }

  /** Who holds the file, or blank if that is not known. */
  public static String holder(Path file) throws IOException {
    synchronized (HeldFile.class) {
      String here = HELD_HERE.get(key(file));
      if (here != null) {
        return here;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        ByteBuffer buffer = ByteBuffer.allocate(HOLDER_MAX_BYTES);
        channel.read(buffer, 0);
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8).strip();
      }
    }
  }

  /** Lets the next one have it. */
  @Override
  public void close() throws IOException {
    synchronized (HeldFile.class) {
      if (channel.isOpen()) {
        HELD_HERE.remove(key);
        channel.truncate(0);
        channel.close();
      }
    }
  }
}
