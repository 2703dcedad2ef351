package org.carillon.ssh.fanout;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.core.ExitCode;

/** What became of the whole. */
public final class Tally {

  private Tally() {}

  /**
   * Success if all succeeded; aborted if somebody stopped it; some failed if some did. If all
   * failed, the reason that they share, and otherwise that all failed.
   */
  public static ExitCode exitCode(Collection<? extends HostOutcome<?>> outcomes) {
    Set<ExitCode> failures =
        outcomes.stream()
            .filter(outcome -> !outcome.succeeded())
            .map(HostOutcome::exitCode)
            .collect(Collectors.toSet());
    if (failures.isEmpty()) {
      return ExitCode.SUCCESS;
    }
    if (failures.contains(ExitCode.ABORTED)) {
      return ExitCode.ABORTED;
    }
    if (outcomes.stream().anyMatch(HostOutcome::succeeded)) {
      return ExitCode.SOME_FAILED;
    }
    return failures.size() == 1 ? failures.iterator().next() : ExitCode.ALL_FAILED;
  }
}
