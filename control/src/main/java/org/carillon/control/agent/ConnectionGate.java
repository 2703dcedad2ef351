package org.carillon.control.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import javax.net.ServerSocketFactory;
import org.carillon.core.time.ClockSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control port's sockets, bounded so that nobody can use up this process's file descriptors,
 * threads or memory. A newcomer who finds the port crowded takes the place of the one who has
 * waited longest without a proof of the identity, first of those from its own address; so a
 * coordinator gets through a crowd of idle connections. Who has shown the identity keeps its place.
 */
final class ConnectionGate extends ServerSocketFactory {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionGate.class);

  /** Of connections that have not shown the identity yet; 1,024 descriptors are usual. */
  static final int UNPROVEN_MAX = 128;

  static final int UNPROVEN_PER_ADDRESS_MAX = 64;

  /** Of those that have: one is the run's, others are its remains after the link was cut. */
  static final int PROVEN_MAX = 16;

  private static final Duration PAUSE_AFTER_FAULT = Duration.ofMillis(100);

  private final ClockSource clock;
  private final Strangers strangers = new Strangers();

  /** In the order of their coming. */
  private final Set<Connection> unproven = new LinkedHashSet<>();

  private final Set<Connection> proven = new LinkedHashSet<>();
  private boolean closing;

  ConnectionGate(ClockSource clock) {
    this.clock = clock;
  }

  /** A connection from this address has shown the identity. */
  void proven(SocketAddress address) {
    Optional<Connection> connection;
    boolean crowded;
    synchronized (this) {
      connection =
          unproven.stream().filter(c -> address.equals(c.getRemoteSocketAddress())).findFirst();
      connection.ifPresent(unproven::remove);
      crowded = proven.size() >= PROVEN_MAX;
      if (!crowded) {
        connection.ifPresent(proven::add);
      }
    }
    if (crowded) {
      connection.ifPresent(
          it -> {
            strangers.refused(
                it.getInetAddress(), "came when there were " + PROVEN_MAX + " with the identity");
            closeQuietly(it);
          });
    }
  }

  /** A control stream was opened over the connection from this address. */
  synchronized void opened(SocketAddress address) {
    proven.stream()
        .filter(c -> address.equals(c.getRemoteSocketAddress()))
        .forEach(c -> c.hasStream = true);
  }

  /** A message over the connection from this address was larger than any that we know. */
  void tooLarge(SocketAddress address) {
    if (address instanceof InetSocketAddress internet) {
      strangers.refused(internet.getAddress(), "sent a message that is too large");
    }
  }

  /** From now on, closed connections are no strangers'. */
  synchronized void closing() {
    closing = true;
  }

  synchronized int unprovenCount() {
    return unproven.size();
  }

  private void admit(Connection newcomer) {
    Optional<Connection> displaced;
    synchronized (this) {
      displaced = displacedBy(newcomer.getInetAddress());
      unproven.add(newcomer);
    }
    displaced.ifPresent(ConnectionGate::closeQuietly);
  }

  private Optional<Connection> displacedBy(InetAddress address) {
    long fromThere = unproven.stream().filter(c -> c.isFrom(address)).count();
    if (fromThere >= UNPROVEN_PER_ADDRESS_MAX) {
      return unproven.stream().filter(c -> c.isFrom(address)).findFirst();
    }
    return unproven.size() >= UNPROVEN_MAX ? unproven.stream().findFirst() : Optional.empty();
  }

  private void closed(Connection connection) {
    boolean withoutIdentity;
    boolean withoutStream;
    synchronized (this) {
      withoutIdentity = unproven.remove(connection) && !closing;
      withoutStream = proven.remove(connection) && !connection.hasStream && !closing;
    }
    if (withoutIdentity) {
      strangers.refused(connection.getInetAddress(), "did not show this run's identity");
    } else if (withoutStream) {
      strangers.refused(
          connection.getInetAddress(), "showed this run's identity, but opened no control stream");
    }
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      LOG.debug("closing a connection failed", e);
    }
  }

  @Override
  public ServerSocket createServerSocket() throws IOException {
    return new Door();
  }

  @Override
  public ServerSocket createServerSocket(int port) {
    throw new UnsupportedOperationException("the server binds its socket itself");
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog) {
    return createServerSocket(port);
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
    return createServerSocket(port);
  }

  /** Goes on accepting whatever happens: gRPC's server would end at the first fault. */
  private final class Door extends ServerSocket {
    private boolean faultTold;

    Door() throws IOException {}

    @Override
    public Socket accept() throws IOException {
      while (true) {
        Connection connection = new Connection();
        try {
          implAccept(connection);
          admit(connection);
          return connection;
        } catch (IOException e) {
          if (isClosed()) {
            throw e;
          }
          pauseAfter(e);
        }
      }
    }

    private void pauseAfter(IOException fault) throws IOException {
      if (!faultTold) {
        faultTold = true;
        LOG.warn("control port: cannot accept a connection: {}", fault.getMessage());
      }
      try {
        clock.sleep(PAUSE_AFTER_FAULT);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while it waited to accept again", e);
      }
    }
  }

  /** Known to the gate until it is closed. */
  private final class Connection extends Socket {
    private boolean hasStream;

    boolean isFrom(InetAddress address) {
      return address.equals(getInetAddress());
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        closed(this);
      }
    }
  }
}
