package org.carillon.core.experiment;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.carillon.core.event.WireFormat;
import org.carillon.core.fault.FaultPlan;
import org.carillon.core.net.HostPort;
import org.carillon.core.net.PathAsymmetry;
import org.carillon.core.time.PollInterval;

/**
 * An experiment as it will run: checked, with every default and override applied.
 *
 * @param name of the experiment and of its folder of runs
 * @param description for people, if there is one
 * @param nodes by name, in the order of the file; at least one
 */
public record Experiment(
    String name,
    Optional<String> description,
    Run run,
    Time time,
    SequencedMap<String, Node> nodes,
    Coordinator coordinator,
    Workload workload,
    Worker worker,
    Ssh ssh,
    Analysis analysis,
    Deadlines deadlines) {

  public Experiment {
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("an experiment has at least one node");
    }
    nodes = new LinkedHashMap<>(nodes);
  }

  /**
   * Where and on what conditions the experiment runs.
   *
   * @param resultsDir folder of all experiments' runs on the head node, absolute
   * @param workDir folder on SSH nodes, absolute or beginning with {@code ~/}
   * @param minFreeDiskBytes of a node's work folder, ≥ 0
   * @param maxClockBound of every clock before the start, above 0
   * @param clockGate how long the start waits for that
   * @param startDelay from all being ready to the common start, at most 5 minutes
   * @param fastStart whether to shorten that to what the slowest worker needs
   * @param preparePolicy how many workers the start needs: {@code all}, {@code best-effort}, {@code
   *     quorum:N}
   * @param runPolicy how many the run needs, likewise
   * @param keepNodeFiles whether the run's files stay on the nodes
   */
  public record Run(
      Path resultsDir,
      String workDir,
      long minFreeDiskBytes,
      Duration maxClockBound,
      Duration clockGate,
      Duration startDelay,
      boolean fastStart,
      String preparePolicy,
      String runPolicy,
      boolean keepNodeFiles) {}

  /**
   * Where the nodes get the time from.
   *
   * @param servers NTP servers of every node; empty if {@code serve} is there
   * @param serve the time server that the run starts on the head node
   * @param chronotick service asked by every node
   * @param pollInterval how often each NTP server is asked
   * @param asymmetries what is known of the ways to the servers
   * @param driftBoundPpm the most a counter is assumed to drift, in ppm, > 0
   * @param wanderBoundPpmPerS the most that is assumed to change in a second, in ppm, > 0
   */
  public record Time(
      List<HostPort> servers,
      Optional<Serve> serve,
      Optional<URI> chronotick,
      PollInterval pollInterval,
      List<PathAsymmetry> asymmetries,
      double driftBoundPpm,
      double wanderBoundPpmPerS) {
    public Time {
      servers = List.copyOf(servers);
      asymmetries = List.copyOf(asymmetries);
    }
  }

  /**
   * A time server on the head node.
   *
   * @param address of the head node as the nodes reach it
   * @param port UDP; empty for a free one
   * @param upstream servers that it follows; empty for the head node's own clock
   * @param stratum claimed without upstream servers, 1–15
   */
  public record Serve(String address, OptionalInt port, List<HostPort> upstream, int stratum) {
    public Serve {
      upstream = List.copyOf(upstream);
    }
  }

  /**
   * How a host is reached.
   *
   * @param kind this machine, or over SSH
   * @param address of the SSH server, or a host of the SSH configuration; ignored for this machine
   * @param sshPort TCP; empty for that of the SSH configuration
   * @param user account; empty for that of the SSH configuration
   * @param workDir on that host, if it is not the run's
   */
  public record HostSpec(
      HostKind kind,
      String address,
      OptionalInt sshPort,
      Optional<String> user,
      Optional<String> workDir) {

    /** This machine. */
    public static HostSpec local(Optional<String> workDir) {
      return new HostSpec(
          HostKind.LOCAL, "localhost", OptionalInt.empty(), Optional.empty(), workDir);
    }
  }

  /**
   * A node with its worker.
   *
   * @param dataAddress where the coordinator sends events
   * @param port UDP; empty for a free one
   * @param clock specification, see {@link org.carillon.core.time.ClockSpec}
   * @param faults that its worker makes for itself
   */
  public record Node(
      String name,
      HostSpec host,
      String dataAddress,
      OptionalInt port,
      String clock,
      FaultPlan faults) {}

  /**
   * The coordinator's place.
   *
   * @param node whose host it shares; empty if it has a host of its own
   * @param host where it runs
   * @param clock specification, see {@link org.carillon.core.time.ClockSpec}
   * @param warmup time for its clock before the start
   * @param faults that it makes for itself
   */
  public record Coordinator(
      Optional<String> node, HostSpec host, String clock, Duration warmup, FaultPlan faults) {}

  /** What the workers do from the common start on. */
  public sealed interface Workload {

    /** How long that takes if all goes well. */
    Duration scheduledDuration();
  }

  /**
   * The coordinator sends events, and every worker records them.
   *
   * @param events ≥ 1
   * @param rateHz events per second
   * @param arrivals how the events of a rate follow each other
   * @param burst how many events of a rate are due at the same moment, ≥ 1
   * @param seed of what is random; empty if nothing is
   * @param pattern delays between events, repeated; used if nothing else says when they are due
   * @param targetDuration over which the events are spread evenly
   * @param replay the recording that says how far apart they are
   * @param payloadSizeBytes extra bytes in each datagram
   * @param commitWait delays after which an event's interval is recorded again
   * @param settle how long missing events are awaited after the last one was sent
   * @param punctuality how the coordinator keeps to the schedule
   */
  public record EventStream(
      long events,
      Optional<Double> rateHz,
      Arrivals arrivals,
      int burst,
      Optional<Long> seed,
      List<Pace> pattern,
      Optional<Duration> targetDuration,
      Optional<Replay> replay,
      WireFormat wire,
      int payloadSizeBytes,
      List<Duration> commitWait,
      Duration settle,
      Punctuality punctuality)
      implements Workload {
    public EventStream {
      pattern = List.copyOf(pattern);
      commitWait = List.copyOf(commitWait);
    }

    /** From the first event to the last, if every event leaves on time; about that, if random. */
    @Override
    public Duration scheduledDuration() {
      if (replay.isPresent()) {
        return replay.get().duration();
      }
      if (targetDuration.isPresent()) {
        return targetDuration.get();
      }
      double seconds =
          rateHz.isPresent()
              ? events / rateHz.get()
              : (double) events
                  / pattern.size()
                  * pattern.stream().mapToLong(pace -> pace.delay().toNanos()).sum()
                  / 1e9;
      return Duration.ofMillis(Math.round(seconds * 1000));
    }
  }

  /**
   * A recorded coordinator.csv to be sent again.
   *
   * @param file on this machine, absolute
   * @param duration from the first of the events that are sent to the last
   */
  public record Replay(Path file, Duration duration) {}

  /**
   * How the coordinator keeps to the schedule.
   *
   * @param spin so long before an event it keeps its processor busy
   * @param processor the only one that the sending thread runs on
   * @param maxLateness beyond which events are counted and mark the run
   * @param catchUp whether events that are overdue are all sent at once
   * @param transmitTimes whether the kernel is asked when each event left
   */
  public record Punctuality(
      Duration spin,
      OptionalInt processor,
      Optional<Duration> maxLateness,
      boolean catchUp,
      TransmitTimes transmitTimes) {}

  /**
   * Every worker runs a command.
   *
   * @param command the program and its arguments; at least one word
   * @param timeout how long it may run, above 0
   */
  public record Exec(List<String> command, Duration timeout) implements Workload {
    public Exec {
      command = List.copyOf(command);
    }

    /** At most. */
    @Override
    public Duration scheduledDuration() {
      return timeout;
    }
  }

  /**
   * What every worker is given.
   *
   * @param warmup time for the clocks before the start
   * @param grace how long it goes on without the coordinator
   * @param receiveBufferBytes socket buffer to ask for
   * @param receiveCpu processor of the thread that receives; any if empty
   * @param busyPoll whether that thread never sleeps
   */
  public record Worker(
      Duration warmup,
      Duration grace,
      long receiveBufferBytes,
      OptionalInt receiveCpu,
      boolean busyPoll) {}

  /**
   * How SSH connections are made; paths are absolute.
   *
   * @param config OpenSSH client configuration
   * @param knownHosts known host keys
   * @param identity private key
   */
  public record Ssh(
      Optional<Path> config,
      Optional<Path> knownHosts,
      Optional<Path> identity,
      HostKeyPolicy hostKeys) {}

  /**
   * What the analysis is asked for.
   *
   * @param windows sizes, at least 1 ms each
   * @param formats of the figures
   * @param mixed whether to compare clocks that are not comparable, marked as such
   */
  public record Analysis(List<Duration> windows, List<Figure> formats, boolean mixed) {
    public Analysis {
      windows = List.copyOf(windows);
      formats = List.copyOf(formats);
    }
  }

  /** How long each stage may take. */
  public record Deadlines(
      Duration preflight,
      Duration stage,
      Duration start,
      Duration warmup,
      Duration run,
      Duration stop,
      Duration collect,
      Duration analyze) {}
}
