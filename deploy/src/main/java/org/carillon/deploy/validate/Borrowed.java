package org.carillon.deploy.validate;

import org.carillon.ssh.ForwardingHost;
import org.carillon.ssh.Host;

/**
 * A connection for somebody who closes what he uses, while it belongs to somebody who uses it on.
 */
final class Borrowed extends ForwardingHost {

  /**
   * @param owned by its owner
   */
  Borrowed(Host owned) {
    super(owned);
  }

  /** Leaves it open. */
  @Override
  public void close() {}
}
