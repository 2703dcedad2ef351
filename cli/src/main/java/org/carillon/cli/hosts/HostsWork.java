package org.carillon.cli.hosts;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.carillon.cli.Converters;
import org.carillon.cli.Interrupts;
import org.carillon.cli.LogOptions;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunFiles;
import org.carillon.ssh.Host;
import org.carillon.ssh.SshHosts;
import org.carillon.ssh.fanout.FailedHosts;
import org.carillon.ssh.fanout.FanOut;
import org.carillon.ssh.fanout.HostOutcome;
import org.carillon.ssh.fanout.HostTask;
import org.carillon.ssh.fanout.Tally;
import org.carillon.ssh.nodeset.NodeSet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code hosts run}, {@code copy} and {@code fetch} have in common. */
final class HostsWork {

  @Mixin private HostsSelection selection;
  @Mixin private HostsWay way;
  @Mixin private LogOptions log;

  @Option(
      names = "--silence",
      paramLabel = "DURATION",
      converter = Converters.OfSeconds.class,
      description =
          "A command that writes nothing, or a copy that stands still, for so long has failed"
              + " (default: 30s for copies, none for commands).")
  private Duration silence;

  @Option(
      names = "--failed-to",
      paramLabel = "FILE",
      description = "Write the hosts that failed there, for --hosts-from; empty if none did.")
  private Path failedFile;

  @Option(names = "--quiet", description = "No progress, and no summary unless something failed.")
  private boolean quiet;

  private NodeSet hosts;

  /** Starts the log, and refuses a set that is none before anything costly is done for it. */
  void begin() {
    log.apply();
    hosts = selection.hosts();
  }

  Duration deadline() {
    return way.deadline();
  }

  /** As asked for, or as usual for a copy. */
  Duration silenceOfCopies() {
    return silence == null ? Duration.ofSeconds(30) : silence;
  }

  /** As asked for, if it was. */
  Optional<Duration> silenceOfCommands() {
    return Optional.ofNullable(silence);
  }

  /**
   * Does it on all of them, prints, and returns what became of the whole.
   *
   * @param what names the work in complaints
   */
  <T> int on(String what, HostTask<T> task, HostsReport<T> report, PrintWriter out) {
    if (failedFile != null) {
      RunFiles.requirePublishable(failedFile);
    }
    if (hosts.isEmpty()) {
      System.err.println("hosts: there is no host to do it on");
      if (failedFile != null) {
        FailedHosts.write(failedFile, Map.of());
      }
      return ExitCode.NO_DATA.code();
    }
    AtomicBoolean stop = new AtomicBoolean();
    HostsProgress<T> progress = new HostsProgress<>(hosts.size(), !quiet, report);
    SequencedMap<String, HostOutcome<T>> outcomes;
    try (SshHosts ssh = way.ssh(silenceOfCopies())) {
      Interrupts.onFirst(
          "stopping what was begun, and telling what was done",
          () -> stop.set(true),
          () -> "ended at once; what was begun on the hosts may go on there");
      outcomes =
          FanOut.run(way.settings(what, stop), way.sources(hosts, ssh), closing(task), progress);
    } finally {
      progress.over();
    }
    report.print(outcomes, out, quiet);
    if (failedFile != null) {
      FailedHosts.write(failedFile, outcomes);
    }
    return Tally.exitCode(outcomes.values()).code();
  }

  /** A host needs its connection no longer than its turn. */
  private static <T> HostTask<T> closing(HostTask<T> task) {
    HostTask<T> closing =
        host -> {
          try (Host once = host) {
            return task.on(once);
          }
        };
    return task.repeatable() ? closing.mayBeRepeated() : closing;
  }
}
