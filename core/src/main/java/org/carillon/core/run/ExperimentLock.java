package org.carillon.core.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/**
 * Keeps two runs of one experiment apart: whoever holds it may run; anybody else is refused and
 * told who that is.
 *
 * <p>It is a lock of the operating system on a file, so it ends with its process, however that
 * ends, and cannot be left behind. The file's text only says who holds it; the file itself stays,
 * because removing it would let two processes each lock a different file of the same name.
 */
public final class ExperimentLock implements AutoCloseable {

  private static final int HOLDER_MAX_BYTES = 1_024;

  private final FileChannel channel;

  private ExperimentLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param experimentFolder of all runs of the experiment; made if need be
   * @param holder who takes it, for those who are refused: one line
   * @throws CarillonException USAGE if somebody else holds it, naming the holder
   */
  public static ExperimentLock take(Path experimentFolder, String holder) {
    Path file = RunFiles.makeFolder(experimentFolder).resolve(".lock");
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        String other = read(channel);
        channel.close();
        throw new CarillonException(
            ExitCode.USAGE,
            "another run of this experiment is under way in "
                + experimentFolder
                + " ("
                + (other.isBlank() ? "holder unknown" : other)
                + "); wait for its end, or stop it.");
      }
      write(channel, holder);
      return new ExperimentLock(channel);
    } catch (IOException e) {
      closeQuietly(channel);
      throw new CarillonException(
          ExitCode.USAGE,
          "cannot lock " + file + ": " + e.getMessage() + "; choose another run.results_dir.",
          e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // this very process holds it already
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(HOLDER_MAX_BYTES);
    channel.read(buffer, 0);
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8).strip();
  }

  private static void write(FileChannel channel, String holder) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The fault that led here is the one to report.
    }
  }

  /** Lets the next run go. */
  @Override
  public void close() {
    try {
      channel.truncate(0);
      channel.close();
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot release the lock of the experiment: " + e.getMessage() + ".", e);
    }
  }
}
