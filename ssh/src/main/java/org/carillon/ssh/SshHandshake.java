package org.carillon.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.carillon.core.time.DurationText;
import org.carillon.ssh.openssl.OpenSsl;

/**
 * Makes one connection: from the TCP connection to the accepted key, with a deadline for each of
 * the two, a bounded number of attempts, and never more than {@link HandshakePlaces#AT_ONCE} at a
 * time at one server or through one gateway, because they refuse logins at random when too many
 * begin at once.
 */
final class SshHandshake {
  static final int ATTEMPTS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(150);

  /** How late a deadline may be noticed: of many logins at once, each look takes its time. */
  private static final Duration LOOK = Duration.ofMillis(50);

  /**
   * curve25519 costs a quarter of sntrup761 and serves every OpenSSH since 6.5; the rest is for
   * hosts with a policy of their own.
   */
  private static final String KEY_EXCHANGES =
      "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,"
          + "ecdh-sha2-nistp521,mlkem768x25519-sha256,diffie-hellman-group-exchange-sha256,"
          + "diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,"
          + "diffie-hellman-group14-sha256";

  private static final String HOST_KEYS =
      "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,rsa-sha2-512,"
          + "rsa-sha2-256";

  /** Offered first where known_hosts has an authority for the host. */
  private static final String HOST_CERTIFICATES =
      "ssh-ed25519-cert-v01@openssh.com,ecdsa-sha2-nistp256-cert-v01@openssh.com,"
          + "ecdsa-sha2-nistp384-cert-v01@openssh.com,ecdsa-sha2-nistp521-cert-v01@openssh.com,"
          + "rsa-sha2-512-cert-v01@openssh.com,rsa-sha2-256-cert-v01@openssh.com";

  /** Cheapest first: AES has instructions of its own in processors of the last fifteen years. */
  private static final String CIPHERS =
      "aes128-gcm@openssh.com,aes256-gcm@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr";

  /** What JSch would make of each algorithm before it offers it. */
  private static final List<String> TRIALS =
      List.of("CheckKexes", "CheckCiphers", "CheckMacs", "CheckSignatures");

  private final Hop hop;
  private final Optional<Session> gateway;
  private final SshLimits limits;

  /**
   * @param gateway through which to go, connected
   */
  SshHandshake(Hop hop, Optional<Session> gateway, SshLimits limits) {
    this.hop = hop;
    this.gateway = gateway;
    this.limits = limits;
  }

  /** A session that is let in. */
  Session connect() {
    for (int attempt = 1; ; attempt++) {
      boolean refusedBefore = OpenSsl.hasRefused();
      try {
        return attempt();
      } catch (HandshakeFailure e) {
        // Of a refused signature JSch only says that nobody was let in.
        boolean retry = e.retry() || OpenSsl.hasRefused() != refusedBefore;
        if (!retry || attempt == ATTEMPTS) {
          throw e.failure(attempt);
        }
        pause(attempt);
      }
    }
  }

  /**
   * Waits 0.5–1.5 times a length that doubles: hosts that were refused together do not return so.
   */
  private void pause(int attempt) {
    long lengthNs = FIRST_PAUSE.toNanos() << (attempt - 1);
    Duration length =
        Duration.ofNanos((long) (lengthNs * (0.5 + ThreadLocalRandom.current().nextDouble())));
    try {
      Deadline.in(length).pause(length);
    } catch (InterruptedException e) {
      throw CommandWatch.interrupted(hop.name(), "connecting to " + hop.where(), e);
    }
  }

  private Session attempt() throws HandshakeFailure {
    Semaphore places = HandshakePlaces.of(hop, gateway);
    boolean direct = gateway.isEmpty();
    if (direct) {
      take(places);
    }
    Attempt attempt = new Attempt(places, direct);
    try {
      return attempt.run();
    } finally {
      attempt.leavePlace();
    }
  }

  private void take(Semaphore places) {
    try {
      places.acquire();
    } catch (InterruptedException e) {
      throw CommandWatch.interrupted(hop.name(), "connecting to " + hop.where(), e);
    }
  }

  /** One attempt. It runs on a thread of its own, because parts of it cannot be interrupted. */
  private final class Attempt {
    private final Deadline connecting = Deadline.in(limits.connect());
    private final AtomicReference<Deadline> authenticating = new AtomicReference<>();
    private final TcpSockets sockets = new TcpSockets(connecting, this::connected);
    private final AtomicReference<Session> session = new AtomicReference<>();
    private final AtomicReference<Identities> identities = new AtomicReference<>();
    private final Semaphore places;
    private volatile Throwable failure;
    private volatile boolean abandoned;

    /** Connected, but as many others log in through the same gateway as may at once. */
    private volatile boolean waiting;

    private boolean hasPlace;
    private boolean isOver;

    Attempt(Semaphore places, boolean hasPlace) {
      this.places = places;
      this.hasPlace = hasPlace;
    }

    /**
     * A server that is reached directly counts us from its accept on, so the place was taken
     * before. Behind a gateway it is taken when the connection stands: hosts that are down hold
     * none.
     */
    private void connected() {
      if (gateway.isPresent()) {
        waiting = true;
        take(places);
        keepPlace();
      }
      authenticating.set(Deadline.in(limits.authentication()));
      waiting = false;
    }

    private synchronized void keepPlace() {
      hasPlace = !isOver;
      if (isOver) {
        places.release();
      }
    }

    synchronized void leavePlace() {
      isOver = true;
      if (hasPlace) {
        hasPlace = false;
        places.release();
      }
    }

    Session run() throws HandshakeFailure {
      Thread thread =
          Thread.ofPlatform().daemon().name("carillon ssh " + hop.where()).start(this::handshake);
      try {
        while (!thread.join(LOOK)) {
          Deadline deadline = authenticating.get() == null ? connecting : authenticating.get();
          if (deadline.passed() && !waiting) {
            abandon();
            throw new HandshakeFailure(hop, timeout(), false);
          }
        }
      } catch (InterruptedException e) {
        abandon();
        throw CommandWatch.interrupted(hop.name(), "connecting to " + hop.where(), e);
      }
      if (failure != null) {
        throw new HandshakeFailure(
            hop, failure, Optional.ofNullable(identities.get()), authenticating.get() != null);
      }
      return session.get();
    }

    private void handshake() {
      try {
        if (gateway.isEmpty()) {
          sockets.open(hop.address(), hop.port());
        }
        OpenSsl.serveJsch();
        JSch jsch = new JSch();
        jsch.setInstanceLogger(new JschLog(hop.name()));
        Identities keys = new Identities(hop, jsch);
        identities.set(keys);
        Session made = jsch.getSession(hop.user(), hop.address(), hop.port());
        session.set(made);
        made.setIdentityRepository(keys);
        HostKeyCheck check = new HostKeyCheck(hop);
        made.setHostKeyRepository(check);
        configure(made, check, keys);
        if (gateway.isPresent()) {
          made.setProxy(new JumpProxy(gateway.get(), connecting, this::connected));
        } else {
          made.setSocketFactory(sockets);
        }
        // A limit for single reads, longer than the deadlines that are watched from outside.
        made.connect(Math.toIntExact(limits.connect().plus(limits.authentication()).toMillis()));
        if (abandoned) {
          made.disconnect();
        }
      } catch (JSchException | RuntimeException e) {
        sockets.abandon();
        failure = e;
      }
    }

    private void configure(Session made, HostKeyCheck check, Identities keys) throws JSchException {
      made.setDaemonThread(true);
      made.setConfig("StrictHostKeyChecking", "yes");
      made.setConfig("HashKnownHosts", "no");
      made.setConfig("PreferredAuthentications", "publickey");
      made.setConfig("kex", KEY_EXCHANGES);
      made.setConfig(
          "server_host_key",
          check.hasAuthorities() ? HOST_CERTIFICATES + "," + HOST_KEYS : HOST_KEYS);
      made.setConfig("host_certificate_to_key_fallback", check.hasKeys() ? "yes" : "no");
      if (hop.aliased()) {
        made.setHostKeyAlias(hop.keyName());
      }
      // Java 25 has all of these; to try each of them out would cost more than the login itself.
      for (String trial : TRIALS) {
        made.setConfig(trial, "");
      }
      // Without a question whose answer is known: we have keys, and usually the first one fits.
      made.setConfig("enable_auth_none", "no");
      made.setConfig("enable_pubkey_auth_query", keys.getIdentities().size() == 1 ? "no" : "yes");
      made.setConfig("cipher.c2s", CIPHERS);
      made.setConfig("cipher.s2c", CIPHERS);
      made.setServerAliveInterval(Math.toIntExact(limits.keepAlive().toMillis()));
      made.setServerAliveCountMax(SshLimits.KEEP_ALIVE_COUNT);
    }

    private void abandon() {
      abandoned = true;
      sockets.abandon();
      Session made = session.get();
      if (made != null) {
        // It may wait for a lock that the hanging thread holds.
        Thread.ofPlatform().daemon().start(made::disconnect);
      }
    }

    private HostException timeout() {
      String what =
          authenticating.get() == null
              ? "no connection to %s within %s; is the host up, and the port right?"
                  .formatted(hop.where(), DurationText.format(limits.connect()))
              : "%s took the connection but did not let us in within %s"
                  .formatted(hop.where(), DurationText.format(limits.authentication()));
      return new HostException(HostException.Kind.TIMEOUT, hop.name(), what);
    }
  }
}
