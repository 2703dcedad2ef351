package org.carillon.deploy.deployable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.experiment.HostKind;
import org.carillon.ssh.Detached;
import org.carillon.ssh.ShellWords;

/**
 * A service or a set of files that lives on many hosts. Paths of this machine are absolute; paths
 * on a host are absolute or relative to the account's home folder.
 *
 * @param source as it was named, for advice
 * @param name {@code [a-z0-9-]}
 * @param hosts on which it lives
 * @param reports folder of this machine for its reports, its history and its lock
 */
public record Deployable(
    Source source,
    String name,
    Optional<String> description,
    Hosts hosts,
    Experiment.Ssh ssh,
    String root,
    Path reports,
    Release release,
    Optional<Service> service,
    Backup backup,
    Rollout rollout,
    Validate validate) {

  /** Stands in {@code root} for the name of the host. */
  public static final String HOST_TOKEN = "%h";

  /** The root folder on a host, with the host's name in the place of {@code %h}. */
  public String rootOn(String host) {
    return root.replace(HOST_TOKEN, host);
  }

  /**
   * Where it was read from, as the command line had it.
   *
   * @param settings {@code PATH=VALUE} each, as after {@code --set}
   */
  public record Source(Path file, List<String> settings) {
    public Source {
      settings = List.copyOf(settings);
    }

    /**
     * A command line about it, to be pasted into a shell.
     *
     * @param command such as {@code deploy resume}
     * @param options behind the file
     * @param more behind the settings
     */
    public String command(String command, List<String> options, List<String> more) {
      List<String> words = new ArrayList<>();
      words.add(file.toString());
      words.addAll(options);
      settings.forEach(setting -> words.addAll(List.of("--set", setting)));
      words.addAll(more);
      return "`" + command + " " + ShellWords.join(words) + "`";
    }
  }

  /**
   * Which hosts, and how they are reached.
   *
   * @param text a node set, as written
   * @param groups file with the groups that it may name
   * @param kind {@code LOCAL} stands for this machine under each of the names
   * @param user account; that of the SSH configuration if empty
   */
  public record Hosts(String text, Optional<Path> groups, HostKind kind, Optional<String> user) {}

  /**
   * What is released.
   *
   * @param files folder of this machine
   * @param version readable beginning of a release's ID
   * @param shared names at the top of a release that are links to what outlives releases
   * @param keep good releases kept on each host, ≥ 1
   */
  public record Release(Path files, String version, List<String> shared, int keep) {
    public Release {
      shared = List.copyOf(shared);
    }
  }

  /** How the service is started, stopped, and known to be healthy. */
  public record Service(Start start, Stop stop, Health health) {}

  /** Who runs the service. */
  public sealed interface Start {

    /**
     * We do.
     *
     * @param argv program and arguments, run in {@code current/}
     */
    record Program(List<String> argv) implements Start {
      public Program {
        argv = List.copyOf(argv);
      }
    }

    /** The account's own systemd does. */
    record SystemdUserUnit(String unit) implements Start {}
  }

  /**
   * How it is asked to end.
   *
   * @param deadline after which it is killed
   */
  public record Stop(Detached.Signal signal, Duration deadline) {}

  /**
   * How it is known to be healthy: by all that is given, besides that its process lives.
   *
   * @param http answers with status 200–299, asked for on the host
   * @param port of TCP, listened on by any process of the host
   * @param command run in {@code current/}, ends with 0; empty for none
   * @param pidFile relative to {@code current/}; names a process that lives
   * @param window within which it must become so
   * @param interval between two looks
   */
  public record Health(
      Optional<URI> http,
      OptionalInt port,
      List<String> command,
      Optional<String> pidFile,
      Duration window,
      Duration interval) {
    public Health {
      command = List.copyOf(command);
    }
  }

  /**
   * What is backed up besides the release itself.
   *
   * @param paths relative to the root
   * @param retention how long a backup is kept
   * @param keep how many are kept at most, ≥ 1
   */
  public record Backup(List<String> paths, Duration retention, int keep) {
    public Backup {
      paths = List.copyOf(paths);
    }
  }

  /**
   * In which order hosts get it.
   *
   * @param batch at once
   * @param canary hosts before all others, ≥ 0
   * @param maxFail failed hosts with which it still goes on
   * @param soak between becoming healthy and being validated
   */
  public record Rollout(Share batch, int canary, Share maxFail, Duration soak) {}

  /**
   * What is looked at after a change, and by {@code validate}.
   *
   * @param logs files on a host, relative to the root
   * @param patterns counted in the logs
   * @param ports of TCP that must be listened on
   * @param connectivity between all pairs of hosts; empty for no such check
   * @param experiment a short experiment of this machine to run
   */
  public record Validate(
      List<Test> tests,
      List<String> logs,
      List<LogPattern> patterns,
      Limits limits,
      List<Integer> ports,
      Optional<Connectivity> connectivity,
      Optional<Path> experiment) {
    public Validate {
      tests = List.copyOf(tests);
      logs = List.copyOf(logs);
      patterns = List.copyOf(patterns);
      ports = List.copyOf(ports);
    }
  }

  /**
   * A command that tells whether the service does its work.
   *
   * @param command run in {@code current/} on the host; passes with exit code 0
   */
  public record Test(String name, List<String> command, Duration deadline) {
    public Test {
      command = List.copyOf(command);
    }
  }

  /**
   * Lines of a log that must not be many.
   *
   * @param regex as Java reads it, found anywhere in a line
   * @param max with more lines than this, the check fails
   */
  public record LogPattern(String name, Pattern regex, long max) {}

  /** Limits of what a host and the service may use; those that are empty are not checked. */
  public record Limits(
      OptionalDouble cpuPercent,
      OptionalDouble memoryPercent,
      OptionalDouble diskPercent,
      OptionalLong openFiles,
      Optional<Duration> clockBound,
      Optional<Duration> responseP99) {}

  /**
   * What is sent between each pair of hosts.
   *
   * @param udp whether datagrams are sent both ways
   * @param probes per direction, ≥ 1
   */
  public record Connectivity(boolean udp, int probes) {}
}
