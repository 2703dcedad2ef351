package org.carillon.deploy.release;

import java.time.Instant;

/**
 * The release in use on a host on which no change is under way.
 *
 * @param since when it became good, by the clock of the machine that deployed it
 * @param change with which it did; empty if that is not known
 */
record FinishedRelease(String id, Instant since, String change) {

  /**
   * Whether a change that is under way on another host is finished with it, whoever brought it
   * here: one of another ID may have gone on with that change, or begun later.
   */
  boolean finishes(Pending open) {
    return id.equals(open.to()) && (change.equals(open.change()) || !since.isBefore(open.since()));
  }
}
