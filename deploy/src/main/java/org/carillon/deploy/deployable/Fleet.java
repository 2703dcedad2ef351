package org.carillon.deploy.deployable;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.experiment.HostKind;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;
import org.carillon.ssh.HostKeyPolicy;
import org.carillon.ssh.LocalHost;
import org.carillon.ssh.SshHosts;
import org.carillon.ssh.SshLimits;
import org.carillon.ssh.SshTarget;
import org.carillon.ssh.fanout.HostSource;
import org.carillon.ssh.nodeset.Groups;
import org.carillon.ssh.nodeset.NodeSet;

/**
 * The hosts of a deployable. Each is connected when it is first asked for, and stays so until this
 * is closed.
 */
public final class Fleet implements AutoCloseable {
  /** A host that goes away in the middle of a change is known to be gone within 20 s. */
  private static final SshLimits LIMITS =
      new SshLimits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5));

  private final Deployable deployable;
  private final NodeSet names;
  private final boolean isWhole;
  private final SshHosts ssh;
  private final Map<String, Host> connected;

  private Fleet(
      Deployable deployable,
      NodeSet names,
      boolean isWhole,
      SshHosts ssh,
      Map<String, Host> connected) {
    this.deployable = deployable;
    this.names = names;
    this.isWhole = isWhole;
    this.ssh = ssh;
    this.connected = connected;
  }

  /**
   * All of its hosts, or some of them.
   *
   * @param limit a node set as after {@code --limit}; each name must be a host of the deployable
   * @throws CarillonException USAGE if a set cannot be read, is empty, or names others
   */
  public static Fleet of(Deployable deployable, Optional<String> limit) {
    NodeSet all = set(deployable, deployable.hosts().text());
    return of(deployable, all, limit.map(text -> set(deployable, text)).orElse(all));
  }

  /** Hosts that somebody else has connected, and closes. */
  public static Fleet over(Deployable deployable, Map<String, ? extends Host> hosts) {
    return new Fleet(
        deployable,
        NodeSet.of(hosts.keySet()),
        true,
        new SshHosts(LIMITS),
        new ConcurrentHashMap<>(hosts));
  }

  private static NodeSet set(Deployable deployable, String text) {
    try {
      return NodeSet.parse(text, deployable.hosts().groups().map(Groups::read).orElse(Groups.NONE));
    } catch (IllegalArgumentException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot read the hosts '" + text + "': " + e.getMessage(), e);
    }
  }

  private static Fleet of(Deployable deployable, NodeSet all, NodeSet names) {
    List<String> strangers =
        names.names().stream().filter(name -> !all.names().contains(name)).toList();
    if (!strangers.isEmpty()) {
      throw new CarillonException(
          ExitCode.USAGE,
          NodeSet.of(strangers)
              + (strangers.size() == 1 ? " is not one" : " are not some")
              + " of the hosts of "
              + deployable.name()
              + ", which are "
              + all
              + ".");
    }
    if (names.isEmpty()) {
      throw new CarillonException(
          ExitCode.USAGE, "no host of " + deployable.name() + " is left to do this on.");
    }
    return new Fleet(
        deployable,
        names,
        names.size() == all.size(),
        new SshHosts(LIMITS),
        new ConcurrentHashMap<>());
  }

  /** Some of these hosts, over the same connections; those are closed with either. */
  public Fleet limitedTo(Collection<String> some) {
    NodeSet left = NodeSet.of(some);
    return new Fleet(deployable, left, isWhole && left.size() == names.size(), ssh, connected);
  }

  /** What lives on these hosts. */
  public Deployable deployable() {
    return deployable;
  }

  /** Whether these are all hosts of the deployable. */
  public boolean isWhole() {
    return isWhole;
  }

  /** Their names, in the order of the file. */
  public NodeSet names() {
    return names;
  }

  /**
   * A command line about these hosts, to be pasted into a shell: with the file and the settings as
   * they were given, and with {@code --limit} if these are not all.
   *
   * @param command such as {@code deploy resume}
   */
  public String command(String command, String... options) {
    List<String> limit = isWhole ? List.of() : List.of("--limit", names.toString());
    return deployable.source().command(command, List.of(options), limit);
  }

  /** Each of them, for a fan-out: asked for its host, it connects. */
  public SequencedMap<String, HostSource> hosts() {
    return names.names().stream()
        .collect(
            Collectors.toMap(
                name -> name,
                name -> () -> host(name),
                (one, other) -> one,
                LinkedHashMap<String, HostSource>::new));
  }

  /**
   * One of them, connected; several threads may ask at once.
   *
   * @throws HostException if it cannot be reached; the next call tries again
   */
  public Host host(String name) {
    Host known = connected.get(name);
    if (known != null) {
      return known;
    }
    if (!names.names().contains(name)) {
      throw new IllegalArgumentException(name + " is not one of " + names);
    }
    Host host =
        deployable.hosts().kind() == HostKind.LOCAL
            ? new LocalHost(name)
            : ssh.connect(target(name));
    Host other = connected.putIfAbsent(name, host);
    return other == null ? host : other;
  }

  private SshTarget target(String name) {
    HostKeyPolicy policy =
        switch (deployable.ssh().hostKeys()) {
          case STRICT -> HostKeyPolicy.STRICT;
          case ACCEPT_NEW -> HostKeyPolicy.ACCEPT_NEW;
        };
    return new SshTarget(
        name,
        name,
        OptionalInt.empty(),
        deployable.hosts().user(),
        deployable.ssh().identity(),
        deployable.ssh().config(),
        deployable.ssh().knownHosts(),
        policy);
  }

  /** Ends all connections. */
  @Override
  public void close() {
    ssh.close();
  }
}
