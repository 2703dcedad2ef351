package org.carillon.cli.deploy;

import java.nio.file.Path;
import java.util.Optional;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.ssh.fanout.FailedHosts;
import org.carillon.ssh.nodeset.NodeSet;
import picocli.CommandLine.Option;

/** Which hosts of a file are meant. */
final class HostChoice {

  @Option(
      names = "--limit",
      paramLabel = "NODESET",
      description = "Only these of its hosts, such as bell[1-3] or @rack2.")
  private String limit;

  @Option(
      names = "--only-failed",
      paramLabel = "FILE",
      description = "Only the hosts of this file, such as the failed-hosts.txt of a report.")
  private Path onlyFailed;

  /**
   * A set of hosts; empty for all.
   *
   * @throws CarillonException USAGE if both options are given or the file cannot be read, NO_DATA
   *     if it names nobody
   */
  Optional<String> limit() {
    if (onlyFailed == null) {
      return Optional.ofNullable(limit);
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
    return Optional.of(failed.toString());
  }
}
