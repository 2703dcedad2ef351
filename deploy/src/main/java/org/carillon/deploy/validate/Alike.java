package org.carillon.deploy.validate;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Findings of several hosts that can stand together as one. */
final class Alike {

  /** Checks that measure: their sentences differ in numbers from host to host. */
  private static final Set<CheckName> MEASURE =
      EnumSet.of(
          CheckName.CPU,
          CheckName.MEMORY,
          CheckName.DISK,
          CheckName.OPEN_FILES,
          CheckName.RESPONSE,
          CheckName.CLOCKS);

  private Alike() {}

  /** What findings must have in common: their text, but for the numbers of checks that measure. */
  static String form(CheckResult result) {
    return MEASURE.contains(result.check()) ? Ranges.skeleton(result.text()) : result.text();
  }

  /**
   * One finding for all, with the smallest and the greatest of each number; without measurements.
   *
   * @param alike of one check, one verdict and one form, one at least
   */
  static CheckResult folded(List<CheckResult> alike) {
    CheckResult first = alike.getFirst();
    return new CheckResult(
        first.check(),
        first.part(),
        first.verdict(),
        Ranges.fold(alike.stream().map(CheckResult::sentence).toList()),
        Ranges.fold(alike.stream().map(CheckResult::fix).toList()),
        List.of());
  }
}
