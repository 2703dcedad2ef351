package org.carillon.analysis.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carillon.analysis.control.ControlledRunFiles.SENT;
import static org.carillon.analysis.control.ControlledRunFiles.START;
import static org.carillon.analysis.control.ControlledRunFiles.control;
import static org.carillon.analysis.control.ControlledRunFiles.counters;
import static org.carillon.analysis.control.ControlledRunFiles.rows;
import static org.carillon.analysis.control.ControlledRunFiles.run;
import static org.carillon.analysis.control.ControlledRunFiles.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.carillon.analysis.AnalysisResult;
import org.carillon.analysis.FigureFormat;
import org.carillon.analysis.RecordedRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlledRunTest {

  @TempDir Path folder;

  private AnalysisResult analyze(RecordedRun run) {
    return run.analyze(folder.resolve("out"), Set.of());
  }

  private AnalysisResult analyze(ObjectNode control) {
    return analyze(run(folder.resolve("run"), control));
  }

  private static List<String> errors(AnalysisResult result) {
    return result.findings().stream().filter(f -> f.startsWith("ERROR")).toList();
  }

  private JsonNode summary() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("out/statistics/summary.json").toFile());
  }

  @Test
  void aGoodRunTellsItsStartFirstAndHasNoErrors() throws IOException {
    AnalysisResult result = analyze(control());
    assertThat(result.findings().getFirst())
        .isEqualTo(
            "2 workers started within 30 µs (between 0 and 130 µs, by their bounds); in true time,"
                + " which simulated clocks know, it was 25 µs; the agreed instant was"
                + " 2026-11-18T11:06:40Z.");
    assertThat(result.warnings()).isEmpty();
    assertThat(errors(result)).isEmpty();
    JsonNode told = summary().get("control");
    assertThat(told.at("/start/true_time_ns").longValue()).isEqualTo(START);
    assertThat(told.at("/start/spread_max_ns").longValue()).isEqualTo(130_000);
    assertThat(told.at("/workers/b/start/best_ns").longValue()).isEqualTo(START + 40_000);
    assertThat(told.get("errors")).isEmpty();
    assertThat(told.get("notes")).isEmpty();
  }

  @Test
  void theReportShowsTheStartAndEscapesWhatItIsTold() throws IOException {
    ObjectNode control = control();
    worker(control, 1).put("state", "failed").put("reason", "it <b>died</b>");
    worker(control, 0).put("injected_faults", "loss=<5%>");
    control.put("exit_code", 2).put("outcome", "1 of 2 workers failed");
    AnalysisResult result =
        run(folder.resolve("run"), control)
            .analyze(folder.resolve("out"), Set.of(FigureFormat.SVG, FigureFormat.PNG));
    String report = Files.readString(result.report());
    assertThat(report)
        .contains(
            "it &lt;b&gt;died&lt;/b&gt;", "loss=&lt;5%&gt;", "Faults were injected", "Outcome")
        .contains("First moments in ms after the agreed instant", "Common start")
        .doesNotContain("<b>died");
    assertThat(folder.resolve("out/figures/start.svg")).isNotEmptyFile();
    assertThat(folder.resolve("out/figures/start.png")).isNotEmptyFile();
    assertThat(result.warnings())
        .startsWith(
            "FAULTS WERE INJECTED into this run on purpose: a (loss=<5%>). Nothing here speaks of"
                + " how the system does without them.",
            "The run ended with exit code 2: 1 of 2 workers failed.",
            "Worker b failed: it <b>died</b>.");
  }

  @Test
  void aRunWithoutControlIsAnalysedAsEver() throws IOException {
    RecordedRun run = run(folder.resolve("run"), control());
    Files.delete(folder.resolve("run/control.json"));
    AnalysisResult result = analyze(run);
    assertThat(summary().has("control")).isFalse();
    assertThat(folder.resolve("out/figures/start.svg")).doesNotExist();
    assertThat(result.warnings()).isEmpty();
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "rows_written; 119; a: rows written: 119 by its counters, 120 by worker_a.csv.",
        "rows_written; 121; a: rows written: 121 by its counters, 120 by worker_a.csv.",
        "received; 121; a: events received: 121 by its counters, 120 by its rows written and lost.",
        "duplicates; 1; a: duplicates: 1 by its counters, 0 by worker_a.csv.",
        "missing; 2; a: events missing: 2 by its counters, 0 by coordinator.csv and worker_a.csv."
      })
  void everyCounterThatDoesNotAgreeIsAnErrorWithBothNumbers(String key, long value, String error)
      throws IOException {
    ObjectNode control = control();
    counters(control, 0).put(key, value);
    AnalysisResult result = analyze(control);
    assertThat(errors(result)).contains("ERROR: " + error);
    assertThat(summary().at("/control/errors").toString()).contains(error);
    assertThat(Files.readString(result.report())).contains("records contradict each other", error);
  }

  @Test
  void aLostTailIsCountedByWorkersThatKnowTheLastEventAndByThoseThatDoNot() {
    for (long missing : new long[] {3, 13}) {
      ObjectNode control = control();
      counters(control, 0)
          .put("received", 107)
          .put("rows_written", 107)
          .put("missing", missing)
          .put("highest_event_id", 110);
      control.withObject("/all/counters").put("received", 227).put("rows_written", 227);
      control.withObject("/all/counters").put("missing", missing);
      RecordedRun run =
          run(folder.resolve("run"), control)
              .with("worker_a.csv", rows(LongStream.rangeClosed(4, 110)));
      assertThat(errors(analyze(run))).isEmpty();
    }
  }

  @Test
  void whatTheCoordinatorAnnouncedMustBeWhatItRecorded() {
    ObjectNode control = control().put("last_event_id", 121);
    assertThat(errors(analyze(control)))
        .containsExactly(
            "ERROR: the coordinator announced 121 as its last event, and coordinator.csv holds 120"
                + " events.");
  }

  @Test
  void sumsAndSpreadsMustBeThoseOfTheWorkers() {
    ObjectNode control = control();
    control.withObject("/all/counters").put("received", 241);
    control.withObject("/start").put("spread_ns", 29_999);
    worker(control, 1).put("latency_reconciled", false);
    assertThat(errors(analyze(control)))
        .containsExactly(
            "ERROR: the spread of the start that control.json tells (2 workers, 29,999 ns, between"
                + " 0 and 130,000) is not that of the workers' readings in it (2 workers, 30,000"
                + " ns, between 0 and 130,000).",
            "ERROR: b: the latencies of its statuses do not add up to those of its whole run.",
            "ERROR: all.counters.received of control.json is 241, and its workers' come to 240.");
  }

  @Test
  void workersThatFailedForOneReasonAreNamedTogether() {
    ObjectNode control = control().put("exit_code", 3).put("outcome", "the run was aborted");
    worker(control, 0).put("state", "failed").put("reason", "Ctrl-C.");
    worker(control, 1).put("state", "failed").put("reason", "Ctrl-C.");
    assertThat(analyze(control).warnings())
        .containsExactly(
            "The run ended with exit code 3: the run was aborted.",
            "Workers a and b failed: Ctrl-C.");
  }

  @Test
  void workersThatEndedWithARunCalledOffHaveStoppedAndNotFailed() throws IOException {
    ObjectNode control =
        control().put("exit_code", 3).put("outcome", "the run was aborted: it was stopped");
    worker(control, 0).put("state", "stopped").put("reason", "it was aborted: it was stopped");
    worker(control, 1).put("state", "failed").put("reason", "nobody listens any more");
    AnalysisResult result = analyze(control);
    assertThat(result.warnings())
        .containsExactly(
            "The run ended with exit code 3: the run was aborted: it was stopped.",
            "Worker b failed: nobody listens any more.",
            "Worker a stopped, since the run was called off.");
    assertThat(Files.readString(result.report()))
        .contains("<td>stopped</td>", "<td>the run was called off</td>");
  }

  private static ObjectNode failedWorker(long rowsWritten) {
    ObjectNode control = control().put("exit_code", 2).put("outcome", "1 of 2 workers failed");
    worker(control, 1).put("state", "failed").put("reason", "nobody listens any more");
    counters(control, 1).put("received", rowsWritten + 5).put("rows_written", rowsWritten);
    control
        .withObject("/all/counters")
        .put("received", SENT + rowsWritten + 5)
        .put("rows_written", SENT + rowsWritten);
    return control;
  }

  @Test
  void eventsAfterAWorkersEndWereNotLostOnTheWay() {
    AnalysisResult result =
        analyze(
            run(folder.resolve("run"), failedWorker(50))
                .with(
                    "worker_b.csv",
                    rows(LongStream.rangeClosed(1, 100).filter(id -> id % 20 != 10))));
    assertThat(result.warnings())
        .contains(
            "5 events were not on record at b (5): lost on the way, by the kernel or by the disk,"
                + " which cannot be told without the kernel's drops in reception_NODE.csv.",
            "Events that came after the end of a worker and could not reach it, by the last one"
                + " that it recorded: b (20); the tables count them as lost.");
    assertThat(result.findings())
        .anySatisfy(
            finding ->
                assertThat(finding)
                    .contains("25 are missing, 20 of them since a worker had ended before."));
  }

  @Test
  void aFailedWorkersRowsAfterItsLastStatusAreNoMismatchButSaid() {
    AnalysisResult result = analyze(failedWorker(100));
    assertThat(errors(result)).isEmpty();
    assertThat(result.warnings())
        .contains(
            "Worker b failed: nobody listens any more.",
            "b: it failed after its last status, which counted 100 rows; worker_b.csv holds 20 more"
                + " that it recorded on its own.");
  }

  @Test
  void rowsThatAFailedWorkerHadCountedAndAreNotThereAreAnError() {
    AnalysisResult result =
        analyze(
            run(folder.resolve("run"), failedWorker(100))
                .with("worker_b.csv", rows(LongStream.rangeClosed(1, 99))));
    assertThat(errors(result))
        .containsExactly("ERROR: b: rows written: 100 by its counters, 99 by worker_b.csv.");
  }

  @Test
  void aFileThatIsMissingIsAnErrorIfItsWorkerCompleted() throws IOException {
    RecordedRun run = run(folder.resolve("run"), control());
    Files.delete(folder.resolve("run/worker_b.csv"));
    assertThat(errors(analyze(run)))
        .containsExactly(
            "ERROR: b: it counted 120 rows written, and there is no worker_b.csv here.");
    run.with("control.json", failedWorker(100).toString());
    AnalysisResult result = analyze(run);
    assertThat(errors(result)).isEmpty();
    assertThat(result.warnings())
        .contains(
            "b: it counted 100 rows written, and there is no worker_b.csv here; it failed, and its"
                + " file may still be on its host.");
  }

  @Test
  void aFileOfAnotherNameIsFoundByTheNodeInItsRows() throws IOException {
    RecordedRun run =
        run(folder.resolve("run"), control())
            .with(
                "worker_1.csv",
                "node_id,"
                    + ControlledRunFiles.allRows().replace("\n", "\nb,").replaceAll("b,$", ""));
    Files.delete(folder.resolve("run/worker_b.csv"));
    AnalysisResult result = analyze(run);
    assertThat(errors(result)).isEmpty();
    assertThat(result.warnings()).isEmpty();
  }

  @Test
  void rowsThatCannotBeTakenOneByOneAreComparedInTotalOnly() {
    ObjectNode control = control();
    counters(control, 0).put("rows_lost", 1).put("rows_written", 119);
    AnalysisResult result =
        analyze(
            run(folder.resolve("run"), control)
                .with("worker_a.csv", rows(LongStream.rangeClosed(1, 119))));
    assertThat(errors(result))
        .containsExactly(
            "ERROR: all.counters.rows_written of control.json is 240, and its workers' come to"
                + " 239.",
            "ERROR: all.counters.rows_lost of control.json is 0, and its workers' come to 1.");
    assertThat(result.warnings())
        .contains(
            "a: 1 row could not be written, so duplicates and losses are not compared one by one.");
  }

  @Test
  void aWorkerThatControlDoesNotNameIsSaid() {
    RecordedRun run =
        run(folder.resolve("run"), control()).with("worker_c.csv", ControlledRunFiles.allRows());
    assertThat(analyze(run).warnings())
        .contains("c: control.json does not name it, so nothing is held against its rows.");
  }

  @Test
  void lateAndBrokenStartsAndReconnectsAreWarnedOf() {
    ObjectNode control = control();
    worker(control, 0).put("reconnects", 2);
    worker(control, 0).withObject("/start").put("known_true_time_ns", START + 60_001);
    worker(control, 1)
        .withObject("/start")
        .put("earliest_ns", START + 5_000_000)
        .put("best_ns", START + 6_000_000)
        .put("latest_ns", START + 7_000_000)
        .put("known_true_time_ns", START + 6_000_000);
    assertThat(analyze(control).warnings())
        .containsExactly(
            "The start readings of a do not hold true time, which their simulated clocks know: what"
                + " is said of the start by bounds is wrong.",
            "Began provably later than the agreed instant, by at least this: b (5 ms).",
            "Control streams were lost and taken up again: a (2); the workers recorded meanwhile.");
  }
}
