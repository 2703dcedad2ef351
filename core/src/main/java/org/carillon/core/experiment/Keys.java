package org.carillon.core.experiment;

import static org.carillon.core.experiment.Key.optional;
import static org.carillon.core.experiment.Key.required;
import static org.carillon.core.experiment.Key.withDefault;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.carillon.core.event.WireFormat;
import org.carillon.core.fault.FaultPlan;
import org.carillon.core.net.HostPort;

/**
 * Every key of the experiment file, in the order in which it is written. The loader, the resolved
 * file and the reference in docs/experiment-file.md come from this list.
 */
final class Keys {

  private static final List<Key<?>> ALL = new ArrayList<>();

  /** Groups whose presence means something, so that their defaults count only if they are there. */
  static final Set<String> OPTIONAL_GROUPS = Set.of("time.serve");

  private static final Duration NONE = Duration.ZERO;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int NTP_PORT = 123;

  static final Key<String> NAME =
      add(required("name", Forms.name(), "Names the folder of its runs under `run.results_dir`."));
  static final Key<String> DESCRIPTION =
      add(optional("description", Forms.text("text"), "For people; kept with every run."));

  static final Key<String> RESULTS_DIR =
      add(
          withDefault(
              "run.results_dir",
              Forms.text("path"),
              "runs",
              "Folder on the head node for the runs of all experiments; a relative path starts at"
                  + " the current folder."));
  static final Key<String> WORK_DIR =
      add(
          withDefault(
              "run.work_dir",
              Forms.workDir(),
              "~/.carillon",
              "Folder on each SSH node for the release and for files of a run under way; `~` is the"
                  + " account's home folder. Local nodes work inside the run directory."));
  static final Key<Long> MIN_FREE_DISK =
      add(
          withDefault(
              "run.min_free_disk",
              Forms.size(0, 1L << 50),
              "512MiB",
              "Preflight refuses a node whose work folder has less free space."));
  static final Key<Duration> MAX_CLOCK_BOUND =
      add(
          withDefault(
              "run.max_clock_bound",
              Forms.duration(Duration.ofNanos(1)),
              "5ms",
              "Nothing starts before every clock's bound, half the width of its interval, is"
                  + " below."));
  static final Key<Duration> CLOCK_GATE =
      add(
          withDefault(
              "run.clock_gate",
              Forms.duration(NONE),
              "30s",
              "How long the start waits for that after the warm-up; then the run ends with exit code"
                  + " 8."));
  static final Key<Duration> START_DELAY =
      add(
          withDefault(
              "run.start_delay",
              Forms.durationUpTo(Duration.ofMinutes(5)),
              "10s",
              "From the moment at which all are ready to the common start."));
  static final Key<Boolean> FAST_START =
      add(
          withDefault(
              "run.fast_start",
              Forms.bool(),
              "false",
              "Shorten that to what the slowest worker needs."));
  static final Key<String> PREPARE_POLICY =
      add(
          withDefault(
              "run.policy.prepare",
              Forms.policy(),
              "all",
              "How many workers must get as far as the common start; the others are left behind."
                  + " `deploy --keep-going` makes it `best-effort`."));
  static final Key<String> RUN_POLICY =
      add(
          withDefault(
              "run.policy.run",
              Forms.policy(),
              "best-effort",
              "How many must go on from then on; with fewer, the run is called off."));
  static final Key<Boolean> KEEP_NODE_FILES =
      add(
          withDefault(
              "run.keep_node_files",
              Forms.bool(),
              "false",
              "Leave the run's files on the nodes after they were collected and verified."));

  static final Key<List<HostPort>> TIME_SERVERS =
      add(
          optional(
              "time.servers",
              new Form.Many<>(Forms.hostPort(NTP_PORT)),
              "NTP servers that every node asks. Either this or `time.serve` must be there."));
  static final Key<String> SERVE_ADDRESS =
      add(
          withDefault(
              "time.serve.address",
              Forms.text("host name or address"),
              "127.0.0.1",
              "Where the nodes reach this machine. A file with the group `time.serve` starts a time"
                  + " server here for the run; if a node is reached over SSH, it must say this."));
  static final Key<Integer> SERVE_PORT =
      add(
          optional(
              "time.serve.port", Forms.port(), "UDP port of that server; a free one if left out."));
  static final Key<List<HostPort>> SERVE_UPSTREAM =
      add(
          optional(
              "time.serve.upstream",
              new Form.Many<>(Forms.hostPort(NTP_PORT)),
              "NTP servers that the time server follows; without them it serves the head node's own"
                  + " clock."));
  static final Key<Long> SERVE_STRATUM =
      add(
          withDefault(
              "time.serve.stratum",
              Forms.integer(1, 15),
              "10",
              "Stratum that it claims when it serves the head node's own clock."));
  static final Key<URI> CHRONOTICK =
      add(
          optional(
              "time.chronotick",
              Forms.httpUri(),
              "ChronoTick service that every node asks, as each node reaches it."));
  static final Key<Duration> POLL_INTERVAL =
      add(
          optional(
              "time.poll_interval",
              Forms.duration(Duration.ofMillis(100)),
              "How often a node asks each NTP server; the worker's own default if left out."));
  static final Key<Double> DRIFT_BOUND =
      add(
          withDefault(
              "time.drift_bound_ppm",
              Forms.decimal(0.001, 10_000),
              "50",
              "The most that a node's clock is assumed to gain or lose, in parts per million: how"
                  + " fast its interval widens between samples."));

  static final Key<HostKind> NODE_HOST =
      add(
          withDefault(
              "nodes.*.host",
              Forms.choice(HostKind.class),
              "ssh",
              "`local` runs the node's worker on this machine."));
  static final Key<String> NODE_ADDRESS =
      add(
          optional(
              "nodes.*.address",
              Forms.text("host name or address"),
              "Where SSH connects to: a name, an address, or a host of the SSH configuration; the"
                  + " node's name if left out."));
  static final Key<Integer> NODE_SSH_PORT =
      add(
          optional(
              "nodes.*.ssh_port",
              Forms.port(),
              "TCP port of the SSH server; that of the SSH configuration, or 22, if left out."));
  static final Key<String> NODE_USER =
      add(
          optional(
              "nodes.*.user",
              Forms.text("account"),
              "Account on the node; that of the SSH configuration, or your own, if left out."));
  static final Key<String> NODE_DATA_ADDRESS =
      add(
          optional(
              "nodes.*.data_address",
              Forms.text("host name or address"),
              "Where the coordinator sends events; `nodes.*.address` if left out, `127.0.0.1` for a"
                  + " local node."));
  static final Key<Integer> NODE_PORT =
      add(
          optional(
              "nodes.*.port",
              Forms.port(),
              "UDP port on which the worker listens; a free one if left out."));
  static final Key<String> NODE_CLOCK =
      add(
          withDefault(
              "nodes.*.clock",
              Forms.clock(),
              "system",
              "The node's own clock, or one with known errors, derived from it."));
  static final Key<FaultPlan> NODE_INJECT =
      add(
          optional(
              "nodes.*.inject",
              Forms.faults(),
              "Faults that the node's worker makes for itself, to test and to rehearse with."));
  static final Key<String> NODE_WORK_DIR =
      add(
          optional(
              "nodes.*.work_dir",
              Forms.workDir(),
              "Work folder on this node; `run.work_dir` if left out."));

  static final Key<String> COORDINATOR_NODE =
      add(
          optional(
              "coordinator.node",
              Forms.name(),
              "The node on whose host the coordinator runs; this machine if neither this nor"
                  + " `coordinator.host` is given."));
  static final Key<HostKind> COORDINATOR_HOST =
      add(
          optional(
              "coordinator.host",
              Forms.choice(HostKind.class),
              "For a coordinator on a host without a worker; then as for a node."));
  static final Key<String> COORDINATOR_ADDRESS =
      add(
          optional(
              "coordinator.address",
              Forms.text("host name or address"),
              "As for a node; needed for `host: ssh`."));
  static final Key<Integer> COORDINATOR_SSH_PORT =
      add(optional("coordinator.ssh_port", Forms.port(), "As for a node."));
  static final Key<String> COORDINATOR_USER =
      add(optional("coordinator.user", Forms.text("account"), "As for a node."));
  static final Key<String> COORDINATOR_CLOCK =
      add(
          optional(
              "coordinator.clock",
              Forms.clock(),
              "As for a node; that of `coordinator.node`, or `system`, if left out."));
  static final Key<FaultPlan> COORDINATOR_INJECT =
      add(
          optional(
              "coordinator.inject",
              Forms.faults(),
              "Faults that the coordinator makes for itself."));
  static final Key<Duration> COORDINATOR_WARMUP =
      add(
          withDefault(
              "coordinator.warmup",
              Forms.duration(NONE),
              "3s",
              "How long the coordinator's clock is measured before the start, while the workers measure"
                  + " theirs."));
  static final Key<String> COORDINATOR_WORK_DIR =
      add(optional("coordinator.work_dir", Forms.workDir(), "As for a node."));

  static final Key<WorkloadKind> KIND =
      add(
          withDefault(
              "workload.kind",
              Forms.choice(WorkloadKind.class),
              "events",
              "`events`: the coordinator sends events to the workers. `exec`: every worker runs a"
                  + " command at the common start."));
  static final Key<List<String>> COMMAND =
      add(
          optional(
              "workload.command",
              new Form.Words(),
              "With `exec`: the program and its arguments. No shell is involved; a program without a"
                  + " slash is looked for in the node's `PATH`."));
  static final Key<Duration> TIMEOUT =
      add(
          optional(
              "workload.timeout",
              Forms.duration(Duration.ofMillis(1)),
              "With `exec`: how long the command may run, before it and all that it started are"
                  + " ended; 10m if left out."));
  static final Key<Long> EVENTS =
      add(
          withDefault(
              "workload.events",
              Forms.integer(1, 1_000_000_000),
              "1000",
              "How many events the coordinator sends to every worker."));
  static final Key<Double> RATE =
      add(
          optional(
              "workload.rate",
              Forms.decimal(0.001, 1_000_000),
              "Events per second. At most one of `rate`, `pattern` and `target_duration`; the"
                  + " pattern `slow,fast,fast,fast,fast,medium` if none is given."));
  static final Key<List<Pace>> PATTERN =
      add(
          optional(
              "workload.pattern",
              new Form.Many<>(
                  Forms.form(
                      "fast (10 ms), medium (50 ms), slow (100 ms) or very_slow (500 ms)",
                      Pace::parse,
                      Pace::word)),
              "Delays between events, repeated until all are sent."));
  static final Key<Duration> TARGET_DURATION =
      add(
          optional(
              "workload.target_duration",
              Forms.duration(Duration.ofMillis(1)),
              "Spreads the events evenly over this time."));
  static final Key<WireFormat> WIRE =
      add(
          withDefault(
              "workload.wire",
              Forms.choice(WireFormat.class),
              "binary",
              "Form of the datagrams; `json` is understood by the existing Python toolkit."));
  static final Key<Long> PAYLOAD_SIZE =
      add(
          withDefault(
              "workload.payload_size",
              Forms.size(0, 60_000),
              "0B",
              "Extra bytes in every datagram."));

  static final Key<Duration> WARMUP =
      add(
          withDefault(
              "worker.warmup",
              Forms.duration(NONE),
              "3m",
              "How long the clocks are measured before the first event."));
  static final Key<List<Duration>> COMMIT_WAIT =
      add(
          optional(
              "worker.commit_wait",
              new Form.Many<>(Forms.duration(Duration.ofMillis(1))),
              "After each of these delays, record how wide the interval of an event has become."));
  static final Key<Duration> GRACE =
      add(
          withDefault(
              "worker.grace",
              Forms.duration(NONE),
              "60s",
              "How long a worker that has lost the coordinator goes on by itself, and how long the"
                  + " coordinator waits for it; then it ends with its files closed."));
  static final Key<Duration> SETTLE =
      add(
          withDefault(
              "worker.settle",
              Forms.duration(NONE),
              "2s",
              "How long workers wait for events that are missing after the last one was sent."));

  static final Key<String> SSH_CONFIG =
      add(
          optional(
              "ssh.config",
              Forms.text("path"),
              "OpenSSH client configuration; `~/.ssh/config` if that exists. Relative paths of this"
                  + " group start at the folder of the file that holds them."));
  static final Key<String> KNOWN_HOSTS =
      add(
          optional(
              "ssh.known_hosts",
              Forms.text("path"),
              "Known host keys; `~/.ssh/known_hosts` if left out."));
  static final Key<String> IDENTITY =
      add(
          optional(
              "ssh.identity",
              Forms.text("path"),
              "Private key; the agent's and those of the SSH configuration if left out."));
  static final Key<HostKeyPolicy> HOST_KEYS =
      add(
          withDefault(
              "ssh.host_keys",
              Forms.choice(HostKeyPolicy.class),
              "strict",
              "`strict` refuses a host that is not known; `accept-new` remembers it. A changed key"
                  + " is always refused."));

  static final Key<List<Duration>> WINDOWS =
      add(
          withDefault(
              "analysis.windows",
              new Form.Many<>(Forms.duration(Duration.ofMillis(1))),
              "50ms,100ms,500ms,1s",
              "Window sizes whose assignments are compared between workers."));
  static final Key<List<Figure>> FORMATS =
      add(
          withDefault(
              "analysis.formats",
              new Form.Many<>(Forms.choice(Figure.class)),
              "png,svg",
              "Forms in which figures are drawn."));
  static final Key<Boolean> MIXED =
      add(
          withDefault(
              "analysis.mixed",
              Forms.bool(),
              "false",
              "Also compare each worker clock with the coordinator's system clock, marked as no"
                  + " valid comparison."));

  static final Key<Duration> PREFLIGHT_DEADLINE =
      deadline("preflight", "1m", "The checks of all hosts.");
  static final Key<Duration> STAGE_DEADLINE =
      deadline("stage", "10m", "Copying and unpacking the release on all hosts.");
  static final Key<Duration> START_DEADLINE = deadline("start", "1m", "Starting all processes.");
  static final Key<Duration> WARMUP_DEADLINE =
      add(
          optional(
              "deadlines.warmup",
              Forms.duration(SECOND),
              "Until every worker is ready; the longer of `worker.warmup` and `coordinator.warmup`,"
                  + " and 1m, if left out."));
  static final Key<Duration> RUN_DEADLINE =
      add(
          optional(
              "deadlines.run",
              Forms.duration(SECOND),
              "From then to the end of the workload; `run.clock_gate`, `run.start_delay`, the"
                  + " workload's duration, a tenth of it, `worker.grace`, `worker.settle`, the longest"
                  + " `worker.commit_wait`, and 1m, if left out."));
  static final Key<Duration> STOP_DEADLINE =
      deadline("stop", "20s", "From asking the processes to end until they are killed.");
  static final Key<Duration> COLLECT_DEADLINE =
      deadline("collect", "10m", "Bringing the files of all hosts home.");
  static final Key<Duration> ANALYZE_DEADLINE =
      deadline("analyze", "30m", "Statistics, figures and report.");

  /** What says how events are sent and received, and nothing to a command. */
  static final List<Key<?>> OF_EVENTS =
      List.of(EVENTS, RATE, PATTERN, TARGET_DURATION, WIRE, PAYLOAD_SIZE, COMMIT_WAIT, SETTLE);

  /** What says which command is run. */
  static final List<Key<?>> OF_EXEC = List.of(COMMAND, TIMEOUT);

  private Keys() {}

  private static Key<Duration> deadline(String stage, String text, String description) {
    return add(withDefault("deadlines." + stage, Forms.duration(SECOND), text, description));
  }

  private static <T> Key<T> add(Key<T> key) {
    ALL.add(key);
    return key;
  }

  /** All keys, in the order of the file. */
  static List<Key<?>> all() {
    return List.copyOf(ALL);
  }

  /** The names that may stand directly in a group, groups included, in the order of the file. */
  static Set<String> namesIn(String group) {
    Set<String> names = new LinkedHashSet<>();
    String prefix = group.isEmpty() ? "" : group + ".";
    for (Key<?> key : ALL) {
      if (key.path().startsWith(prefix)) {
        String rest = key.path().substring(prefix.length());
        int dot = rest.indexOf('.');
        names.add(dot < 0 ? rest : rest.substring(0, dot));
      }
    }
    return names;
  }
}
