package org.carillon.analysis.compare;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.carillon.analysis.condition.Lookup;
import org.carillon.analysis.condition.Numbers;

/**
 * The median of some runs as a baseline, number by number: by nearest rank, so that it is the
 * number of one of the runs.
 */
record EarlierRuns(List<ComparedRun> runs) implements Numbers {
  @Override
  public Lookup find(String path) {
    List<BigDecimal> values =
        runs.stream()
            .map(run -> run.numbers().find(path).number())
            .flatMap(Optional::stream)
            .sorted()
            .toList();
    return values.isEmpty()
        ? new Lookup.Missing(
            runs.isEmpty() ? "there is no earlier run" : "no earlier run has this number")
        : new Lookup.Known(values.get((values.size() + 1) / 2 - 1));
  }
}
