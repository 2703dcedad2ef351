package org.carillon.analysis.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carillon.analysis.Analysis;
import org.carillon.analysis.AnalysisRequest;
import org.carillon.analysis.Effort;
import org.carillon.analysis.RecordedRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The merged table that is written for other programs. */
class ExportTest {

  private static final String COORDINATOR = "event_id,sequence_number,send_time_ns,bc_latest_ns\n";
  private static final String WORKER = "event_id,receive_time_ns,coordinator_send_time_ns\n";

  /** In docs/analysis.md: what somebody would ask the file. */
  private static final Pattern DOCUMENTED = Pattern.compile("duckdb -c \"(SELECT [^\"]+)\"");

  @TempDir Path folder;
  private RecordedRun run;
  private Path parquet;

  @BeforeEach
  void twoWorkersOfWhichOneLosesAnEventAndOneHasItTooEarly() {
    parquet = folder.resolve("it's merged.parquet");
    run =
        new RecordedRun(folder.resolve("run"))
            .with("coordinator.csv", COORDINATOR + "1,0,100,110\n2,1,200,\n")
            .with("worker_a.csv", WORKER + "1,101,100\n2,199,200\n")
            .with("worker_b.csv", WORKER + "1,105,100\n1,106,100\n");
  }

  private void export() {
    AnalysisRequest request = AnalysisRequest.of(run.folder());
    Effort effort =
        new Effort(Effort.USUAL.resources(), true, Optional.of(parquet), Effort.USUAL.reading());
    Analysis.analyze(request, effort, step -> {});
  }

  private List<String> ask(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql.replace("merged.parquet", quoted()))) {
      while (answer.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= answer.getMetaData().getColumnCount(); i++) {
          row.add(answer.getString(i));
        }
        rows.add(String.join(" ", row.stream().map(String::valueOf).toList()));
      }
    }
    return rows;
  }

  private String quoted() {
    return parquet.toString().replace("'", "''");
  }

  private void assertTheRows() throws SQLException {
    assertThat(
            ask(
                "SELECT event_id, node, send_time_ns, sent_bc_latest_ns, receive_time_ns"
                    + " FROM 'merged.parquet' ORDER BY event_id, node"))
        .containsExactly(
            "1 a 100 110 101", "1 b 100 110 105", "2 a 200 null 199", "2 b 200 null null");
  }

  @Test
  void itHasARowForEachEventAndWorkerAlsoOfWhatWasLost() throws SQLException {
    export();
    assertTheRows();
  }

  @Test
  void itIsTheSameOfARunThatIsNotMergedInOnePass() throws SQLException {
    run.with("coordinator.csv", COORDINATOR + "2,1,200,\n1,0,100,110\n");
    export();
    assertThat(run.folder().resolve("statistics/merged.parquet")).doesNotExist();
    assertTheRows();
  }

  @Test
  void whatTheGuideAsksOfItIsAnswered() throws IOException, SQLException {
    export();
    Matcher documented = DOCUMENTED.matcher(Files.readString(Path.of("../docs/analysis.md")));
    assertThat(documented.find()).isTrue();
    assertThat(ask(documented.group(1))).containsExactly("a 1", "b 0");
  }
}
