package org.carillon.analysis.statistics;

import java.nio.file.Path;
import java.util.List;
import org.carillon.analysis.store.Database;

/** Asks of a share of a run what adds up to the statistics of the whole run. */
public final class ShareStatistics {

  private static final List<String> QUESTIONS =
      List.of(
          "availability",
          "bounded_status",
          "broken_bounds",
          "causality_interval",
          "causality_point",
          "clock_extremes",
          "coverage",
          "node_spans",
          "ordering",
          "sent_count",
          "stamping");

  private ShareStatistics() {}

  /**
   * Writes the answers of a database whose rows have been judged.
   *
   * @param folder of the share
   * @param windowsNs the window sizes to judge
   * @param mixed whether comparisons of different clocks are wanted
   */
  public static void of(Database database, Path folder, List<Long> windowsNs, boolean mixed) {
    QUESTIONS.forEach(question -> database.answerForShare(folder, question));
    if (mixed) {
      database.answerForShare(folder, "mixed_point");
      database.answerForShare(folder, "mixed_interval");
    }
    database.setWindowSizes(windowsNs);
    database.answerForShare(folder, "windows_point");
    database.answerForShare(folder, "windows_interval");
    database.makeLater("observations");
    database.answerForShare(folder, "bucket_counts");
  }
}
