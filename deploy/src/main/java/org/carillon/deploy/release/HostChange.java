package org.carillon.deploy.release;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.carillon.core.CarillonException;
import org.carillon.core.time.ClockSource;
import org.carillon.deploy.backup.BackupHeader;
import org.carillon.deploy.backup.BackupId;
import org.carillon.deploy.backup.BackupReason;
import org.carillon.deploy.backup.Backups;
import org.carillon.deploy.deployable.Deployable;
import org.carillon.deploy.records.ActionKind;
import org.carillon.deploy.records.ActionRecord;
import org.carillon.deploy.records.DeployLock;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;

/**
 * The way of one host to a release, and back. Every part may be repeated after it was cut off
 * anywhere; what a host needs to know for that stands on the host itself ({@link Pending}).
 */
final class HostChange {

  /**
   * What all hosts of one deployment have in common.
   *
   * @param id of the release
   * @param backup the id of the backups that are taken
   * @param resume whether a change that is under way is gone on with
   * @param by who asked, and from where
   */
  record Plan(
      Deployable deployable,
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

    Instant now() {
      long ns = clock.realtimeNs();
      return Instant.ofEpochSecond(Math.floorDiv(ns, NS_PER_S), Math.floorMod(ns, NS_PER_S));
    }
  }

  private final Plan plan;
  private final HostStory story;
  private final NodeRelease releases;

  HostChange(Plan plan, HostStory story) {
    this.plan = plan;
    this.story = story;
    this.releases = plan.releases();
  }

  /**
   * Everything that can be done without touching what is in use.
   *
   * @return whether there is anything to change
   */
  boolean prepare(Host host) {
    lock(host);
    Optional<Pending> pending = step(host, Step.CHECK, "", () -> check(host));
    step(host, Step.STAGE, plan.id(), () -> stage(host));
    return pending.isPresent() || !works(host);
  }

  /** Keeps others out. */
  void lock(Host host) {
    step(
        host,
        Step.LOCK,
        "",
        () -> {
          plan.lock().takeAndKeepOn(host, releases.root(host));
          story.lock();
        });
  }

  private Optional<Pending> check(Host host) {
    Optional<String> current = releases.current(host);
    story.found(current);
    Optional<Pending> pending = releases.pending(host);
    pending.ifPresent(
        open -> {
          requireOurs(host, open);
          // What is under way is from here on ours to finish or to undo.
          story.touch(open.from(), plan.clock().monotonicNs());
        });
    boolean there = releases.state(host, plan.id()).isPresent();
    long bytes = there ? 0 : plan.delivery().bytesNeeded(host, current);
    long files = there ? 10 : plan.parcels().manifest().entries().size() + 10L;
    Environment.check(host, plan.deployable(), bytes, files, plan.now());
    return pending;
  }

  private void requireOurs(Host host, Pending open) {
    String what =
        "a change from %s to %s, begun %s by %s, is not finished"
            .formatted(open.from().orElse("none"), open.to(), open.since(), open.by());
    if (!plan.resume()) {
      throw refused(
          host, what + "; `deploy resume FILE.yaml` finishes it, with --undo it is taken back");
    }
    if (!open.to().equals(plan.id())) {
      throw refused(
          host,
          what
              + ", and the files here are another release ("
              + plan.id()
              + "): take it back with `deploy resume FILE.yaml --undo` first");
    }
  }

  private void stage(Host host) {
    Optional<StoredRelease> known = releases.state(host, plan.id());
    if (known.isPresent()) {
      try {
        releases.verify(host, plan.id());
      } catch (HostException e) {
        if (e.kind() != HostException.Kind.REFUSED) {
          throw e;
        }
        throw refused(
            host,
            e.getMessage().substring(host.name().length() + 2)
                + "; release it under another name, such as --set release.version="
                + plan.deployable().release().version()
                + "-again");
      }
      return;
    }
    Optional<String> base = releases.current(host);
    String how = plan.delivery().deliver(host, plan.id(), base, plan.now());
    plan.record().info(host.name() + ": " + plan.id() + " is there (" + how + ")");
  }

  /** Whether this very release is in use there, proved good, and healthy now. */
  private boolean works(Host host) {
    boolean inUse = releases.current(host).equals(Optional.of(plan.id()));
    boolean good =
        releases
            .state(host, plan.id())
            .filter(release -> release.state() == ReleaseState.GOOD)
            .isPresent();
    return inUse && good && releases.complaint(host).isEmpty();
  }

  /** Takes a backup, and changes nothing. */
  void backup(Host host) {
    lock(host);
    story.found(releases.current(host));
    step(host, Step.BACKUP, plan.backup().text(), () -> take(host, ActionKind.BACKUP));
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
      step(host, Step.BACKUP, plan.backup().text(), () -> take(host, ActionKind.RELEASE));
      Optional<String> from = releases.current(host);
      ReleaseState state =
          releases.state(host, plan.id()).map(StoredRelease::state).orElse(ReleaseState.VALIDATED);
      Pending pending =
          new Pending(
              plan.id(),
              state,
              from,
              releases.running(host),
              Optional.of(plan.backup().text()),
              false,
              plan.by(),
              plan.now());
      // From here on the host must be finished or undone, so this comes before the first change.
      story.touch(from, plan.clock().monotonicNs());
      releases.pend(host, pending);
    } else {
      story.touch(open.get().from(), plan.clock().monotonicNs());
      if (open.get().proved() && isHealthyHere(host)) {
        return;
      }
    }
    step(host, Step.STOP, "", () -> releases.stop(host));
    step(
        host,
        Step.SWAP,
        plan.id(),
        () -> {
          releases.swap(host, plan.id());
          story.uses(Optional.of(plan.id()));
          releases.mark(host, plan.id(), ReleaseState.ACTIVE, plan.now());
        });
    step(host, Step.START, "", () -> releases.start(host));
    step(host, Step.HEALTH, "", () -> releases.awaitHealthy(host));
  }

  private boolean isHealthyHere(Host host) {
    boolean inUse = releases.current(host).equals(Optional.of(plan.id()));
    return inUse && releases.complaint(host).isEmpty();
  }

  /** The tests have passed on this host; it still waits for the others. */
  void prove(Host host) {
    releases.pending(host).ifPresent(open -> releases.pend(host, open.thatIsProved()));
  }

  /** All hosts are well: it stays. */
  void finish(Host host) {
    step(
        host,
        Step.FINISH,
        plan.id(),
        () -> {
          releases.mark(host, plan.id(), ReleaseState.GOOD, plan.now());
          releases.settle(host);
        });
    story.end(Outcome.RELEASED, "", plan.clock().monotonicNs());
    tidy(host);
  }

  /** Removes what is no longer kept; that this fails never makes a deployment fail. */
  void tidy(Host host) {
    try {
      List<String> removed = releases.prune(host);
      plan.delivery().tidy(host);
      plan.backups().prune(host, Set.of(plan.backup()));
      if (!removed.isEmpty()) {
        plan.record().info(host.name() + ": removed " + String.join(", ", removed));
      }
    } catch (HostException | CarillonException e) {
      plan.record().warn(e.getMessage() + "; the release is not affected");
    }
  }

  /**
   * Back to the state before. Nothing happens where no change is under way.
   *
   * @param blame whether it is this host on which the release failed
   */
  void undo(Host host, boolean blame) {
    Optional<Pending> open = releases.pending(host);
    if (open.isEmpty()) {
      Optional<String> current = releases.current(host);
      story.uses(current);
      return;
    }
    Pending pending = open.get();
    step(
        host,
        Step.UNDO,
        pending.from().orElse("none"),
        () -> {
          releases.stop(host);
          if (pending.from().isPresent()) {
            releases.swap(host, pending.from().get());
          } else {
            releases.clear(host);
          }
          story.uses(pending.from());
          if (releases.state(host, pending.to()).isPresent()) {
            ReleaseState state = blame ? ReleaseState.FAILED : pending.toState();
            releases.mark(host, pending.to(), state, plan.now());
          }
          if (pending.wasRunning()) {
            releases.start(host);
            releases.awaitHealthy(host);
          }
          releases.settle(host);
          pending.from().ifPresent(id -> compare(host, id));
        });
    story.end(Outcome.ROLLED_BACK, "", plan.clock().monotonicNs());
  }

  /** What was in use before may have been changed by hand: it is in use again all the same. */
  private void compare(Host host, String id) {
    try {
      releases.verify(host, id);
    } catch (HostException e) {
      if (e.kind() != HostException.Kind.REFUSED) {
        throw e;
      }
      plan.record().warn(e.getMessage() + "; it is in use again as it was found");
    }
  }

  /** Lets the next deployment go. */
  void unlock(Host host) {
    plan.lock().releaseOn(host);
    story.unlock();
  }

  private void step(Host host, Step step, String detail, Runnable work) {
    step(
        host,
        step,
        detail,
        () -> {
          work.run();
          return true;
        });
  }

  private <T> T step(Host host, Step step, String detail, Supplier<T> work) {
    story.at(step);
    note(step, () -> plan.record().steps().begin(host.name(), step.word(), detail));
    try {
      T result = work.get();
      note(step, () -> plan.record().steps().done(host.name(), step.word(), detail));
      return result;
    } catch (HostException e) {
      throw new HostException(e.kind(), host.name(), failed(host, step, e.getMessage()), e);
    } catch (CarillonException e) {
      throw new CarillonException(
          e.exitCode(), host.name() + ": " + failed(host, step, e.getMessage()), e);
    }
  }

  /** Notes that a step failed. Returns the complaint with the step's name, without the host's. */
  private String failed(Host host, Step step, String message) {
    String prefix = host.name() + ": ";
    String complaint =
        step.word()
            + ": "
            + (message.startsWith(prefix) ? message.substring(prefix.length()) : message)
                .replaceFirst("\\.$", "");
    note(Step.UNDO, () -> plan.record().steps().failed(host.name(), step.word(), complaint));
    return complaint;
  }

  /** Without a record nothing is changed, but what went wrong is taken back and told anyway. */
  private void note(Step step, Runnable line) {
    try {
      line.run();
    } catch (CarillonException e) {
      if (step != Step.UNDO) {
        throw e;
      }
      plan.record().warn(e.getMessage());
    }
  }

  private static HostException refused(Host host, String complaint) {
    return new HostException(HostException.Kind.REFUSED, host.name(), complaint);
  }
}
