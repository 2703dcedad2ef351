package org.carillon.analysis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/**
 * The folder that results go to. A file appears under its name only when it is complete, and
 * replaces the one of an earlier analysis; files of the run have other names and are never touched.
 */
public final class Output {

  private final Path folder;

  private Output(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder if need be.
   *
   * @throws CarillonException USAGE if it cannot be written to
   */
  public static Output in(Path folder) {
    Output output = new Output(folder);
    try {
      output.makeFolder(folder);
      if (!Files.isWritable(folder)) {
        throw new IOException("not writable");
      }
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
    return output;
  }

  /** Where the database may spill to; exists only if it has to. */
  Path spillFolder() {
    return folder.resolve(".analyze-spill");
  }

  /** Where a file of this name is, if it is there. */
  Path path(String name) {
    return folder.resolve(name);
  }

  /** A folder in it, made if need be. */
  Path folder(String name) {
    Path inner = folder.resolve(name);
    try {
      makeFolder(inner);
      return inner;
    } catch (IOException e) {
      throw cannotWrite(inner, e);
    }
  }

  /** Writes a text file, with permissions 0640 in folders of 0750. */
  public Path write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** As above, with bytes. */
  public Path write(String name, byte[] content) {
    Path file = folder.resolve(name);
    try {
      makeFolder(file.getParent());
      Path unfinished = file.resolveSibling("." + file.getFileName() + ".part");
      Files.write(unfinished, content);
      publish(unfinished, file);
      return file;
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /** As above, with what a writer puts there, little by little. */
  Path write(String name, Consumer<Writer> content) {
    Path file = folder.resolve(name);
    try {
      makeFolder(file.getParent());
      Path unfinished = file.resolveSibling("." + file.getFileName() + ".part");
      try (Writer writer = Files.newBufferedWriter(unfinished)) {
        content.accept(writer);
      }
      publish(unfinished, file);
      return file;
    } catch (IOException e) {
      throw cannotWrite(file, e);
    } catch (UncheckedIOException e) {
      throw cannotWrite(file, e.getCause());
    }
  }

  /** Takes away results of an earlier analysis that this one need not have. */
  public void remove(String name) {
    Path pattern = folder.resolve(name);
    if (!Files.isDirectory(pattern.getParent())) {
      return;
    }
    try (DirectoryStream<Path> old =
        Files.newDirectoryStream(pattern.getParent(), pattern.getFileName().toString())) {
      for (Path file : old) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw cannotWrite(pattern, e);
    }
  }

  private static void publish(Path unfinished, Path file) throws IOException {
    Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-r-----"));
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void makeFolder(Path wanted) throws IOException {
    if (!Files.isDirectory(wanted)) {
      Files.createDirectories(
          wanted,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    }
  }

  private static CarillonException cannotWrite(Path path, IOException e) {
    return new CarillonException(
        ExitCode.USAGE,
        "cannot write to "
            + path
            + " ("
            + e.getClass().getSimpleName()
            + ": "
            + e.getMessage()
            + "); name another folder with --out.",
        e);
  }
}
