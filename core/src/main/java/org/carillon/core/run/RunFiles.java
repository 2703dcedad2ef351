package org.carillon.core.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  /** Writes a text aside and renames it, so that nobody ever reads half of it. */
  public static void publish(Path file, String text) {
    try {
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

  /** Gives a file the mode of a run's files. */
  public static void restrict(Path file) {
    try {
      Files.setPosixFilePermissions(file, FILE_MODE);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  static CarillonException cannotWrite(Path path, IOException fault) {
    String reason =
        fault instanceof java.nio.file.AccessDeniedException
            ? "permission denied"
            : String.valueOf(fault.getMessage());
    return new CarillonException(
        ExitCode.USAGE, "cannot write " + path + ": " + reason + ".", fault);
  }
}
