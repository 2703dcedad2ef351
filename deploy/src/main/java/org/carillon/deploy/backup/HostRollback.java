package org.carillon.deploy.backup;

import java.util.Optional;
import java.util.function.Supplier;
import org.carillon.core.CarillonException;
import org.carillon.deploy.records.ActionRecord;
import org.carillon.deploy.release.NodeRelease;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;

/**
 * The rollback of one host, step by step. Until the service is stopped nothing is changed; until
 * the backup has been put in place and read back, any failure leads back to what was there; from
 * then on the sentence says what is where.
 */
final class HostRollback {
  private final Host host;
  private final Backups backups;
  private final NodeRelease release;
  private final ActionRecord record;

  HostRollback(Host host, Backups backups, NodeRelease release, ActionRecord record) {
    this.host = host;
    this.backups = backups;
    this.release = release;
    this.record = record;
  }

  /**
   * Restores a backup.
   *
   * @param seen release that was in use when this was decided
   * @param own ID for the backup of what is there now
   * @throws HostException naming the step, and what is where
   */
  void run(BackupHeader target, Optional<String> seen, BackupId own, BackupReason reason) {
    step("look", "", () -> look(seen));
    Restore restore =
        step(
            "verify and prepare",
            target.id().text(),
            () -> Restore.prepare(backups, host, target.id()));
    step("stop", seen.orElse(""), () -> safely(restore, () -> run(() -> release.stop(host))));
    step("backup", own.text(), () -> safely(restore, () -> backups.take(host, own, reason)));
    step("swap", target.id().text(), () -> safely(restore, () -> run(restore::swap)));
    step("read back", target.id().text(), () -> undoing(restore, () -> run(restore::check)));
    if (target.version().isPresent()) {
      step("start", target.version().get(), () -> saying(target, own, () -> release.start(host)));
      step(
          "health",
          target.version().get(),
          () -> saying(target, own, () -> release.awaitHealthy(host)));
    }
    leniently("clean up", restore::finish);
    leniently("remove old backups", () -> backups.prune(host));
  }

  /** Where nothing is to be restored: makes sure that the service runs and is healthy. */
  void keep(String version) {
    if (release.complaint(host).isPresent()) {
      step("start", version, () -> run(() -> release.start(host)));
      step("health", version, () -> run(() -> release.awaitHealthy(host)));
    }
  }

  private Object look(Optional<String> seen) {
    if (backups.sweep(host)) {
      record.warn(
          host.name()
              + ": an earlier rollback was cut off while it put files in place; what was there"
              + " before it is in place again");
    }
    Optional<String> now = backups.list(host).version();
    if (!now.equals(seen)) {
      throw refuse(
          "%s is in use now, and was not when this was decided (%s was); look again"
              .formatted(now.orElse("nothing"), seen.orElse("nothing")));
    }
    return now;
  }

  private <T> T step(String name, String detail, Supplier<T> work) {
    record.steps().begin(host.name(), name, detail);
    try {
      T done = work.get();
      record.steps().done(host.name(), name, detail);
      return done;
    } catch (HostException | CarillonException e) {
      record.steps().failed(host.name(), name, e.getMessage());
      throw e;
    }
  }

  private static Object run(Runnable work) {
    work.run();
    return true;
  }

  /** If it fails, what was there runs again. */
  private <T> T safely(Restore restore, Supplier<T> work) {
    try {
      return work.get();
    } catch (HostException e) {
      leniently("clean up", restore::finish);
      throw told(e, runAgain());
    }
  }

  /** If it fails, what was there is put back and runs again. */
  private <T> T undoing(Restore restore, Supplier<T> work) {
    try {
      return work.get();
    } catch (HostException e) {
      try {
        restore.undo();
      } catch (HostException again) {
        throw told(e, "and what was there before was not put back: " + bare(again));
      }
      throw told(e, runAgain());
    }
  }

  private String runAgain() {
    try {
      release.start(host);
      return "what was there before is in place and was started again";
    } catch (HostException | CarillonException e) {
      return "what was there before is in place, but does not start: " + bare(e);
    }
  }

  /** If it fails, the restored release stays, and the sentence says so. */
  private Object saying(BackupHeader target, BackupId own, Runnable work) {
    try {
      work.run();
      return true;
    } catch (HostException e) {
      throw told(
          e,
          "%s is in place, byte for byte as it was backed up; what was there before is in the"
                  .formatted(target.version().orElse("nothing"))
              + " backup "
              + own
              + ": rollback --to "
              + own);
    }
  }

  /** What is no reason to call the rollback a failure. */
  private void leniently(String what, Runnable work) {
    try {
      work.run();
    } catch (HostException | CarillonException e) {
      record.warn(host.name() + ": could not " + what + ": " + bare(e));
    }
  }

  private HostException told(HostException failure, String whatIsWhere) {
    return new HostException(
        failure.kind(), host.name(), bare(failure) + "; " + whatIsWhere, failure);
  }

  private String bare(RuntimeException failure) {
    return RollbackPlan.bare(host.name(), failure.getMessage());
  }

  private HostException refuse(String complaint) {
    return new HostException(HostException.Kind.REFUSED, host.name(), complaint);
  }
}
