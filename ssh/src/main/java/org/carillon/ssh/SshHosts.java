package org.carillon.ssh;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.ssh.openssl.OpenSsl;

/**
 * Hosts reached over SSH. Those behind the same gateway share one connection to it, and each host
 * keeps one connection for all of its commands and copies. In the whole process no more than 8
 * logins are under way at one server, because sshd refuses some when there are more (MaxStartups).
 *
 * <p>Closing this closes every host that it has connected.
 */
public final class SshHosts implements AutoCloseable {
  private final SshLimits limits;
  private final Account account;
  private final SshConfigFiles configFiles;
  private final Map<List<Hop>, SshConnection> connections = new HashMap<>();
  private boolean closed;

  /** Hosts with {@link SshLimits#defaults()}. */
  public SshHosts() {
    this(SshLimits.defaults());
  }

  /** Begins, on a thread of its own, what the first login would have to wait for. */
  public static void makeReady() {
    Thread.ofPlatform().daemon().name("carillon ssh readiness").start(OpenSsl::serveJsch);
  }

  /**
   * @param limits for each step of each connection
   */
  public SshHosts(SshLimits limits) {
    this(limits, Account.current());
  }

  SshHosts(SshLimits limits, Account account) {
    this.limits = limits;
    this.account = account;
    this.configFiles = new SshConfigFiles(account);
  }

  /**
   * Connects to a host, through others where the configuration says so.
   *
   * <p>A refused or reset connection is tried again, at most 5 times within about 5 s. A connection
   * that breaks later is made again by the next command or copy; what was under way is lost.
   *
   * @throws HostException if nobody answers, the host's key is wrong, or it does not let us in
   */
  public Host connect(SshTarget target) {
    SshConnection connection = connection(SshRoute.find(target, account, configFiles));
    connection.session();
    return new SshHost(target.name(), connection, limits);
  }

  private synchronized SshConnection connection(List<Hop> route) {
    if (closed) {
      throw new IllegalStateException("these hosts are closed");
    }
    SshConnection existing = connections.get(route);
    if (existing != null) {
      return existing;
    }
    Optional<SshConnection> gateway =
        route.size() == 1
            ? Optional.empty()
            : Optional.of(connection(shared(route.subList(0, route.size() - 1))));
    SshConnection connection = new SshConnection(route.getLast(), gateway, limits);
    connections.put(List.copyOf(route), connection);
    return connection;
  }

  /** The same gateway is the same connection, whichever host behind it was asked for first. */
  private static List<Hop> shared(List<Hop> gateways) {
    return gateways.stream().map(hop -> hop.named("gateway " + hop.address())).toList();
  }

  @Override
  public void close() {
    List<SshConnection> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(connections.values());
      connections.clear();
    }
    all.forEach(SshConnection::close);
  }
}
