package org.carillon.cli.hosts;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.carillon.cli.Converters;
import org.carillon.cli.SshOptions;
import org.carillon.core.net.HostPort;
import org.carillon.ssh.HostKeyPolicy;
import org.carillon.ssh.LocalHost;
import org.carillon.ssh.SshHosts;
import org.carillon.ssh.SshLimits;
import org.carillon.ssh.SshTarget;
import org.carillon.ssh.fanout.FanOutSettings;
import org.carillon.ssh.fanout.HostSource;
import org.carillon.ssh.nodeset.NodeSet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How to get to the hosts, on how many at once, and how long that may take. */
final class HostsWay {

  /** The port that stands in for one that is not named, and is then left out again. */
  private static final int ANY_PORT = 22;

  private static final String THIS_MACHINE = "local";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private SshOptions options;

  @Option(
      names = {"-l", "--user"},
      paramLabel = "NAME",
      description = "The account on the hosts, unless a host names its own.")
  private String user;

  @Option(
      names = "--width",
      paramLabel = "N",
      description = "How many hosts at once (default: ${DEFAULT-VALUE}).")
  private int width = FanOutSettings.WIDTH_USUAL;

  @Option(
      names = "--connect-timeout",
      paramLabel = "DURATION",
      converter = Converters.OfSeconds.class,
      description = "How long until a host's connection stands (default: 10s).")
  private Duration connect = SshLimits.defaults().connect();

  @Option(
      names = "--login-timeout",
      paramLabel = "DURATION",
      converter = Converters.OfSeconds.class,
      description = "From there until it has let us in (default: 20s).")
  private Duration login = SshLimits.defaults().authentication();

  @Option(
      names = "--deadline",
      paramLabel = "DURATION",
      converter = Converters.OfSeconds.class,
      description = "For all hosts together (default: 1h).")
  private Duration deadline = Duration.ofHours(1);

  @Option(
      names = "--retries",
      paramLabel = "N",
      description =
          "How often a host is tried again that could not be reached, after jittered pauses"
              + " (default: ${DEFAULT-VALUE}; refused logins are tried five times anyway).")
  private int retries;

  Duration deadline() {
    return deadline;
  }

  /**
   * The SSH connections to be.
   *
   * @param silence how long a copy may stand still
   */
  SshHosts ssh(Duration silence) {
    try {
      options.requireFiles();
    } catch (IllegalArgumentException e) {
      throw refuse(e.getMessage());
    }
    try {
      return new SshHosts(new SshLimits(connect, login, silence, SshLimits.defaults().keepAlive()));
    } catch (IllegalArgumentException e) {
      throw refuse("--connect-timeout, --login-timeout, --silence: " + e.getMessage());
    }
  }

  /** How the work is spread. */
  FanOutSettings settings(String what, AtomicBoolean stop) {
    try {
      return new FanOutSettings(what, width, deadline, retries, stop::get);
    } catch (IllegalArgumentException e) {
      throw refuse("--width, --deadline, --retries: " + e.getMessage());
    }
  }

  /** The hosts by the names that they were given. */
  SequencedMap<String, HostSource> sources(NodeSet hosts, SshHosts ssh) {
    SequencedMap<String, HostSource> sources = new LinkedHashMap<>();
    for (String name : hosts.names()) {
      sources.put(
          name,
          name.equals(THIS_MACHINE)
              ? HostSource.of(new LocalHost(name))
              : HostSource.of(ssh, target(name)));
    }
    return sources;
  }

  private SshTarget target(String name) {
    int at = name.lastIndexOf('@');
    try {
      HostPort host = HostPort.parse(name.substring(at + 1), ANY_PORT);
      return new SshTarget(
          name,
          host.host(),
          HostPort.namesPort(name.substring(at + 1))
              ? OptionalInt.of(host.port())
              : OptionalInt.empty(),
          at < 0 ? Optional.ofNullable(user) : Optional.of(name.substring(0, at)),
          options.identity(),
          options.config(),
          options.knownHosts(),
          options.acceptsNew() ? HostKeyPolicy.ACCEPT_NEW : HostKeyPolicy.STRICT);
    } catch (IllegalArgumentException e) {
      throw refuse(name + ": " + e.getMessage());
    }
  }

  private ParameterException refuse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
