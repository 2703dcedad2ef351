package org.carillon.cli.deploy;

import java.time.Duration;
import org.carillon.cli.Converters;
import org.carillon.deploy.records.LockPolicy;
import picocli.CommandLine.Option;

/** What to do while somebody else changes the same hosts. */
final class LockOptions {

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      defaultValue = "0s",
      description =
          "Wait that long for another deployment of the same deployable to end, such as 5m, instead"
              + " of giving up at once.")
  private Duration patience;

  @Option(
      names = "--break-lock",
      description =
          "Take a host's lock although its holder, on another head node, may live; look there first.")
  private boolean breakLock;

  LockPolicy policy() {
    return new LockPolicy(patience, breakLock);
  }
}
