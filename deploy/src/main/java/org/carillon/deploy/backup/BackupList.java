package org.carillon.deploy.backup;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.carillon.deploy.records.ActionKind;

/**
 * What a host has.
 *
 * @param version release in use; empty if none is
 * @param state how far that has got; empty if that is not known
 * @param releases that are there, in use or not
 * @param backups the newest first
 * @param unreadable IDs of those whose manifest cannot be read
 * @param cutOff the goal of a rollback that was cut off there, so that nobody can tell what was in
 *     use before it; empty if none was
 * @param pending the change that is not finished there, in a sentence without its end; empty if
 *     none is under way
 */
public record BackupList(
    Optional<String> version,
    Optional<String> state,
    List<ReleaseTrail> releases,
    List<BackupHeader> backups,
    List<String> unreadable,
    Optional<Goal> cutOff,
    Optional<String> pending) {
  public BackupList {
    releases = List.copyOf(releases);
    backups = List.copyOf(backups);
    unreadable = List.copyOf(unreadable);
  }

  /** The backup with this ID. */
  public Optional<BackupHeader> find(BackupId id) {
    return backups.stream().filter(backup -> backup.id().equals(id)).findFirst();
  }

  /** The newest backup of a release that was good when it was taken. */
  Optional<BackupHeader> goodBackupOf(String release) {
    return backups.stream()
        .filter(backup -> backup.version().equals(Optional.of(release)))
        .filter(backup -> backup.state().equals(Optional.of("good")))
        .findFirst();
  }

  /** Whether the release in use proved good. */
  boolean isGood() {
    return version.isPresent() && state.filter("good"::equals).isPresent();
  }

  /** What is known of a release; empty if it is not there. */
  Optional<ReleaseTrail> trail(String id) {
    return releases.stream().filter(release -> release.id().equals(id)).findFirst();
  }

  /**
   * The newest release but the one in use that proved good, and that nobody has turned back from
   * since. One that was removed since is known by its backups.
   */
  Optional<String> goodBefore() {
    return releases.stream()
        .filter(ReleaseTrail::isGood)
        .filter(release -> !isInUse(release.id()))
        .max(Comparator.comparing(release -> release.good().orElse("")))
        .map(ReleaseTrail::id)
        .or(
            () ->
                backups.stream()
                    .filter(BackupHeader::isGood)
                    .flatMap(backup -> backup.version().stream())
                    .filter(id -> !isInUse(id) && trail(id).isEmpty())
                    .findFirst());
  }

  /**
   * Good releases that are newer than the one in use: after a rollback, those that somebody turned
   * back from with it.
   */
  List<String> goodAfter() {
    String since =
        version
            .flatMap(this::trail)
            .map(release -> release.good().orElse(release.begun()))
            .orElse("");
    return releases.stream()
        .filter(ReleaseTrail::isGood)
        .filter(release -> !isInUse(release.id()))
        .filter(release -> release.good().orElse("").compareTo(since) > 0)
        .map(ReleaseTrail::id)
        .toList();
  }

  /** The backup with which the rollback began that led to the release in use; empty if none did. */
  Optional<BackupId> ledHere() {
    return backups.stream()
        .filter(backup -> backup.before().equals(ActionKind.ROLLBACK.word()))
        .filter(backup -> !backup.version().equals(version))
        .map(BackupHeader::id)
        .findFirst();
  }

  private boolean isInUse(String id) {
    return version.equals(Optional.of(id));
  }
}
