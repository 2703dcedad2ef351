package org.carillon.deploy.records;

import java.util.List;
import org.carillon.core.ExitCode;

/**
 * What one action was: what was asked, by whom, what was done on each host, and what is where now.
 *
 * @param id the name of its folder under the reports
 * @param by who asked, and from where
 * @param startNs ns since the Unix epoch
 * @param endNs likewise
 * @param outcome one sentence
 * @param notes what a reader must not miss, such as checks that were skipped
 */
public record ActionReport(
    String id,
    ActionRequest request,
    LockHolder by,
    long startNs,
    long endNs,
    ExitCode exitCode,
    String outcome,
    List<String> notes,
    List<HostRecord> hosts,
    List<StepEntry> steps) {
  public ActionReport {
    notes = List.copyOf(notes);
    hosts = List.copyOf(hosts);
    steps = List.copyOf(steps);
  }

  /**
   * What an exit code means of an action. That no host has what was asked for does not mean that
   * all failed: some may have gone back, and some were not begun.
   */
  public static String meaning(ExitCode code) {
    return code == ExitCode.ALL_FAILED ? "no host has what was asked for" : code.meaning();
  }
}
