package org.carillon.deploy.backup;

import java.util.Map;
import java.util.SequencedMap;
import org.carillon.ssh.Host;
import org.carillon.ssh.fanout.HostSource;

/** What is looked at after a change: the same as after a release. */
public interface AfterChecks {

  /** Notes, before anything is changed, what must not count later: the logs so far. */
  void before(SequencedMap<String, HostSource> hosts);

  /**
   * Notes the same again of one host on which everything is in place and the service is at rest:
   * logs that were restored are not what they were.
   */
  default void placed(Host host) {}

  /**
   * Looks.
   *
   * @param versions release that each of these hosts must have; several if they went back to
   *     different ones
   * @return by host, what is wrong, in a sentence; nothing of hosts on which all is well
   */
  Map<String, String> after(SequencedMap<String, HostSource> hosts, Map<String, String> versions);
}
