package org.carillon.control.agent;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells, once for each address, who came to the control port with no business there. */
final class Strangers {

  private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);
  private static final int NAMED_MAX = 256;

  private final Set<InetAddress> named = new HashSet<>();

  /**
   * @param why what it did, after "which"
   */
  synchronized void refused(InetAddress address, String why) {
    if (named.size() > NAMED_MAX || !named.add(address)) {
      return;
    }
    if (named.size() > NAMED_MAX) {
      LOG.warn("control port: refused connections from more than {} addresses", NAMED_MAX);
    } else {
      LOG.warn(
          "control port: refused a connection from {}, which {} (said once for each address)",
          address.getHostAddress(),
          why);
    }
  }
}
