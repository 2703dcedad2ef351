package org.carillon.analysis.compare;

import java.nio.file.Path;

/** Analyses a run of which there is no summary. */
@FunctionalInterface
public interface Analyst {

  /**
   * Analyses a run into a folder, and gives back where its summary is.
   *
   * @param run only read
   * @param out made if need be
   */
  Path analyze(Path run, Path out);
}
