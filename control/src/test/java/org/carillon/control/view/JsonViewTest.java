package org.carillon.control.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.carillon.control.controller.RunView;
import org.junit.jupiter.api.Test;

class JsonViewTest {

  @Test
  void oneObjectOnALineHasTheRunAndEveryWorker() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonView view =
        new JsonView(new PrintStream(bytes, false, StandardCharsets.UTF_8), () -> Views.SENDING);
    view.accept(Views.running(Views.collecting("n1", 12_000, 7), Views.failed("n2", "it died")));
    String line = bytes.toString(StandardCharsets.UTF_8);
    assertThat(line.lines()).hasSize(1);

    assertThat(line)
        .startsWith(
            "{\"state\":\"running\",\"sent\":12000,\"total\":60000,\"failed_sends\":0,"
                + "\"rate_hz\":1000.0,\"elapsed_s\":12.0,\"remaining_s\":48.0,"
                + "\"phase\":\"running\",\"waiting_for\":\"\",\"workers\":[");
    JsonNode workers = new ObjectMapper().readTree(line).path("workers");
    assertThat(workers.get(0))
        .hasToString(
            "{\"node\":\"n1\",\"state\":\"collecting\",\"trouble\":null,\"received\":12000,"
                + "\"missing\":7,\"rows_written\":12000,\"rows_lost\":4,\"kernel_drops\":null,"
                + "\"rate_hz\":999.96,\"latency\":{\"n\":4,\"p50_ns\":41023,\"p99_ns\":1200127,"
                + "\"max_ns\":1200127},\"clock\":{\"status\":\"synchronized\",\"offset_ns\":5010000,"
                + "\"bound_ns\":210000},\"cpu\":{\"user\":0.1,\"system\":0.023,\"iowait\":0.0,"
                + "\"process\":0.3}}");
    assertThat(workers.get(1).path("trouble").asText()).isEqualTo("it died");
    assertThat(workers.get(1).path("latency")).hasToString("{\"n\":0}");
    assertThat(workers.get(1).path("clock").path("offset_ns").isNull()).isTrue();
  }

  @Test
  void coordinatorThatSendsNothingTellsNoSending() {
    assertThat(JsonView.toJson(Views.with(RunView.Phase.CLOCK_GATE, "n1: 7 ms"), Optional.empty()))
        .isEqualTo(
            "{\"state\":\"warming_up\",\"elapsed_s\":60.0,\"phase\":\"clock_gate\","
                + "\"waiting_for\":\"n1: 7 ms\",\"workers\":[]}");
  }

  @Test
  void endIsFinishedOrAborted() {
    RunView.WorkerView good = Views.collecting("n1", 1, 0);
    RunView.WorkerView aborted =
        new RunView.WorkerView(
            "n2",
            "aborted",
            Optional.of("it was aborted: Ctrl-C"),
            good.counters(),
            0,
            good.latencies(),
            good.clock(),
            good.cpu());
    assertThat(JsonView.toJson(Views.with(RunView.Phase.ENDED, "", good), Optional.empty()))
        .startsWith("{\"state\":\"finished\"");
    assertThat(
            JsonView.toJson(Views.with(RunView.Phase.ENDED, "", good, aborted), Optional.empty()))
        .startsWith("{\"state\":\"aborted\"");
  }
}
