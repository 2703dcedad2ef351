package org.carillon.ssh;

import java.io.IOException;

/**
 * A file of this machine failed during a transfer. JSch wraps what its streams throw, those to the
 * host and those to our files alike; by this type they are told apart again.
 */
final class LocalFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final IOException failure;

  LocalFileException(IOException failure) {
    super(failure);
    this.failure = failure;
  }

  /** What the file system said. */
  IOException failure() {
    return failure;
  }
}
