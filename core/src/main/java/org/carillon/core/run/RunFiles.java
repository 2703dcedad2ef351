package org.carillon.core.run;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/** Makes the folders and files of a run with their modes, whole or not at all. */
public final class RunFiles {

  private static final Set<PosixFilePermission> FILE_MODE =
      PosixFilePermissions.fromString("rw-r-----");

  private static final FileAttribute<Set<PosixFilePermission>> FOLDER_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---"));

  private RunFiles() {}

  /** Makes a folder and those above it, unless they exist. */
  public static Path makeFolder(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, FOLDER_MODE);
      }
      return folder;
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  /** Makes one new folder; false if something of that name exists. */
  static boolean makeNew(Path folder) {
    try {
      Files.createDirectory(folder, FOLDER_MODE);
      return true;
    } catch (java.nio.file.FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  /**
   * Writes a text aside and renames it, so that nobody ever reads half of it. What is no regular
   * file, such as a pipe or /dev/null, gets the text itself.
   */
  public static void publish(Path file, String text) {
    try {
      if (isDevice(file)) {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
        return;
      }
      Path part =
          Files.createTempFile(
              file.toAbsolutePath().getParent(), "." + file.getFileName() + ".", ".part");
      try {
        Files.write(part, text.getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(part, FILE_MODE);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /** Whether there is something in whose place no file must be put, such as {@code /dev/stdout}. */
  private static boolean isDevice(Path file) {
    Path path = file.toAbsolutePath().normalize();
    boolean isOfTheSystem = path.startsWith("/dev") || path.startsWith("/proc");
    return Files.exists(file)
        && !Files.isDirectory(file)
        && (!Files.isRegularFile(file) || isOfTheSystem && !path.startsWith("/dev/shm"));
  }

  /** Gives a file the mode of a run's files. */
  public static void restrict(Path file) {
    try {
      Files.setPosixFilePermissions(file, FILE_MODE);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /**
   * Makes sure, early, that {@link #publish} will be able to write a file: makes its folder and
   * tries that a file can be made there.
   *
   * @throws CarillonException if it cannot, with the reason
   */
  public static void requirePublishable(Path file) {
    if (Files.isDirectory(file)) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot write " + file + ": it is a folder; name a file in it.");
    }
    if (isDevice(file)) {
      return;
    }
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder, FOLDER_MODE);
      Files.delete(Files.createTempFile(folder, "." + file.getFileName() + ".", ".part"));
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /**
   * Removes what an earlier process has published under that name, and makes sure that {@link
   * #publish} will be able to write it.
   *
   * @throws CarillonException if it cannot, with the reason
   */
  public static void withdraw(Path file) {
    requirePublishable(file);
    try {
      if (!isDevice(file)) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE,
          "cannot remove " + file + ", which an earlier run has left: " + reason(e) + ".",
          e);
    }
  }

  /** Why a file could not be used, in words: the messages of Java's exceptions are bare paths. */
  public static String reason(IOException fault) {
    return switch (fault) {
      case NoSuchFileException missing -> "there is no such file or folder";
      case AccessDeniedException denied -> "permission denied";
      case FileAlreadyExistsException exists -> exists.getFile() + " is in the way";
      case NotDirectoryException file -> file.getFile() + " is not a folder";
      case CharacterCodingException binary -> "it is not UTF-8 text";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> fault.getMessage() == null ? fault.toString() : fault.getMessage();
    };
  }

  static CarillonException cannotWrite(Path path, IOException fault) {
    return new CarillonException(
        ExitCode.USAGE, "cannot write " + path + ": " + reason(fault) + ".", fault);
  }
}
