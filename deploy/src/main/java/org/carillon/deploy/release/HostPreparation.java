package org.carillon.deploy.release;

import java.util.Optional;
import org.carillon.core.CarillonException;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;
import org.carillon.ssh.HostSentence;

/**
 * What comes before a change of one host and after it: the lock, and everything that can be done
 * without touching what is in use.
 */
final class HostPreparation {
  private final ReleasePlan plan;
  private final HostStory story;
  private final HostSteps steps;
  private final NodeRelease releases;

  HostPreparation(ReleasePlan plan, HostStory story) {
    this.plan = plan;
    this.story = story;
    this.steps = new HostSteps(plan.record(), story);
    this.releases = plan.releases();
  }

  /**
   * Looks whether the host can take the release, and brings it there.
   *
   * @return whether there is anything to change
   */
  boolean prepare(Host host) {
    lock(host);
    Optional<Pending> pending = steps.ask(host, Step.CHECK, "", () -> check(host));
    steps.take(host, Step.STAGE, plan.id(), () -> stage(host));
    return pending.isPresent() || !works(host);
  }

  /**
   * Keeps others out, and looks what is in use.
   *
   * @return the change that is under way; empty if none is
   */
  Optional<Pending> open(Host host) {
    lock(host);
    story.found(releases.current(host));
    return releases.pending(host);
  }

  private void lock(Host host) {
    steps.take(
        host,
        Step.LOCK,
        "",
        () -> {
          // First, since the lock may be ours although its answer was lost.
          story.lock();
          plan.lock().takeAndKeepOn(host, releases.root(host));
        });
  }

  /** Lets the next deployment go; what was uploaded and is unpacked by now is removed. */
  void leave(Host host) {
    try {
      if (story.staged()) {
        plan.delivery().tidy(host);
      }
    } catch (HostException | CarillonException e) {
      plan.record().warn(e.getMessage() + "; the release is not affected");
    }
    plan.lock().releaseOn(host);
    story.unlock();
  }

  private Optional<Pending> check(Host host) {
    CutOffRollback rollback = new CutOffRollback(plan);
    if (plan.resume()) {
      rollback
          .complaint(host)
          .ifPresent(
              complaint -> {
                throw refused(host, complaint);
              });
    }
    Optional<String> current = releases.current(host);
    story.found(current);
    Optional<Pending> pending = releases.pending(host);
    pending.ifPresent(
        open -> {
          requireOurs(host, open);
          // What is under way is from here on ours to finish or to undo.
          story.touch(open.from(), plan.clock().monotonicNs());
          story.goOn(open);
        });
    boolean there = releases.state(host, plan.id()).isPresent();
    long bytes = there ? 0 : plan.delivery().bytesNeeded(host, current);
    long files = there ? 10 : plan.parcels().manifest().entries().size() + 10L;
    Environment.check(host, plan.deployable(), bytes, files, plan.now());
    plan.backups().requireMovable(host, plan.id());
    releases.checkService(host);
    // After all that may refuse: as long as it is there, every tool tells of it.
    if (!plan.resume() && rollback.clear(host)) {
      story.found(releases.current(host));
      releases.pending(host).ifPresent(open -> requireOurs(host, open));
    }
    return pending;
  }

  private void requireOurs(Host host, Pending open) {
    String what = open.sentence();
    if (!plan.resume()) {
      throw refused(
          host,
          what
              + "; "
              + plan.fleet().command("deploy resume")
              + " finishes it, with --undo it is taken back");
    }
    if (!open.to().equals(plan.id())) {
      throw refused(
          host,
          what
              + ", and the files here are another release ("
              + plan.id()
              + "): take it back with "
              + plan.fleet().command("deploy resume", "--undo")
              + " first");
    }
  }

  private void stage(Host host) {
    if (releases.state(host, plan.id()).isPresent()) {
      verify(host);
    } else {
      Optional<String> base = releases.current(host);
      String how = plan.delivery().deliver(host, plan.id(), base, plan.now());
      plan.record().info(host.name() + ": " + plan.id() + " is there (" + how + ")");
    }
    story.stage();
  }

  private void verify(Host host) {
    try {
      releases.verify(host, plan.id());
    } catch (HostException e) {
      if (e.kind() != HostException.Kind.REFUSED) {
        throw e;
      }
      throw refused(
          host,
          HostSentence.bare(host.name(), e.getMessage())
              + "; release it under another name, such as --set release.version="
              + plan.deployable().release().version()
              + "-again");
    }
  }

  /** Whether this very release is in use there, proved good, not started otherwise, and healthy. */
  private boolean works(Host host) {
    boolean inUse = releases.current(host).equals(Optional.of(plan.id()));
    boolean good =
        releases
            .state(host, plan.id())
            .filter(release -> release.state() == ReleaseState.GOOD)
            .isPresent();
    if (!inUse || !good) {
      return false;
    }
    if (releases.startedOtherwise(host)) {
      story.redefine();
      return false;
    }
    return releases.complaint(host).isEmpty();
  }

  private static HostException refused(Host host, String complaint) {
    return new HostException(HostException.Kind.REFUSED, host.name(), complaint);
  }
}
