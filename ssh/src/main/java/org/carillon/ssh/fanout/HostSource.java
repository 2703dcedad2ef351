package org.carillon.ssh.fanout;

import org.carillon.ssh.Host;
import org.carillon.ssh.SshHosts;
import org.carillon.ssh.SshTarget;

/** How to get to a host. */
@FunctionalInterface
public interface HostSource {

  /**
   * Gets there; called again if the way there is to be tried again.
   *
   * @throws org.carillon.ssh.HostException if it cannot be reached
   */
  Host open();

  /** A host that is connected already. */
  static HostSource of(Host host) {
    return () -> host;
  }

  /** A host that is connected to when it is its turn; the hosts' owner closes it. */
  static HostSource of(SshHosts hosts, SshTarget target) {
    return () -> hosts.connect(target);
  }
}
