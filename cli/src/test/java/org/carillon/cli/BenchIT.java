package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts/bench measures here says nothing: it is too short. That it works is what counts. */
class BenchIT {

  @TempDir private Path folder;

  @Test
  void theReceiversAreComparedAndWriteTheSameRows() {
    Path results = folder.resolve("results.json");
    Program.Result bench =
        Program.of("scripts/bench")
            .with("receive", "--quick", "--json", results)
            .in(Program.checkout())
            .run();

    assertThat(bench.exitCode()).as(bench.err()).isEqualTo(ExitCode.SUCCESS.code());
    assertThat(bench.out()).contains("ratio, pair by pair", "≥ 0.95 × C", "≤ 1.5 × C");
    JsonNode document = Events.json(results);
    assertThat(document.path("machine").path("kernel").asText()).startsWith("Linux");
    assertThat(document.path("settings").path("rounds").asInt()).isEqualTo(1);
    Map<String, JsonNode> rows = new HashMap<>();
    document.path("rows").forEach(row -> rows.put(row.path("key").asText(), row));
    assertThat(rows)
        .containsOnlyKeys(
            "receive.highest_rate",
            "receive.highest_rate_python",
            "receive.cpu_per_event",
            "receive.allocation_per_event",
            "receive.rows_differing");
    for (String compared : new String[] {"receive.highest_rate", "receive.highest_rate_python"}) {
      assertThat(rows.get(compared).path("median").asDouble()).isPositive();
      assertThat(rows.get(compared).path("ratio_median").asDouble()).isPositive();
    }
    assertThat(rows.get("receive.rows_differing").path("median").asInt(-1)).isZero();
    assertThat(rows.values()).allMatch(row -> row.path("verdict").asText("met").isEmpty());
  }

  @Test
  void whatProvesNothingIsNotWrittenIntoTheDocument() throws IOException {
    Path document = Program.checkout().resolve("docs").resolve("benchmarks.md");
    byte[] before = Files.readAllBytes(document);
    Program.Result bench =
        Program.of("scripts/bench")
            .with("start", "--quick", "--write-docs")
            .in(Program.checkout())
            .run();
    assertThat(bench.exitCode()).isNotEqualTo(ExitCode.SUCCESS.code());
    assertThat(bench.err()).contains("--write-docs goes without it");
    assertThat(document).hasBinaryContent(before);
  }

  @Test
  void whatCannotBeMeasuredIsNamed() {
    Program.Result bench =
        Program.of("scripts/bench").with("everything").in(Program.checkout()).run();
    assertThat(bench.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(bench.err())
        .isEqualTo("scripts/bench: 'everything' is nothing to measure; see --help\n");
  }
}
