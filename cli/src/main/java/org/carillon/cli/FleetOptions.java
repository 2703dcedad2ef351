package org.carillon.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.experiment.HostKeyPolicy;
import org.carillon.core.experiment.HostKind;
import org.carillon.core.net.HostPort;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which hosts to look at, and how to get there. */
final class FleetOptions {

  /** The port that stands in for one that is not named, and is then left out again. */
  private static final int ANY_PORT = 22;

  private static final String THIS_MACHINE = "local";

  @Option(
      names = "--hosts",
      paramLabel = "[USER@]HOST[:PORT]",
      split = ",",
      splitSynopsisLabel = ",",
      description =
          "Check the clocks of these hosts, separated by commas, all at the same time over SSH, and"
              + " compare them; 'local' is this machine. Without --server this machine serves its"
              + " clock to them meanwhile.")
  private List<String> hosts = List.of();

  @Option(
      names = "--max-difference",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description = "How far the system clocks of two hosts may be apart (default: 1ms).")
  private Duration maxDifference = Duration.ofMillis(1);

  @Option(
      names = "--installed",
      paramLabel = "DIR",
      description =
          "Folder on every host that has bin/clockcheck; without it, the release is brought to"
              + " --work-dir, once.")
  private String installed;

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "Folder on every host for the release (default: ${DEFAULT-VALUE}).")
  private String workFolder = "~/.carillon";

  @ArgGroup(validate = false)
  private SshOptions options = new SshOptions();

  /** Whether there are any. */
  boolean isGiven() {
    return !hosts.isEmpty();
  }

  Duration maxDifference() {
    return maxDifference;
  }

  Optional<String> installed() {
    return Optional.ofNullable(installed);
  }

  String workFolder() {
    return workFolder;
  }

  /**
   * How to get there.
   *
   * @throws IllegalArgumentException with a sentence if a file that must be there is not
   */
  Experiment.Ssh ssh() {
    options.requireFiles();
    return new Experiment.Ssh(
        options.config(),
        options.knownHosts(),
        options.identity(),
        options.acceptsNew() ? HostKeyPolicy.ACCEPT_NEW : HostKeyPolicy.STRICT);
  }

  /**
   * The hosts by the names that they were given.
   *
   * @throws IllegalArgumentException with a sentence if one is none, or there twice
   */
  SequencedMap<String, Experiment.HostSpec> specs() {
    SequencedMap<String, Experiment.HostSpec> specs = new LinkedHashMap<>();
    for (String host : hosts) {
      String name = host.strip();
      if (specs.put(name, spec(name)) != null) {
        throw new IllegalArgumentException("--hosts has " + name + " twice");
      }
    }
    return specs;
  }

  private static Experiment.HostSpec spec(String text) {
    if (text.equals(THIS_MACHINE)) {
      return Experiment.HostSpec.local(Optional.empty());
    }
    int at = text.lastIndexOf('@');
    String address = text.substring(at + 1);
    if (at == 0 || address.isEmpty() || address.startsWith("-") || text.startsWith("-")) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a host: write HOST, USER@HOST or USER@HOST:PORT");
    }
    HostPort host = HostPort.parse(address, ANY_PORT);
    return new Experiment.HostSpec(
        HostKind.SSH,
        host.host(),
        HostPort.namesPort(address) ? OptionalInt.of(host.port()) : OptionalInt.empty(),
        at < 0 ? Optional.empty() : Optional.of(text.substring(0, at)),
        Optional.empty());
  }
}
