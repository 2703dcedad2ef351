package org.carillon.ntp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.carillon.core.net.HostPort;

/**
 * The addresses of one server, tried in turn: a failure moves on to the next one, and after the
 * last the name is resolved afresh. For one thread, which resolving may keep waiting.
 */
final class ServerAddresses {

  private final HostPort server;
  private InetAddress[] addresses = {};
  private int next;

  ServerAddresses(HostPort server) {
    this.server = server;
  }

  /**
   * The address to ask.
   *
   * @throws UnknownHostException if there is none
   */
  InetSocketAddress current() throws UnknownHostException {
    if (next >= addresses.length) {
      addresses = InetAddress.getAllByName(server.host());
      next = 0;
    }
    return new InetSocketAddress(addresses[next], server.port());
  }

  /** The current address does not answer. */
  void failed() {
    next++;
  }
}
