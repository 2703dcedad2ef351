package org.carillon.analysis;

import java.nio.file.Path;
import java.util.Optional;
import org.carillon.analysis.store.Resources;

/**
 * How an analysis goes about it; its results are the same in any case.
 *
 * @param resources how much of the machine it may use
 * @param reuse whether what an earlier analysis of the same files left may be used
 * @param parquet where to write the merged table for other programs, if anywhere
 * @param reading is told how far the reading of the run's files is
 */
public record Effort(Resources resources, boolean reuse, Optional<Path> parquet, Reading reading) {

  /** Follows the reading of files. Called by several threads at the same time. */
  public interface Reading {

    /** Nobody looks. */
    Reading UNSEEN =
        new Reading() {
          @Override
          public void total(long bytes) {}

          @Override
          public void read(long bytes) {}
        };

    /** Says how much there is to read, before anything is read. */
    void total(long bytes);

    /** Says that some more was read. */
    void read(long bytes);
  }

  /** The usual one. */
  public static final Effort USUAL =
      new Effort(Resources.DEFAULT, true, Optional.empty(), Reading.UNSEEN);
}
