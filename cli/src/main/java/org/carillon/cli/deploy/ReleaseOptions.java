package org.carillon.cli.deploy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.cli.Converters;
import org.carillon.cli.LogOptions;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.deploy.deployable.DeployableLoader;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.deploy.records.LockPolicy;
import org.carillon.ssh.fanout.FailedHosts;
import org.carillon.ssh.nodeset.NodeSet;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every change of a deployable is told: which one, on which hosts, and how carefully. */
final class ReleaseOptions {

  @Parameters(
      paramLabel = "FILE.yaml",
      description = "The deployable; docs/deploy.md has every key.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a key of the file; may be given several times.")
  private List<String> settings = List.of();

  @Option(
      names = "--limit",
      paramLabel = "NODESET",
      description = "Only these of its hosts, such as bell[1-3].")
  private String limit;

  @Option(
      names = "--only-failed",
      paramLabel = "FILE",
      description = "Only the hosts of this file, such as the failed-hosts.txt of a report.")
  private Path onlyFailed;

  @Option(
      names = "--yes",
      description = "Do not ask; needed where there is no terminal, as in cron.")
  private boolean yes;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "0s",
      converter = Converters.OfDuration.class,
      description = "How long to wait for another deployment to end; refused at once if left out.")
  private Duration wait;

  @Option(
      names = "--break-lock",
      description =
          "Take the lock of a host although another head node holds it: if that one is surely dead.")
  private boolean breakLock;

  @Option(names = "--quiet", description = "Print nothing unless something is wrong; for cron.")
  private boolean quiet;

  /** Reads the file; options stand above {@code --set}, which stands above the file. */
  DeployableLoader.Loaded load(List<String> fromOptions) {
    List<String> all = new ArrayList<>(settings);
    all.addAll(fromOptions);
    return DeployableLoader.load(file, all, Path.of(""));
  }

  void startLog(LogOptions log) {
    if (quiet) {
      log.applyQuietly();
    } else {
      log.apply();
    }
  }

  Path file() {
    return file;
  }

  boolean yes() {
    return yes;
  }

  boolean quiet() {
    return quiet;
  }

  /** Whether hosts are left out. */
  boolean isLimited() {
    return limit != null || onlyFailed != null;
  }

  LockPolicy locks() {
    return new LockPolicy(wait, breakLock);
  }

  /** The hosts that are meant; not connected yet. */
  Fleet fleet(DeployableLoader.Loaded loaded) {
    if (onlyFailed == null) {
      return Fleet.of(loaded.deployable(), Optional.ofNullable(limit));
    }
    if (limit != null) {
      throw new CarillonException(
          ExitCode.USAGE, "--limit and --only-failed both choose hosts; keep one of them.");
    }
    NodeSet failed = FailedHosts.read(onlyFailed);
    if (failed.isEmpty()) {
      throw new CarillonException(
          ExitCode.NO_DATA, "no host is named in " + onlyFailed + ", so there is nothing to do.");
    }
    return Fleet.of(loaded.deployable(), failed);
  }
}
