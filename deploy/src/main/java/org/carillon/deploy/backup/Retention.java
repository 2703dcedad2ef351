package org.carillon.deploy.backup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which backups are no longer kept. */
final class Retention {

  private Retention() {}

  /**
   * Those beyond the number to keep and those that are too old; but never the newest one, and never
   * the newest one of a good release, however old it is.
   *
   * @param backups the newest first
   * @param nowNs ns since the Unix epoch, by the clock that stamped the backups
   */
  static List<BackupHeader> expired(
      List<BackupHeader> backups, Duration retention, int keep, long nowNs) {
    Optional<BackupHeader> lastGood = backups.stream().filter(BackupHeader::isGood).findFirst();
    List<BackupHeader> expired = new ArrayList<>();
    for (int i = 1; i < backups.size(); i++) {
      BackupHeader backup = backups.get(i);
      boolean old =
          Duration.ofNanos(Math.max(0, nowNs - backup.createdNs())).compareTo(retention) > 0;
      if ((old || i >= keep) && !lastGood.equals(Optional.of(backup))) {
        expired.add(backup);
      }
    }
    return expired;
  }
}
