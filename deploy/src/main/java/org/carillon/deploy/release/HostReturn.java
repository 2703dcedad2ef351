package org.carillon.deploy.release;

import java.util.Optional;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;

/** The way of one host back to the state before a change; it may be repeated after any cut. */
final class HostReturn {
  private final ReleasePlan plan;
  private final HostStory story;
  private final HostSteps steps;
  private final NodeRelease releases;

  HostReturn(ReleasePlan plan, HostStory story) {
    this.plan = plan;
    this.story = story;
    this.steps = new HostSteps(plan.record(), story);
    this.releases = plan.releases();
  }

  /**
   * Goes back. Nothing happens where no change is under way.
   *
   * @param blame whether it is this host on which the release failed
   */
  void undo(Host host, boolean blame) {
    Optional<Pending> open = releases.pending(host);
    if (open.isEmpty()) {
      Optional<String> current = releases.current(host);
      story.uses(current);
      if (story.touched() && story.began(current)) {
        // It had not begun, or it was back, and the answer was lost.
        story.end(Outcome.ROLLED_BACK, "", plan.clock().monotonicNs());
      }
      return;
    }
    Pending pending = open.get();
    story.takeBack(pending.from(), plan.clock().monotonicNs());
    String to = pending.from().orElse("no release");
    steps.take(host, Step.UNDO, to, () -> undo(host, pending, blame));
    story.end(Outcome.ROLLED_BACK, "", plan.clock().monotonicNs());
  }

  private void undo(Host host, Pending pending, boolean blame) {
    releases.stop(host); // first: it may be what fills the disk
    releases.spend(host);
    if (pending.from().isPresent()) {
      releases.swap(host, pending.from().get());
    } else {
      releases.clear(host);
    }
    story.uses(pending.from());
    mark(host, pending, blame);
    if (pending.wasRunning()) {
      NodeRelease before = pending.service().map(releases::serving).orElse(releases);
      before.start(host);
      before.awaitHealthy(host);
    }
    pending.from().ifPresent(id -> compare(host, id));
    releases.settle(host);
  }

  /** Both releases are what they were, but for the one that failed here. */
  private void mark(Host host, Pending pending, boolean blame) {
    // One that is in use again, since only its service was defined anew, is what it was.
    boolean same = pending.from().equals(Optional.of(pending.to()));
    if (!blame || same) {
      releases.markAgain(host, pending.to(), pending.toState(), plan.now(), pending.change());
    } else if (releases.state(host, pending.to()).isPresent()) {
      releases.mark(host, pending.to(), ReleaseState.FAILED, plan.now());
    }
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
}
