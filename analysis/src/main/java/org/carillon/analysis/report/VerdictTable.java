package org.carillon.analysis.report;

import java.util.List;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.statistics.Verdict;

/** What can be told of each question, from which number, and under which assumption. */
final class VerdictTable {

  private VerdictTable() {}

  /** Nothing without verdicts. */
  static List<Block> of(List<Verdict> verdicts) {
    if (verdicts.isEmpty()) {
      return List.of();
    }
    return List.of(
        Table.of(
                "verdicts",
                "Verdicts over all workers",
                List.of("question", "clock", "verdict", "n", "what it is from", "assumption"),
                verdicts.stream()
                    .map(
                        v ->
                            List.of(
                                v.question(),
                                v.clock().key(),
                                v.answer().text(),
                                Quantity.count(v.n()),
                                v.sentence(),
                                v.assumption()))
                    .toList())
            .captioned(
                "Points can show that something is wrong, and never that nothing is; bounds that"
                    + " the run itself refutes prove nothing."));
  }
}
