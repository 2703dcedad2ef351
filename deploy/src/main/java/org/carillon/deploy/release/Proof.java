package org.carillon.deploy.release;

import java.util.Map;
import org.carillon.deploy.deployable.Fleet;

/** Tells whether a release does its work on hosts where it is healthy. */
public interface Proof {

  /** Called before anything is changed on these hosts: what their logs hold already is old. */
  void before(Fleet hosts);

  /**
   * Looks.
   *
   * @param id of the release
   * @return by host, a sentence that says what is wrong; nothing of hosts where all is well
   */
  Map<String, String> complaints(Fleet hosts, String id);
}
