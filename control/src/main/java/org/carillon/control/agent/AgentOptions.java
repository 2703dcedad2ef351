package org.carillon.control.agent;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.carillon.control.identity.RunIdentity;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.net.HostPort;

/**
 * How an agent is reached and who it is.
 *
 * @param nodeId of the worker's node
 * @param listen address and TCP port of the control stream; port 0 takes a free one
 * @param identity of the run; without one, {@code listen} must be a loopback address
 * @param clockSpecification how the worker's clock was asked for
 * @param injectedFaults how faults were asked for; empty if none
 */
public record AgentOptions(
    String nodeId,
    InetSocketAddress listen,
    Optional<RunIdentity> identity,
    String clockSpecification,
    String injectedFaults) {

  /**
   * Where to listen, from {@code HOST:PORT}; port 0 stands for any free one.
   *
   * @throws CarillonException USAGE if it is no such text or the host is not known
   */
  public static InetSocketAddress listen(String text) {
    boolean anyPort = text.endsWith(":0");
    HostPort parsed;
    try {
      parsed = HostPort.parse(anyPort ? text.substring(0, text.length() - 1) + "1" : text);
    } catch (IllegalArgumentException e) {
      throw new CarillonException(ExitCode.USAGE, "control port: " + e.getMessage() + ".", e);
    }
    InetSocketAddress address = new InetSocketAddress(parsed.host(), anyPort ? 0 : parsed.port());
    if (address.isUnresolved()) {
      throw new CarillonException(
          ExitCode.USAGE,
          "control port: the host '"
              + parsed.host()
              + "' is not known here; give an address of this node, or 0.0.0.0 for all.");
    }
    return address;
  }
}
