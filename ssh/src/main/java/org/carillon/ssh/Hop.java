package org.carillon.ssh;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One SSH connection of a route, with everything that the configuration says about it.
 *
 * @param name for messages
 * @param address to connect to
 * @param port 1–65535
 * @param user the account
 * @param keyName what known_hosts calls it: its address, or its HostKeyAlias
 * @param aliased whether {@code keyName} is an alias, which has no port in known_hosts
 * @param identities private key files in the order in which they are offered
 * @param identitiesOnly whether the agent's other keys are not offered
 * @param agent the agent's socket
 * @param knownHosts files to read; new keys are written to the first
 * @param hashKnownHosts whether names are written hashed
 * @param hostKeyPolicy what to do with an unknown host
 */
record Hop(
    String name,
    String address,
    int port,
    String user,
    String keyName,
    boolean aliased,
    List<Path> identities,
    boolean identitiesOnly,
    Optional<Path> agent,
    List<Path> knownHosts,
    boolean hashKnownHosts,
    HostKeyPolicy hostKeyPolicy) {

  /** The same with another name for messages. */
  Hop named(String newName) {
    return new Hop(
        newName,
        address,
        port,
        user,
        keyName,
        aliased,
        identities,
        identitiesOnly,
        agent,
        knownHosts,
        hashKnownHosts,
        hostKeyPolicy);
  }

  /** By what tells hosts apart; the usual one of a record is put together anew in each process. */
  @Override
  public int hashCode() {
    return Objects.hash(name, address, port, user);
  }

  /** {@code user@address} and the port unless it is 22, as people write it. */
  String where() {
    return user + "@" + address + (port == 22 ? "" : ":" + port);
  }

  /** What known_hosts calls the host, with its port unless that is 22. */
  String knownAs() {
    return aliased || port == 22 ? keyName : "[" + keyName + "]:" + port;
  }
}
