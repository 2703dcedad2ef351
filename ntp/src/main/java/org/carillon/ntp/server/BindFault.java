package org.carillon.ntp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/** Explains why an address could not be bound. */
final class BindFault {

  private static final int UNPRIVILEGED_PORT_FIRST = 1_024;

  private BindFault() {}

  /**
   * @param protocol UDP or TCP
   * @param option the option that names the port
   */
  static CarillonException explain(
      String protocol, String option, InetSocketAddress address, IOException fault) {
    String host = address.getAddress().getHostAddress();
    String where =
        protocol + " " + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    String reason = String.valueOf(fault.getMessage());
    if (reason.contains("in use")) {
      return new CarillonException(
          ExitCode.CONNECTION,
          where + " is in use by another program: stop that one, or choose another " + option + ".",
          fault);
    }
    if (reason.contains("denied") && address.getPort() < UNPRIVILEGED_PORT_FIRST) {
      return new CarillonException(
          ExitCode.USAGE,
          where
              + " is a privileged port, open to root or with the capability"
              + " CAP_NET_BIND_SERVICE: choose a "
              + option
              + " from 1024 up.",
          fault);
    }
    return new CarillonException(
        ExitCode.USAGE,
        where + " cannot be used (" + reason + "): check --bind and " + option + ".",
        fault);
  }
}
