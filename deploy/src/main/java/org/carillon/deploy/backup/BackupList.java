package org.carillon.deploy.backup;

import java.util.List;
import java.util.Optional;

/**
 * What a host has.
 *
 * @param version release in use; empty if none is
 * @param state how far that has got; empty if that is not known
 * @param backups the newest first
 * @param unreadable IDs of those whose manifest cannot be read
 * @param cutOff whether a rollback was cut off there, so that nobody can tell what was in use
 *     before it
 */
public record BackupList(
    Optional<String> version,
    Optional<String> state,
    List<BackupHeader> backups,
    List<String> unreadable,
    boolean cutOff) {
  public BackupList {
    backups = List.copyOf(backups);
    unreadable = List.copyOf(unreadable);
  }

  /** The backup with this ID. */
  public Optional<BackupHeader> find(BackupId id) {
    return backups.stream().filter(backup -> backup.id().equals(id)).findFirst();
  }
}
