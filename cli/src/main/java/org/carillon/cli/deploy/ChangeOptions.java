package org.carillon.cli.deploy;

import java.time.Duration;
import java.util.List;
import org.carillon.cli.Converters;
import org.carillon.cli.LogOptions;
import org.carillon.deploy.deployable.DeployableLoader;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.deploy.records.LockPolicy;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every change of a deployable is told: which one, on which hosts, and how carefully. */
final class ChangeOptions {

  @Mixin private FileChoice file;

  @Mixin private HostChoice choice;

  @Option(
      names = "--yes",
      description = "Do not ask; needed where there is no terminal, as in cron.")
  private boolean yes;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "0s",
      converter = Converters.OfDuration.class,
      description =
          "How long to wait for another deployment to end, such as 5m; refused at once if left out.")
  private Duration wait;

  @Option(
      names = "--break-lock",
      description =
          "Take the lock of a host although another head node holds it: if that one is surely dead.")
  private boolean breakLock;

  @Option(names = "--json", description = "Print JSON on standard output instead of tables.")
  private boolean json;

  @Option(names = "--quiet", description = "Print nothing unless something is wrong; for cron.")
  private boolean quiet;

  @Mixin private LogOptions log;

  /** Reads the file; options stand above {@code --set}, which stands above the file. */
  DeployableLoader.Loaded load(List<String> fromOptions) {
    return file.load(fromOptions);
  }

  void startLog() {
    if (quiet) {
      log.applyQuietly();
    } else {
      log.apply();
    }
  }

  boolean yes() {
    return yes;
  }

  boolean json() {
    return json;
  }

  boolean quiet() {
    return quiet;
  }

  LockPolicy locks() {
    return new LockPolicy(wait, breakLock);
  }

  /** The hosts that are meant; not connected yet. */
  Fleet fleet(DeployableLoader.Loaded loaded) {
    return Fleet.of(loaded.deployable(), choice.limit());
  }
}
