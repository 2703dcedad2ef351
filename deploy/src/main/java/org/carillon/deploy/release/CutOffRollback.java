package org.carillon.deploy.release;

import java.util.Optional;
import org.carillon.deploy.backup.Goal;
import org.carillon.ssh.Host;

/**
 * A rollback that was cut off on a host. Only a rollback goes on with it; a release that is asked
 * for anew clears it away.
 */
final class CutOffRollback {
  private final ReleasePlan plan;

  CutOffRollback(ReleasePlan plan) {
    this.plan = plan;
  }

  /** What there is to say of one; empty if there is none. */
  Optional<String> complaint(Host host) {
    return goal(host)
        .map(
            goal ->
                "a rollback to %s was cut off there, and its service may be down: %s goes on with it"
                    .formatted(goal, plan.fleet().command("rollback", "--to", goal.toString())));
  }

  /**
   * Takes away what is left of one; what it had half put in place is as before.
   *
   * @return whether there was one
   */
  boolean clear(Host host) {
    Optional<Goal> goal = goal(host);
    goal.ifPresent(
        it -> {
          plan.backups().sweep(host);
          plan.releases().unreserve(host);
          plan.record()
              .warn(
                  "%s: a rollback to %s was cut off there; what it left is cleared away, and until this is done its service may be down"
                      .formatted(host.name(), it));
        });
    return goal.isPresent();
  }

  private Optional<Goal> goal(Host host) {
    return plan.backups().list(host).cutOff();
  }
}
