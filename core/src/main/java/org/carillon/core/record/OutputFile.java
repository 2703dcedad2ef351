package org.carillon.core.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the files that a process records into: files 0640, folders 0750.
 *
 * <p>A file that already has the name is neither overwritten nor a reason to refuse: it is renamed
 * to NAME.1, or the next free number, and the log says so. Scripts that use one name for every run
 * keep working and no recording is lost. A file of the name NAME.1 does not end in {@code .csv}, so
 * that an analysis of the folder does not take it for part of the run.
 */
public final class OutputFile {

  private static final Logger LOG = LoggerFactory.getLogger(OutputFile.class);

  private static final FileAttribute<Set<PosixFilePermission>> FILE_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

  /** An open file; one that is not regular, such as a pipe or /dev/null, has no positions. */
  public record Opened(FileChannel channel, boolean regular) {}

  private OutputFile() {}

  /**
   * Makes a new file and the folders above it, or opens what is no regular file.
   *
   * @throws CarillonException USAGE if it cannot be written, with the reason
   */
  public static Opened create(Path path) {
    Path file = path.toAbsolutePath();
    try {
      if (Files.isDirectory(file)) {
        throw new CarillonException(
            ExitCode.USAGE, "cannot write " + path + ": it is a folder; name a file in it.");
      }
      RunFiles.makeFolder(file.getParent());
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        return new Opened(FileChannel.open(file, StandardOpenOption.WRITE), false);
      }
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        setAside(file);
      }
      return new Opened(
          FileChannel.open(
              file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE_MODE),
          true);
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot write " + path + ": " + reason(e) + ".", e);
    }
  }

  private static void setAside(Path file) throws IOException {
    for (int number = 1; ; number++) {
      Path free = file.resolveSibling(file.getFileName() + "." + number);
      try {
        Files.move(file, free);
        LOG.warn("{} existed already and was kept as {}", file, free.getFileName());
        return;
      } catch (FileAlreadyExistsException e) {
        LOG.debug("{} is taken", free, e);
      }
    }
  }

  /** The operating system's reason, which Java's exceptions for files often keep to themselves. */
  public static String reason(IOException fault) {
    return switch (fault) {
      case AccessDeniedException denied -> "permission denied for " + denied.getFile();
      case FileAlreadyExistsException exists -> exists.getFile() + " is in the way";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> String.valueOf(fault.getMessage());
    };
  }
}
