package org.carillon.ntp.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.carillon.core.CheckVerdict;
import org.carillon.core.ExitCode;

/**
 * What a node's clock is worth.
 *
 * @param at when it was found, by the node's clock
 * @param checks what the thresholds make of the findings, in the order in which they are shown
 */
public record ClockReport(
    Instant at, ClockFindings findings, Thresholds thresholds, List<Check> checks) {
  public ClockReport {
    Objects.requireNonNull(at);
    Objects.requireNonNull(findings);
    Objects.requireNonNull(thresholds);
    checks = List.copyOf(checks);
  }

  /** Judges. */
  public static ClockReport of(Instant at, ClockFindings findings, Thresholds thresholds) {
    List<Check> checks = new ArrayList<>();
    findings.time().ifPresent(time -> checks.addAll(ClockJudgement.judge(time, thresholds)));
    checks.addAll(SystemJudgement.judge(findings, thresholds));
    return new ClockReport(at, findings, thresholds, checks);
  }

  /** Of a verdict, how many checks have it. */
  long count(CheckVerdict verdict) {
    return checks.stream().filter(check -> check.verdict() == verdict).count();
  }

  /** Whether the measuring was stopped before its time. */
  public boolean isCutShort() {
    return findings.time().filter(time -> time.measured().compareTo(time.wanted()) < 0).isPresent();
  }

  /**
   * How the process ends: 3 if it was stopped, 4 if no server answered, 8 if a check failed, 7 if
   * nothing was measured and the kernel says nothing either, else 0.
   */
  public ExitCode exitCode() {
    if (isCutShort()) {
      return ExitCode.ABORTED;
    }
    if (findings.time().filter(time -> !time.isAnswered()).isPresent()) {
      return ExitCode.CONNECTION;
    }
    if (count(CheckVerdict.FAIL) > 0) {
      return ExitCode.CLOCKS;
    }
    return findings.time().isEmpty() && findings.kernel().isEmpty()
        ? ExitCode.NO_DATA
        : ExitCode.SUCCESS;
  }
}
