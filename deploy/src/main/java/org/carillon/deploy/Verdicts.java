package org.carillon.deploy;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.carillon.core.ExitCode;

/** Turns what became of the parts into what became of the whole. */
final class Verdicts {
  private Verdicts() {}

  /**
   * Of an experiment that ran: how many of its workers failed decides.
   *
   * @param workers how many there were, ≥ 1
   * @param failed how many of them failed
   */
  static ExitCode afterRun(int workers, int failed) {
    if (failed == 0) {
      return ExitCode.SUCCESS;
    }
    return failed >= workers ? ExitCode.ALL_FAILED : ExitCode.SOME_FAILED;
  }

  /**
   * Of an experiment that did not come to run: the reason, if all failed for one, and otherwise how
   * many failed.
   */
  static ExitCode beforeRun(int hosts, Collection<ExitCode> failures) {
    Set<ExitCode> kinds = new TreeSet<>(failures);
    if (kinds.size() == 1) {
      return kinds.iterator().next();
    }
    return afterRun(hosts, failures.size());
  }

  /** What an exit code of one of our executables means; empty for a code of something else. */
  static Optional<ExitCode> known(int code) {
    return Arrays.stream(ExitCode.values()).filter(one -> one.code() == code).findFirst();
  }

  /** Whether a run was ended for a reason that lies in none of its workers. */
  static boolean calledOff(ControlReport report) {
    return report.exitCode() == ExitCode.ABORTED || report.exitCode() == ExitCode.CLOCKS;
  }

  /** How a process ended, in words. */
  static String ending(int exitCode) {
    if (exitCode == 0) {
      return "ended by itself";
    }
    if (exitCode == 126 || exitCode == 127) {
      return "could not be executed (exit code " + exitCode + ")";
    }
    if (exitCode > 128) {
      int signal = exitCode - 128;
      String name =
          switch (signal) {
            case 2 -> " (SIGINT)";
            case 6 -> " (SIGABRT)";
            case 9 -> " (SIGKILL)";
            case 11 -> " (SIGSEGV)";
            case 15 -> " (SIGTERM)";
            default -> "";
          };
      return "was killed by signal " + signal + name;
    }
    return "ended with exit code " + exitCode;
  }
}
