package org.carillon.deploy;

import java.util.Optional;
import org.carillon.core.ExitCode;

/**
 * What became of a task on one host.
 *
 * @param <T> what the task yields
 */
sealed interface Outcome<T> {

  /** It was done. */
  record Done<T>(T value) implements Outcome<T> {}

  /**
   * It was not.
   *
   * @param reason one sentence that names the host
   * @param exitCode what kind of failure it was
   */
  record Failed<T>(String reason, ExitCode exitCode) implements Outcome<T> {}

  /** The value, if there is one. */
  default Optional<T> result() {
    return switch (this) {
      case Done<T>(T value) -> Optional.of(value);
      case Failed<T> failed -> Optional.empty();
    };
  }
}
