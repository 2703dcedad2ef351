package org.carillon.ssh;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How to get to a host. What is empty comes from the OpenSSH configuration, and then from OpenSSH's
 * defaults.
 *
 * @param name how a user knows the host
 * @param address a name, an address, or a {@code Host} of the configuration
 * @param port 1–65535
 * @param user the account
 * @param identity the private key to offer before all others
 * @param configFile read instead of {@code ~/.ssh/config} and {@code /etc/ssh/ssh_config}
 * @param knownHosts read and written instead of the configured or default ones
 * @param hostKeyPolicy what to do with an unknown host
 */
public record SshTarget(
    String name,
    String address,
    OptionalInt port,
    Optional<String> user,
    Optional<Path> identity,
    Optional<Path> configFile,
    Optional<Path> knownHosts,
    HostKeyPolicy hostKeyPolicy) {

  public SshTarget {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a host has a name");
    }
    // A leading dash would be an option to any program that the address is handed to.
    if (address.isBlank()
        || address.startsWith("-")
        || address.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      throw new IllegalArgumentException("'" + address + "' is not the address of a host");
    }
    if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > 65_535)) {
      throw new IllegalArgumentException(port.getAsInt() + " is not a port (1–65535)");
    }
    if (user.isPresent() && (user.get().isBlank() || user.get().startsWith("-"))) {
      throw new IllegalArgumentException("'" + user.get() + "' is not the name of an account");
    }
  }

  /** A host about which the OpenSSH configuration knows the rest. */
  public static SshTarget of(String name, String address) {
    return new SshTarget(
        name,
        address,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        HostKeyPolicy.STRICT);
  }
}
