package org.carillon.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.carillon.core.run.Sha256;

/** Copies on this machine that appear whole or not at all. */
final class LocalCopy {
  private static final Set<PosixFilePermission> FILE_MODE =
      PosixFilePermissions.fromString("rw-r-----");
  private static final FileAttribute<?> FOLDER_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---"));

  /** Who may read the copy. */
  enum Access {
    /** 0640, as files of a run are. */
    GROUP_READABLE,
    /** As the umask says. */
    AS_USUAL
  }

  private LocalCopy() {}

  static void copy(String host, Path from, Path to, Access access, Duration deadline) {
    DeadlineThread.call(
        host,
        "copying " + from + " to " + to,
        Deadline.in(deadline),
        () -> {
          copyNow(host, from, to, access);
          return null;
        });
  }

  private static void copyNow(String host, Path from, Path to, Access access) {
    Path temporary = temporaryBeside(to);
    try {
      createFolder(to.toAbsolutePath().getParent());
      MessageDigest sent = Sha256.digest();
      try (InputStream in = Files.newInputStream(from);
          OutputStream out =
              Files.newOutputStream(
                  temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
        if (access == Access.GROUP_READABLE) {
          Files.setPosixFilePermissions(temporary, FILE_MODE);
        }
        byte[] block = new byte[1 << 16];
        for (int length = in.read(block); length >= 0; length = in.read(block)) {
          if (Thread.interrupted()) {
            throw new IOException("given up");
          }
          sent.update(block, 0, length);
          out.write(block, 0, length);
        }
      }
      if (!Arrays.equals(sent.digest(), Sha256.of(temporary))) {
        throw new IOException("the copy differs from the original");
      }
      Files.move(temporary, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      deleteQuietly(temporary);
      throw new HostException(
          HostException.Kind.REFUSED,
          host,
          "cannot copy %s to %s: %s".formatted(from, to, reason(e)),
          e);
    }
  }

  /** A name in the same folder that nobody else uses; hidden, and telling what it was for. */
  static Path temporaryBeside(Path file) {
    return file.resolveSibling(temporaryName(file.getFileName().toString()));
  }

  static String temporaryName(String name) {
    // 255 bytes is the longest name; 60 characters are at most 240 bytes.
    String known = name.length() <= 45 ? name : name.substring(0, 45);
    return "." + known + ".part-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
  }

  static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, FOLDER_MODE);
    }
  }

  static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The failure that led here is the one to report.
    }
  }

  /** What is wrong, in words: the messages of file system exceptions are bare paths. */
  static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case FileSystemException other when other.getReason() != null ->
          other.getFile() + ": " + other.getReason();
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }
}
