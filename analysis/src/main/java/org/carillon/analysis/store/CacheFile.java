package org.carillon.analysis.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that appears under its name only when it is complete. */
final class CacheFile {

  private CacheFile() {}

  /** The name of a file until it is complete. */
  static Path unfinished(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".part");
  }

  /** Puts a complete file in its place, with permissions 0640. */
  static void publish(Path file) throws IOException {
    Path unfinished = unfinished(file);
    Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-r-----"));
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static void write(Path file, byte[] content) throws IOException {
    try {
      Files.write(unfinished(file), content);
      publish(file);
    } finally {
      discard(file);
    }
  }

  /** Takes away what could not be completed. */
  static void discard(Path file) throws IOException {
    Files.deleteIfExists(unfinished(file));
  }
}
