package org.carillon.deploy.records;

import java.time.Duration;

/**
 * What to do when somebody else holds a lock.
 *
 * @param patience how long to wait for it; zero to refuse at once
 * @param breakOthers whether to take a node's lock although its holder, on another head node, may
 *     live
 */
public record LockPolicy(Duration patience, boolean breakOthers) {

  /** Refuses at once. */
  public static final LockPolicy REFUSE = new LockPolicy(Duration.ZERO, false);
}
