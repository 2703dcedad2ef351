package org.carillon.analysis.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells what differs between runs besides their numbers. */
final class MixedRuns {

  private static final int MOST_NAMES = 3;

  private MixedRuns() {}

  /** What to know before believing that only time passed between the runs; may be empty. */
  static List<String> warnings(List<ComparedRun> runs) {
    List<String> warnings = new ArrayList<>();
    differing(
        warnings,
        "The runs are of different experiments",
        runs,
        run -> run.experiment().orElse("unknown"));
    differing(
        warnings,
        "The runs have different numbers of workers",
        runs,
        run -> String.valueOf(run.workers()));
    clocks(warnings, runs);
    differing(
        warnings,
        "The summaries were made by different versions, which may define a number differently",
        runs,
        ComparedRun::version);
    List<ComparedRun> faulty = runs.stream().filter(ComparedRun::faults).toList();
    if (!faulty.isEmpty()) {
      warnings.add("Faults were injected on purpose in " + names(faulty) + ".");
    }
    List<ComparedRun> timeless = runs.stream().filter(run -> run.startNs().isEmpty()).toList();
    if (!timeless.isEmpty() && runs.size() > 1) {
      warnings.add(
          "Nothing tells when "
              + names(timeless)
              + " began; such runs stand last, in the order in which they were named.");
    }
    return warnings;
  }

  private static void differing(
      List<String> warnings,
      String what,
      List<ComparedRun> runs,
      Function<ComparedRun, String> of) {
    Map<String, List<ComparedRun>> groups =
        runs.stream().collect(Collectors.groupingBy(of, TreeMap::new, Collectors.toList()));
    if (groups.size() > 1) {
      warnings.add(
          what
              + ": "
              + groups.entrySet().stream()
                  .map(group -> group.getKey() + " (" + names(group.getValue()) + ")")
                  .collect(Collectors.joining(", "))
              + ".");
    }
  }

  /** A clock that some runs have and others lack. */
  private static void clocks(List<String> warnings, List<ComparedRun> runs) {
    TreeSet<String> all = new TreeSet<>();
    runs.forEach(run -> all.addAll(run.clocks()));
    for (String clock : all) {
      List<ComparedRun> without =
          runs.stream().filter(run -> !run.clocks().contains(clock)).toList();
      if (!without.isEmpty()) {
        warnings.add(
            "The clock "
                + clock
                + " cannot be judged in "
                + names(without)
                + ", where not both ends recorded it; its numbers are those of the other runs.");
      }
    }
  }

  /** The first names of some runs, and how many more there are. */
  private static String names(List<ComparedRun> runs) {
    String first =
        runs.stream().limit(MOST_NAMES).map(ComparedRun::name).collect(Collectors.joining(", "));
    return runs.size() <= MOST_NAMES
        ? first
        : first + " and " + (runs.size() - MOST_NAMES) + " more";
  }
}
