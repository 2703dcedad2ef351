package org.carillon.deploy.backup;

import java.util.Optional;

/** What a rollback is to do on one host. */
public sealed interface Choice {

  /** To restore a backup. */
  record Restore(BackupHeader target) implements Choice {}

  /** Nothing, since it is as it should be. */
  record Nothing(String sentence) implements Choice {}

  /** It cannot be done. */
  record Impossible(String sentence) implements Choice {}

  /** The backup to restore, if one is. */
  default Optional<BackupHeader> backup() {
    return this instanceof Restore(BackupHeader target) ? Optional.of(target) : Optional.empty();
  }
}
