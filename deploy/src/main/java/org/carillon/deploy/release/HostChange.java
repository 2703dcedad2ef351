package org.carillon.deploy.release;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carillon.core.CarillonException;
import org.carillon.deploy.backup.BackupHeader;
import org.carillon.deploy.backup.BackupReason;
import org.carillon.deploy.records.ActionKind;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;

/**
 * The way of one host to a release. Every part may be repeated after it was cut off anywhere; what
 * a host needs to know for that stands on the host itself ({@link Pending}).
 */
final class HostChange {
  private final ReleasePlan plan;
  private final HostStory story;
  private final HostSteps steps;
  private final NodeRelease releases;

  HostChange(ReleasePlan plan, HostStory story) {
    this.plan = plan;
    this.story = story;
    this.steps = new HostSteps(plan.record(), story);
    this.releases = plan.releases();
  }

  /** Takes a backup, and changes nothing; then older ones may go. */
  void backup(Host host) {
    steps.take(host, Step.BACKUP, plan.backup().text(), () -> take(host, ActionKind.BACKUP));
    try {
      plan.backups().prune(host, Set.of(plan.backup()));
    } catch (HostException | CarillonException e) {
      plan.record().warn(e.getMessage() + "; the backup is not affected");
    }
  }

  private void take(Host host, ActionKind before) {
    plan.backups().sweep(host);
    BackupHeader header =
        plan.backups()
            .take(host, plan.backup(), new BackupReason(before, plan.by(), "before " + plan.id()));
    if (!header.unsteady().isEmpty()) {
      plan.record()
          .warn(
              host.name()
                  + ": files changed while they were backed up: "
                  + String.join(", ", header.unsteady()));
    }
  }

  /** From the state before to a healthy service, or to a failure that must be undone. */
  void change(Host host) {
    Optional<Pending> open = releases.pending(host);
    if (open.isEmpty()) {
      begin(host);
    } else {
      story.touch(open.get().from(), plan.clock().monotonicNs());
      if (open.get().proved() && isHealthyHere(host)) {
        return;
      }
    }
    steps.take(host, Step.STOP, "", () -> releases.stop(host));
    steps.take(
        host,
        Step.SWAP,
        plan.id(),
        () -> {
          releases.swap(host, plan.id());
          story.uses(Optional.of(plan.id()));
          releases.mark(host, plan.id(), ReleaseState.ACTIVE, plan.now());
        });
    steps.take(host, Step.START, "", () -> releases.start(host));
    steps.take(host, Step.HEALTH, "", () -> releases.awaitHealthy(host));
  }

  private void begin(Host host) {
    steps.take(host, Step.BACKUP, plan.backup().text(), () -> take(host, ActionKind.RELEASE));
    Optional<String> from = releases.current(host);
    ReleaseState state =
        releases.state(host, plan.id()).map(StoredRelease::state).orElse(ReleaseState.VALIDATED);
    Pending pending =
        new Pending(
            plan.id(),
            state,
            from,
            releases.running(host),
            releases.started(host),
            Optional.of(plan.backup().text()),
            false,
            plan.by(),
            plan.now());
    // From here on the host must be finished or undone, so this comes before the first change.
    story.touch(from, plan.clock().monotonicNs());
    releases.pend(host, pending);
  }

  private boolean isHealthyHere(Host host) {
    boolean inUse = releases.current(host).equals(Optional.of(plan.id()));
    return inUse && !releases.startedOtherwise(host) && releases.complaint(host).isEmpty();
  }

  /** The tests have passed on this host; it still waits for the others. */
  void prove(Host host) {
    releases
        .pending(host)
        .filter(open -> !open.proved())
        .ifPresent(open -> releases.pend(host, open.thatIsProved()));
  }

  /** All hosts are well: it stays. */
  void finish(Host host) {
    steps.take(
        host,
        Step.FINISH,
        plan.id(),
        () -> {
          // Where none is under way any more, it was finished, and the answer was lost.
          releases.pending(host).ifPresent(open -> finish(host, open));
        });
    story.end(Outcome.RELEASED, "", plan.clock().monotonicNs());
    tidy(host);
  }

  private void finish(Host host, Pending open) {
    releases.spend(host);
    releases.mark(host, plan.id(), ReleaseState.GOOD, plan.now(), open.change());
    releases.settle(host);
  }

  /** Removes what is no longer kept; that this fails never makes a deployment fail. */
  private void tidy(Host host) {
    try {
      List<String> removed = releases.prune(host);
      plan.backups().prune(host, Set.of(plan.backup()));
      if (!removed.isEmpty()) {
        plan.record().info(host.name() + ": removed " + String.join(", ", removed));
      }
    } catch (HostException | CarillonException e) {
      plan.record().warn(e.getMessage() + "; the release is not affected");
    }
  }
}
