package org.carillon.analysis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/**
 * The folder that results go to. A file appears under its name only when it is complete, and
 * replaces the one of an earlier analysis; files of the run have other names and are never touched.
 */
public final class Output {

  private static final String PART = ".part";

  /** Two analyses with one folder for their results do not write into each other's files. */
  private static final String OWN = "." + ProcessHandle.current().pid();

  private final Path folder;

  /** Where results appear together, those that do not yet. */
  private final Optional<HeldResults> held;

  private Output(Path folder, Optional<HeldResults> held) {
    this.folder = folder;
    this.held = held;
  }

  /**
   * Makes the folder if need be.
   *
   * @throws CarillonException USAGE if it cannot be written to
   */
  public static Output in(Path folder) {
    Output output = new Output(folder, Optional.empty());
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

  /**
   * Writes results that appear under their names together, when all are complete: while they are
   * written a disk may become full, and a report of one run beside figures of another would be
   * worse than none. If any cannot be written, the folder is as it was.
   *
   * @param writing is given the same folder, for several threads
   */
  <T> T together(Function<Output, T> writing) {
    for (String inner : new String[] {"", "figures", "statistics", "statistics/latex"}) {
      sweep(folder.resolve(inner));
    }
    HeldResults results = new HeldResults();
    try {
      T result = writing.apply(new Output(folder, Optional.of(results)));
      results.release(this);
      return result;
    } finally {
      results.discard();
    }
  }

  /** Takes away what analyses have left that were killed. */
  private static void sweep(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, ".*" + PART)) {
      for (Path part : parts) {
        String[] words = part.getFileName().toString().split("\\.");
        String pid = words[words.length - 2];
        if (pid.matches("[0-9]{1,9}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
          delete(part);
        }
      }
    } catch (IOException e) {
      // They take room and disturb nothing.
    }
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
      Path unfinished = unfinished(file);
      Files.write(unfinished, content);
      publish(unfinished, file);
      return file;
    } catch (IOException e) {
      throw notCompleted(file, e);
    }
  }

  /** As above, with what something else writes into the file of the name that it is given. */
  Path writeBy(String name, Consumer<Path> content) {
    Path file = folder.resolve(name);
    try {
      makeFolder(file.getParent());
      Path unfinished = unfinished(file);
      content.accept(unfinished);
      publish(unfinished, file);
      return file;
    } catch (IOException e) {
      throw notCompleted(file, e);
    } catch (CarillonException e) {
      discard(file);
      throw e;
    }
  }

  /** Takes away results of an earlier analysis that this one need not have. */
  public void remove(String name) {
    if (held.isPresent()) {
      held.get().remove(name);
      return;
    }
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

  private static Path unfinished(Path file) {
    return file.resolveSibling("." + file.getFileName() + OWN + PART);
  }

  private void publish(Path unfinished, Path file) throws IOException {
    Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-r-----"));
    if (held.isPresent()) {
      held.get().hold(file);
    } else {
      rename(unfinished, file);
    }
  }

  /** Gives a complete file its name. */
  void release(Path file) {
    try {
      rename(unfinished(file), file);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /** Takes away a file that does not get its name. */
  static void discard(Path file) {
    delete(unfinished(file));
  }

  private static void rename(Path unfinished, Path file) throws IOException {
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** What could not be completed takes the room that others need. */
  private static CarillonException notCompleted(Path file, IOException e) {
    discard(file);
    return cannotWrite(file, e);
  }

  private static void delete(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      // Why it could not be completed is what the user has to know.
    }
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
