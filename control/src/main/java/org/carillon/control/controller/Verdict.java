package org.carillon.control.controller;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.carillon.control.controller.WorkerState.Failed;
import org.carillon.core.ExitCode;

/**
 * How a run ended.
 *
 * @param sentence for people
 */
record Verdict(ExitCode exitCode, String sentence) {

  /** How many names a sentence holds. */
  private static final int NAMES = 8;

  /** Of a run in which every worker has come to its end. */
  static Verdict of(List<WorkerResult> results) {
    List<WorkerResult> failed = results.stream().filter(result -> !result.completed()).toList();
    if (failed.isEmpty()) {
      return new Verdict(ExitCode.SUCCESS, "all " + count(results.size()) + " completed");
    }
    return failed.size() == results.size()
        ? new Verdict(ExitCode.ALL_FAILED, "no worker completed: " + reasons(failed))
        : new Verdict(
            ExitCode.SOME_FAILED,
            failed.size() + " of " + count(results.size()) + " failed: " + reasons(failed));
  }

  /** Why a run cannot go on since too many have failed; the others are still under way. */
  static Verdict brokenPolicy(
      String phase, FailurePolicy policy, List<WorkerState> states, List<WorkerResult> results) {
    List<Failed> failures =
        states.stream().filter(Failed.class::isInstance).map(Failed.class::cast).toList();
    boolean nobodyAnswered =
        states.stream()
            .allMatch(
                state ->
                    state instanceof WorkerState.Connecting
                        || state instanceof Failed failed
                            && failed.kind() == Failed.Kind.CONNECTION);
    ExitCode code;
    if (nobodyAnswered) {
      code = ExitCode.CONNECTION;
    } else if (failures.stream().allMatch(it -> it.kind() == Failed.Kind.CONFIGURATION)) {
      code = ExitCode.USAGE;
    } else if (failures.stream().anyMatch(it -> it.kind() == Failed.Kind.CLOCK)) {
      code = ExitCode.CLOCKS;
    } else if (failures.size() == states.size()) {
      code = ExitCode.ALL_FAILED;
    } else {
      code = ExitCode.SOME_FAILED;
    }
    List<WorkerResult> failed = results.stream().filter(it -> !it.reason().isEmpty()).toList();
    return new Verdict(
        code,
        "the policy '%s' for %s does not hold, with %d of %s failed: %s"
            .formatted(
                policy.text(), phase, failed.size(), count(results.size()), reasons(failed)));
  }

  /** Names, of which the last ones are counted if there are many. */
  static String names(List<String> names) {
    return names.stream().limit(NAMES).collect(Collectors.joining(", "))
        + Optional.of(names.size() - NAMES)
            .filter(more -> more > 0)
            .map(more -> " and " + more + " more")
            .orElse("");
  }

  private static String reasons(List<WorkerResult> failed) {
    return names(failed.stream().map(it -> it.node() + " (" + it.reason() + ")").toList());
  }

  private static String count(int workers) {
    return workers == 1 ? "1 worker" : workers + " workers";
  }
}
