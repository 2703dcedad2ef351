package org.carillon.ssh;

import com.jcraft.jsch.Session;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * How many logins may be under way at once: at one server, and through one gateway. Servers that
 * are reached directly do not hold each other up, since each counts its own logins.
 */
final class HandshakePlaces {
  /** Below OpenSSH's MaxStartups of 10, which is shared with everybody else's logins. */
  static final int AT_ONCE = 8;

  private static final Map<String, Semaphore> PLACES = new ConcurrentHashMap<>();

  private HandshakePlaces() {}

  /** The places of the server that counts, or suffers, this login. */
  static Semaphore of(Hop hop, Optional<Session> gateway) {
    String server =
        gateway
            .map(session -> "through " + session.getHost() + ":" + session.getPort())
            .orElse(hop.address() + ":" + hop.port());
    return PLACES.computeIfAbsent(server, key -> new Semaphore(AT_ONCE, true));
  }
}
