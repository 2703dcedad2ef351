package org.carillon.deploy.backup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which backups are no longer kept. */
final class Retention {

  private Retention() {}

  /**
   * Those beyond the number to keep and those that are too old; but, however old they are, never
   * the newest one, never the newest of a good release that is there, since {@code last-good} may
   * lead to it, and never the newest ones of the last two good releases of which there are backups.
   *
   * @param nowNs ns since the Unix epoch, by the clock that stamped the backups
   */
  static List<BackupHeader> expired(BackupList there, Duration retention, int keep, long nowNs) {
    List<BackupHeader> backups = there.backups();
    Optional<BackupHeader> good = newest(backups, Optional.empty());
    Optional<BackupHeader> before = good.flatMap(it -> newest(backups, it.version()));
    Set<BackupId> needed =
        Stream.concat(
                Stream.of(good, before),
                there.releases().stream()
                    .filter(ReleaseTrail::isGood)
                    .map(release -> there.goodBackupOf(release.id())))
            .flatMap(Optional::stream)
            .map(BackupHeader::id)
            .collect(Collectors.toSet());
    List<BackupHeader> expired = new ArrayList<>();
    for (int i = 1; i < backups.size(); i++) {
      BackupHeader backup = backups.get(i);
      boolean old =
          Duration.ofNanos(Math.max(0, nowNs - backup.createdNs())).compareTo(retention) > 0;
      if ((old || i >= keep) && !needed.contains(backup.id())) {
        expired.add(backup);
      }
    }
    return expired;
  }

  /** Of a good release, but not of this one. */
  private static Optional<BackupHeader> newest(List<BackupHeader> backups, Optional<String> butOf) {
    return backups.stream()
        .filter(BackupHeader::isGood)
        .filter(backup -> !backup.version().equals(butOf))
        .findFirst();
  }
}
