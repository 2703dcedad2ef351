package org.carillon.deploy.backup;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.carillon.core.CarillonException;
import org.carillon.deploy.records.ActionRecord;
import org.carillon.deploy.records.DeployLock;
import org.carillon.deploy.records.StepLog;
import org.carillon.deploy.release.NodeRelease;
import org.carillon.deploy.release.ReleaseState;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;
import org.carillon.ssh.HostSentence;

/**
 * The rollback of one host, step by step. Until the service is stopped nothing is changed; until
 * the backup has been put in place and read back, any failure leads back to what was there; from
 * then on the sentence says what is where.
 */
final class HostRollback {
  private static final String AGAIN = "run the rollback again when the host answers";

  private final Host host;
  private final Backups backups;
  private final NodeRelease release;
  private final DeployLock lock;
  private final ActionRecord record;
  private final AfterChecks checks;

  /**
   * @param lock is taken on the host, and to be given back by the caller
   * @param checks are told when everything is in place
   */
  HostRollback(
      Host host,
      Backups backups,
      NodeRelease release,
      DeployLock lock,
      ActionRecord record,
      AfterChecks checks) {
    this.lock = lock;
    this.host = host;
    this.backups = backups;
    this.release = release;
    this.record = record;
    this.checks = checks;
  }

  /**
   * Restores a backup.
   *
   * @param goal by which the backup was chosen
   * @param seen release that was in use when this was decided
   * @param own ID for the backup of what is there now
   * @throws HostException naming the step, and what is where
   */
  void run(
      Goal goal, BackupHeader target, Optional<String> seen, BackupId own, BackupReason reason) {
    Optional<String> now;
    Restore restore;
    try {
      lock();
      now = step("look", "", () -> look(goal, target, seen));
      restore = step(StepLog.PREPARE, target.id().text(), () -> prepare(target, goal));
    } catch (HostException e) {
      throw e.kind().isAway() ? told(e, "nothing was changed there; " + AGAIN) : e;
    }
    if (restore.isMended()) {
      record.warn(
          host.name()
              + ": the backup "
              + target.id()
              + " is damaged; its release is taken from releases/, where it is as it was backed up");
    }
    exchange(restore, now, own, reason);
    leniently("free the reserve", () -> release.spend(host));
    leniently("note what was turned back from", () -> turnBack(target.id()));
    leniently("note how long the logs are", () -> checks.placed(host));
    target.version().ifPresent(version -> start(version, own));
    leniently("clean up", restore::finish);
    leniently("remove old backups", () -> backups.prune(host, Set.of(own)));
  }

  private Restore prepare(BackupHeader target, Goal goal) {
    release.reserve(host);
    try {
      return Restore.prepare(backups, host, target.id(), goal.from(target));
    } catch (HostException e) {
      if (!e.kind().isAway()) {
        leniently("give the reserve back", () -> release.unreserve(host));
      }
      throw e;
    }
  }

  private void exchange(Restore restore, Optional<String> seen, BackupId own, BackupReason reason) {
    String target = restore.header().id().text();
    try {
      step("stop", seen.orElse(""), () -> run(() -> release.stop(host)));
      step("backup", own.text(), () -> backups.take(host, own, reason));
      step("swap", target, () -> run(restore::swap));
      step("read back", target, () -> run(restore::check));
    } catch (HostException e) {
      throw told(e, asBefore(restore));
    } catch (CarillonException e) { // the head node cannot write down what it does
      throw new CarillonException(
          e.exitCode(), host.name() + ": " + e.getMessage() + " Here, " + asBefore(restore), e);
    }
  }

  /**
   * Puts back what was there, as far as it was replaced, and starts it. Never removes what was
   * replaced before it is in place again.
   */
  private String asBefore(Restore restore) {
    try {
      restore.undo();
    } catch (HostException e) {
      return e.kind().isAway()
          ? "whether what was there before is in place is not known (%s); nothing of it is lost: %s"
              .formatted(bare(e), AGAIN)
          : "the service is down (%s); nothing is lost: put that right, then run the rollback again"
              .formatted(bare(e));
    }
    try {
      release.spend(host);
      release.start(host);
      return "what was there before is in place and was started again";
    } catch (HostException | CarillonException e) {
      return "what was there before is in place, but does not start: " + bare(e);
    }
  }

  /**
   * Where nothing is to be restored: puts right what an earlier rollback left half done, and makes
   * sure that the service runs and is healthy. Then no change is under way there any more.
   *
   * @return whether the service had to be started
   */
  boolean keep(Optional<String> seen) {
    lock();
    Optional<String> pending = step("look", "", () -> look(seen));
    leniently("note what was turned back from", this::turnBack);
    String version = seen.orElse("");
    boolean isDown = release.complaint(host).isPresent();
    leniently("free the reserve", () -> release.spend(host));
    if (isDown) {
      step("start", version, () -> run(() -> release.start(host)));
      step("health", version, () -> run(() -> release.awaitHealthy(host)));
    }
    if (pending.isPresent()) {
      step("settle", version, () -> run(() -> release.settle(host)));
      record.info(host.name() + ": " + pending.get() + ": it is given up");
    }
    return isDown;
  }

  /** What was turned back from when the backup was taken is good again. */
  private void turnBack(BackupId undone) {
    release.markGoodAgain(host, undone.text());
    turnBack();
  }

  /** Releases that are newer than the one that is in use now are good no longer. */
  private void turnBack() {
    BackupList there = backups.list(host);
    String change = there.ledHere().map(BackupId::text).orElse("");
    for (String id : there.goodAfter()) {
      release.mark(host, id, ReleaseState.TURNED_BACK, backups.now(), change);
    }
  }

  private void lock() {
    step("lock", "", () -> run(() -> lock.takeOn(host, release.root(host))));
  }

  /**
   * What is in use; if that is not what was seen, the same backup must still be the one to go to.
   */
  private Optional<String> look(Goal goal, BackupHeader target, Optional<String> seen) {
    boolean putBack = sweep();
    BackupList there = backups.list(host);
    boolean isStillMeant = putBack && goal.choose(there).backup().equals(Optional.of(target));
    return isStillMeant ? there.version() : unchanged(there, seen);
  }

  /** What is in use must be what was seen. Returns the change that is under way there. */
  private Optional<String> look(Optional<String> seen) {
    sweep();
    BackupList there = backups.list(host);
    unchanged(there, seen);
    return there.pending();
  }

  private boolean sweep() {
    boolean putBack = backups.sweep(host);
    if (putBack) {
      record.warn(
          host.name()
              + ": an earlier rollback was cut off while it put files in place; what was there"
              + " before it is in place again");
    }
    return putBack;
  }

  private Optional<String> unchanged(BackupList there, Optional<String> seen) {
    if (!there.version().equals(seen)) {
      throw refuse(
          "%s is in use now, and was not when this was decided (%s was); look again"
              .formatted(there.version().orElse("nothing"), seen.orElse("nothing")));
    }
    return there.version();
  }

  private <T> T step(String name, String detail, Supplier<T> work) {
    record.steps().begin(host.name(), name, detail);
    try {
      T done = work.get();
      record.steps().done(host.name(), name, detail);
      return done;
    } catch (HostException e) {
      failed(name, e);
      throw new HostException(e.kind(), host.name(), name + ": " + bare(e), e);
    } catch (CarillonException e) {
      failed(name, e);
      throw e;
    }
  }

  /** What went wrong is told also if it cannot be written down. */
  private void failed(String step, RuntimeException failure) {
    try {
      record.steps().failed(host.name(), step, failure.getMessage());
    } catch (CarillonException e) {
      record.warn(e.getMessage());
    }
  }

  private static Object run(Runnable work) {
    work.run();
    return true;
  }

  /** If it fails, the restored release stays, and the sentence says so. */
  private void start(String version, BackupId own) {
    try {
      step("start", version, () -> run(() -> release.start(host)));
      step("health", version, () -> run(() -> release.awaitHealthy(host)));
    } catch (HostException e) {
      String place = version + " is in place, byte for byte as it was backed up; ";
      throw told(
          e,
          e.kind().isAway()
              ? place + "whether it runs is not known: " + AGAIN
              : place + "what was there before is in the backup " + own);
    } catch (CarillonException e) { // the head node cannot write down what it does
      leniently("start the service", () -> release.start(host));
      throw e;
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
    return HostSentence.bare(host.name(), failure.getMessage());
  }

  private HostException refuse(String complaint) {
    return new HostException(HostException.Kind.REFUSED, host.name(), complaint);
  }
}
