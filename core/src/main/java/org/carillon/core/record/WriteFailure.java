package org.carillon.core.record;

import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a file can be written at the moment: logged once when it cannot, and once more when it
 * can again. For one thread.
 */
final class WriteFailure {

  private static final Logger LOG = LoggerFactory.getLogger(WriteFailure.class);

  private final Path path;
  private boolean present;

  WriteFailure(Path path) {
    this.path = path;
  }

  /** Whether the last write failed. */
  boolean isPresent() {
    return present;
  }

  /** A write has failed. */
  void noted(IOException fault) {
    if (!present) {
      present = true;
      LOG.error(
          "cannot write {}: {}; its rows are kept as long as memory for them lasts, and then lost"
              + " and counted: make room, or end the run",
          path,
          OutputFile.reason(fault));
    }
  }

  /**
   * A write has succeeded.
   *
   * @param lostRows rows of the file that are lost so far
   */
  void over(long lostRows) {
    if (present) {
      present = false;
      LOG.warn("{} can be written again; {} rows were lost", path, lostRows);
    }
  }
}
