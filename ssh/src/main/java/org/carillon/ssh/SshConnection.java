package org.carillon.ssh;

import com.jcraft.jsch.Session;
import java.util.Optional;

/**
 * The way to one host, connected when it is first needed and again when it was lost. Gateways are
 * connections of their own and shared by all hosts behind them.
 */
final class SshConnection {
  private final Hop hop;
  private final Optional<SshConnection> gateway;
  private final SshLimits limits;
  private Session session;

  /** The last one that was given up; not under the lock, which a connection attempt may hold. */
  private volatile Session dropped;

  /** What the last attempt that came to nothing came to. */
  private volatile HostException failure;

  private final UnendedCommands unended = new UnendedCommands();

  private int users;
  private boolean closed;

  SshConnection(Hop hop, Optional<SshConnection> gateway, SshLimits limits) {
    this.hop = hop;
    this.gateway = gateway;
    this.limits = limits;
  }

  Hop hop() {
    return hop;
  }

  /** Those of all who have used this connection. */
  UnendedCommands unended() {
    return unended;
  }

  /**
   * A session that is let in, the present one if it still stands. Who waits for the attempt of
   * another one fails with it: else all behind a gateway that is gone would try it one by one.
   */
  Session session() {
    HostException before = failure;
    synchronized (this) {
      if (stands()) {
        return session;
      }
      HostException shared = failure;
      if (shared != before && shared.kind() != HostException.Kind.INTERRUPTED) {
        throw new HostException(
            shared.kind(), hop.name(), HostSentence.bare(hop.name(), shared.getMessage()), shared);
      }
      try {
        session = connect();
        return session;
      } catch (HostException e) {
        failure = e;
        throw e;
      }
    }
  }

  private boolean stands() {
    return !closed && session != null && session != dropped && session.isConnected();
  }

  private Session connect() {
    if (closed) {
      throw new HostException(HostException.Kind.LOST, hop.name(), "its connection was closed");
    }
    // The gateway first: it takes one of the few places for handshakes, and so would we.
    Optional<Session> through = gateway.map(SshConnection::session);
    return new SshHandshake(hop, through, limits).connect();
  }

  /** Ends a session that no longer answers, so that the next use makes another. */
  void drop(Session broken) {
    dropped = broken;
    // A hanging write would hang this too.
    Thread.ofPlatform()
        .daemon()
        .name("carillon ssh close " + hop.where())
        .start(broken::disconnect);
  }

  /** One more host uses this connection. */
  synchronized void enter() {
    users++;
  }

  /** One host less does; without any, the session ends, and a later use makes another. */
  synchronized void leave() {
    users--;
    if (users == 0 && session != null) {
      session.disconnect();
    }
  }

  /** Ends the session for good. */
  synchronized void close() {
    closed = true;
    if (session != null) {
      session.disconnect();
    }
  }
}
