package org.carillon.deploy.release;

import java.time.Instant;
import org.carillon.core.time.ClockSource;
import org.carillon.deploy.backup.BackupId;
import org.carillon.deploy.backup.Backups;
import org.carillon.deploy.deployable.Deployable;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.deploy.records.ActionRecord;
import org.carillon.deploy.records.DeployLock;

/**
 * What all hosts of one deployment have in common.
 *
 * @param id of the release
 * @param backup the id of the backups that are taken
 * @param resume whether a change that is under way is gone on with
 * @param by who asked, and from where
 */
record ReleasePlan(
    Fleet fleet,
    String id,
    BackupId backup,
    boolean resume,
    String by,
    NodeRelease releases,
    Delivery delivery,
    Parcels parcels,
    Backups backups,
    DeployLock lock,
    ActionRecord record,
    ClockSource clock) {

  private static final long NS_PER_S = 1_000_000_000L;

  Deployable deployable() {
    return fleet.deployable();
  }

  /** By the clock of this machine, since those of hosts may be wrong. */
  Instant now() {
    long ns = clock.realtimeNs();
    return Instant.ofEpochSecond(Math.floorDiv(ns, NS_PER_S), Math.floorMod(ns, NS_PER_S));
  }
}
