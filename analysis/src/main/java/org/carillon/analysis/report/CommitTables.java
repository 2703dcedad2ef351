package org.carillon.analysis.report;

import java.util.ArrayList;
import java.util.List;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.statistics.Rate;
import org.carillon.analysis.statistics.Summary;
import org.carillon.core.time.DurationText;

/** What not to know the time costs: commits that wait, and events that need coordination. */
final class CommitTables {

  /** Of more ε than these only the powers of ten are shown; summary.json has all. */
  private static final int FEW_EPSILONS = 10;

  private final Summary summary;
  private final List<Block> blocks = new ArrayList<>();

  private CommitTables(Summary summary) {
    this.summary = summary;
  }

  static List<Block> of(Summary summary) {
    CommitTables tables = new CommitTables(summary);
    tables.serialCommits();
    tables.coordination();
    return List.copyOf(tables.blocks);
  }

  private void add(Table table) {
    if (!table.rows().isEmpty()) {
      blocks.add(table);
    }
  }

  private void serialCommits() {
    add(
        Table.of(
                "serial_commits",
                "Commits per second where each waits for the one before it",
                List.of("clock", "worker", "n", "mean wait (ms)", "by the mean", "by the median"),
                Cells.rows(
                    summary.commitWait(),
                    wait ->
                        List.of(
                            Quantity.count(wait.atEvent().n()),
                            Quantity.milliseconds(wait.atEvent().meanNs()),
                            wait.serialRateByMeanHz().map(Cells::decimal).orElse("–"),
                            wait.serialRateByMedianHz().map(Cells::decimal).orElse("–"))))
            .captioned("Of intervals at the event; long enough as long as the bounds hold."));
  }

  private void coordination() {
    List<List<String>> rows = new ArrayList<>();
    summary
        .totals()
        .commitWait()
        .forEach(
            (clock, wait) ->
                wait.coordination().keySet().stream()
                    .filter(
                        epsilonNs ->
                            wait.coordination().size() <= FEW_EPSILONS
                                || Long.toString(epsilonNs).matches("10*"))
                    .forEach(
                        epsilonNs -> {
                          Rate wider = wait.coordination().get(epsilonNs);
                          rows.add(
                              List.of(
                                  clock.key(),
                                  DurationText.format(epsilonNs),
                                  Quantity.count(wider.n()),
                                  Quantity.count(wider.count()),
                                  Cells.share(wider),
                                  Cells.interval(wider)));
                        }));
    add(
        Table.of(
                "coordination_cost",
                "Coordination cost: events whose interval is wider than ε",
                List.of("clock", "ε", "n", "wider", "share", Cells.INTERVAL),
                rows)
            .captioned(
                "Of all workers. Who tolerates an uncertainty of ε can act on the clock alone for"
                    + " the other events, and must wait or ask other nodes for these."));
  }
}
