package org.carillon.analysis.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.carillon.analysis.RecordedRun;
import org.carillon.analysis.figure.Traces;
import org.carillon.analysis.hindsight.HindsightStage;
import org.carillon.analysis.input.RunFolder;
import org.carillon.analysis.merge.Span;
import org.carillon.analysis.statistics.ShareStatistics;
import org.carillon.analysis.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdditiveTest {

  @TempDir Path folder;

  @Test
  void whatAddsUpIsTakenFromTheSharesAndNotAskedOfTheRows() throws Exception {
    long sentNs = 1_795_000_000_000_000_000L + new Random(1).nextInt(1000);
    RunFolder run =
        RunFolder.open(
            new RecordedRun(folder.resolve("run"))
                .with(
                    "coordinator.csv",
                    "event_id,sequence_number,send_time_ns\n1,0," + sentNs + "\n")
                .with(
                    "worker_a.csv",
                    "event_id,receive_time_ns,coordinator_send_time_ns\n1,%d,%d\n"
                        .formatted(sentNs + 5, sentNs))
                .folder());
    Path share = Files.createDirectory(folder.resolve("share"));
    Span span;
    try (Database database = Database.open(folder.resolve("spill"))) {
      span = ShareRows.write(database, run, id -> true, share, count -> {});
      ShareStatistics.of(database, share, List.of(7L), true);
      Traces.ofShare(database, share, span.earliestNs(), span.latestNs());
    }
    try (Database database = Database.open(folder.resolve("spill"))) {
      Statistics.of(
          database,
          new JoinedShares(run, List.of(), List.of(share)).load(database),
          List.of(7L),
          true,
          HindsightStage.of(database));
      for (Additive additive : Additive.ALL) {
        Object[] parameters =
            additive.statement().equals("latency_cells")
                ? new Object[] {span.earliestNs(), 1L}
                : new Object[0];
        assertThat(database.questions().statement(additive.statement(), parameters))
            .as(additive.statement())
            .contains("FROM read_parquet(['" + share + "/" + additive.statement() + "-");
      }
      database.setWindowSizes(List.of(8L));
      assertThat(database.questions().statement("windows_point"))
          .as("other windows than the share was asked for")
          .isEqualTo(Database.text("windows_point"));
    }
  }

  @Test
  void parametersStandInPlaceOfQuestionMarksButNotInComments() {
    assertThat(ShareAnswers.filled("-- how?\nSELECT (a - ?) // ? AS b -- c", 12L, -3L))
        .isEqualTo("-- how?\nSELECT (a - 12) // -3 AS b -- c");
  }
}
