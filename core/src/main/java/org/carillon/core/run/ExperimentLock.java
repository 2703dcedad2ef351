package org.carillon.core.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/**
 * Keeps two runs of one experiment apart: whoever holds it may run; anybody else is refused and
 * told who that is. It ends with its process (see {@link HeldFile}).
 */
public final class ExperimentLock implements AutoCloseable {
  private final HeldFile file;

  private ExperimentLock(HeldFile file) {
    this.file = file;
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
    try {
      Optional<HeldFile> held = HeldFile.tryTake(file, holder);
      if (held.isPresent()) {
        return new ExperimentLock(held.get());
      }
      String other = HeldFile.holder(file);
      throw new CarillonException(
          ExitCode.USAGE,
          "another run of this experiment is under way in "
              + experimentFolder
              + " ("
              + (other.isBlank() ? "holder unknown" : other)
              + "); wait for its end, or stop it.");
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE,
          "cannot lock " + file + ": " + e.getMessage() + "; choose another run.results_dir.",
          e);
    }
  }

  /** Lets the next run go. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot release the lock of the experiment: " + e.getMessage() + ".", e);
    }
  }
}
