package org.carillon.analysis.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.carillon.analysis.control.ControlledRunFiles.control;
import static org.carillon.analysis.control.ControlledRunFiles.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.carillon.analysis.AnalysisResult;
import org.carillon.analysis.RecordedRun;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with a control.json and no events. */
class CommandRunTest {

  @TempDir Path folder;

  private AnalysisResult analyze(RecordedRun run) {
    return run.analyze(folder.resolve("out"), Set.of());
  }

  @Test
  void aRunOfCommandsNeedsNoEvents() throws IOException {
    ObjectNode control = control().put("workload", "exec").putNull("last_event_id");
    control.putObject("command").put("timeout_ns", 90_000_000_000L).putArray("argv").add("sh");
    control.withArray("/command/argv").add("-c").add("echo 'a' <b>");
    worker(control, 0).putObject("exec").put("exit_code", 0).put("elapsed_ns", 1_500_000_000L);
    worker(control, 1).putObject("exec").putNull("exit_code").put("elapsed_ns", 2_000_000_000L);
    for (int i = 0; i < 2; i++) {
      worker(control, i)
          .withObject("/exec")
          .put("standard_output_bytes", 7)
          .put("standard_error_bytes", 0)
          .put("output_cut", false)
          .put("timed_out", i == 1);
    }
    AnalysisResult result =
        analyze(
            new RecordedRun(folder.resolve("commands")).with("control.json", control.toString()));
    assertThat(result.findings())
        .contains(
            "The command was: sh -c 'echo '\\''a'\\'' <b>' (ended after 90 s at the latest); what it"
                + " wrote is in exec_NODE.out, its errors in exec_NODE.err.",
            "The command ended with exit code 0 on 1 of 2 nodes, and took 1.5 s to 2 s.");
    assertThat(result.findings()).noneMatch(finding -> finding.startsWith("ERROR"));
    assertThat(Files.readString(result.report()))
        .contains("Command", "its time was over", "Common start", "sh -c &#39;echo")
        .contains("exec_NODE.err of its node", "from control.json.")
        .doesNotContain("event", "Input files");
    JsonNode summary =
        new ObjectMapper().readTree(folder.resolve("out/statistics/summary.json").toFile());
    assertThat(summary.at("/control/workers/a/exec/exit_code").intValue()).isZero();
    assertThat(summary.at("/control/command/argv/0").textValue()).isEqualTo("sh");
  }

  @Test
  void filesOfAnotherRunDoNotMakeItARunOfEvents() {
    AnalysisResult result =
        analyze(
            new RecordedRun(folder.resolve("strays"))
                .with("control.json", control().put("workload", "exec").toString())
                .with("worker_a.csv", "event_id,receive_time_ns\n")
                .with("worker_c.csv", "event_id,receive_time_ns\n"));
    assertThat(result.warnings())
        .containsExactly(
            "A command ran here and no events were sent, so these files are of another run and not"
                + " used: worker_a.csv and worker_c.csv.");
  }

  @Test
  void aRunOfEventsWithoutThemIsStillNoSuccess() {
    RecordedRun run =
        new RecordedRun(folder.resolve("empty")).with("control.json", control().toString());
    assertThatThrownBy(() -> analyze(run))
        .isInstanceOfSatisfying(
            CarillonException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_DATA));
  }

  @Test
  void aRunThatNeverStartedSaysSo() {
    ObjectNode control = control().put("workload", "exec").put("exit_code", 5).putNull("start");
    worker(control, 0).putNull("start");
    worker(control, 1).putNull("start");
    AnalysisResult result =
        analyze(new RecordedRun(folder.resolve("never")).with("control.json", control.toString()));
    assertThat(result.findings())
        .containsExactly("No worker is known to have reached the common start.");
    assertThat(result.warnings().getFirst()).startsWith("The run ended with exit code 5");
  }
}
