package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of six nights, as cron leaves them, and what a script makes of them. */
class CompareIT {

  private static final long FIRST_NIGHT_NS = 1_794_882_600_000_000_000L; // 2026-11-17T02:30:00Z
  private static final long DAY_NS = 86_400_000_000_000L;
  private static final int EVENTS = 200;

  @TempDir private Path temporary;
  private Path folder;
  private Path nightly;

  @BeforeEach
  void writeRuns() throws IOException {
    folder = Files.createDirectory(temporary.resolve("a folder with spaces é"));
    nightly = folder.resolve("runs/nightly");
    for (int night = 0; night < 6; night++) {
      Path run =
          Files.createDirectories(nightly.resolve("2026-11-%dT02-30-00Z".formatted(17 + night)));
      writeRun(
          run, FIRST_NIGHT_NS + night * DAY_NS, night == 5 ? 3_000_000 : 1_000_000 + night * 7_000);
    }
  }

  /** Events that take so long, by clocks that know the time to 200 µs. */
  private static void writeRun(Path run, long startNs, long latencyNs) throws IOException {
    StringBuilder sent =
        new StringBuilder(
            "event_id,sequence_number,send_time_ns,bc_timestamp_ns,bc_earliest_ns,bc_latest_ns,bc_status\n");
    StringBuilder received =
        new StringBuilder(
            "event_id,receive_time_ns,coordinator_send_time_ns,bc_timestamp_ns,bc_earliest_ns,bc_latest_ns,bc_status\n");
    for (int i = 1; i <= EVENTS; i++) {
      long atNs = startNs + i * 10_300_000L;
      sent.append("%d,%d,%d,%s".formatted(i, i - 1, atNs, bounded(atNs)));
      if (i % 20 != 0) {
        long thenNs = atNs + latencyNs + i * 7_919L % 50_000;
        received.append("%d,%d,%d,%s".formatted(i, thenNs, atNs, bounded(thenNs)));
      }
    }
    Files.writeString(run.resolve("coordinator.csv"), sent);
    Files.writeString(run.resolve("worker_n1.csv"), received);
  }

  private static String bounded(long ns) {
    return "%d,%d,%d,synchronized\n".formatted(ns, ns - 100_000, ns + 100_000);
  }

  private Program.Result analyze(Object... arguments) {
    return Program.named("analyze").in(folder).with(arguments).run();
  }

  private static Map<String, String> content(Path folder) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return content;
  }

  @Test
  void conditionsDecideTheExitCodeOfAnAnalysis() throws IOException {
    String run = "runs/nightly/2026-11-17T02-30-00Z";
    Program.Result good =
        analyze(run, "--out", "out", "--quiet", "--fail-if", "causality.bounded.violations > 0");
    assertThat(good).isEqualTo(new Program.Result(0, "", ""));
    Program.Result bad =
        analyze(
            run,
            "--out",
            "out",
            "--fail-if",
            "latency.bounded.n1.p50_ns > 2ms",
            "--fail-if",
            "events.lost >= 10",
            "--fail-if",
            "latency.bounded.n1.p999_ns > 5ms");
    assertThat(bad.exitCode()).as(bad.err()).isEqualTo(ExitCode.CLOCKS.code());
    assertThat(bad.out())
        .contains("passed: latency.bounded.n1.p50_ns > 2ms – latency.bounded.n1.p50_ns = 10")
        .contains("failed: events.lost >= 10 – events.lost = 10\n")
        .contains("cannot be told: latency.bounded.n1.p999_ns > 5ms – ");
    JsonNode conditions =
        new ObjectMapper().readTree(folder.resolve("out/statistics/conditions.json").toFile());
    assertThat(conditions.at("/conditions/1/verdict").asText()).isEqualTo("failed");
    Program.Result unknown = analyze(run, "--out", "out", "--fail-if", "events.lots > 1");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(unknown.err())
        .startsWith("analyze: 'events.lots > 1': there is no number events.lots in summary.json")
        .contains("events.lost");
  }

  @Test
  void aFolderOfRunsIsComparedAndNoneOfThemIsTouched() throws IOException {
    Map<String, String> before = content(nightly);
    Program.Result result =
        analyze(
            "--compare",
            "runs/nightly",
            "--out",
            "trend",
            "--metric",
            "latency.bounded.n1.p50_ns",
            "--metric",
            "causality.bounded.violations",
            "--fail-if",
            "latency.bounded.n1.p50_ns > baseline * 2");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).as(result.out()).isEqualTo(ExitCode.CLOCKS.code());
    assertThat(content(nightly)).isEqualTo(before);
    assertThat(result.out())
        .contains("6 runs from 2026-11-17T02:30:00Z to 2026-11-22T02:30:00Z are compared")
        .contains("latency.bounded.n1.p50_ns of the last run differs")
        .contains("failed: latency.bounded.n1.p50_ns > baseline * 2 – ");
    JsonNode comparison =
        new ObjectMapper().readTree(folder.resolve("trend/comparison.json").toFile());
    JsonNode latency = comparison.at("/metrics/latency.bounded.n1.p50_ns");
    assertThat(latency.at("/last/value").asLong()).isBetween(3_000_000L, 3_050_000L);
    assertThat(latency.at("/last/earlier_median").asLong()).isBetween(1_014_000L, 1_064_000L);
    assertThat(latency.at("/last/verdict").asText()).isEqualTo("changed");
    assertThat(comparison.at("/metrics/causality.bounded.violations/last/verdict").asText())
        .isEqualTo("did not change");
    assertThat(Files.readAllLines(folder.resolve("trend/comparison.csv"))).hasSize(7);

    long modified =
        Files.getLastModifiedTime(
                folder.resolve("trend/runs/2026-11-17T02-30-00Z/statistics/summary.json"))
            .toMillis();
    String first = Files.readString(folder.resolve("trend/comparison.json"));
    Program.Result again =
        analyze(
            "--compare",
            "runs/nightly",
            "--out",
            "trend",
            "--quiet",
            "--metric",
            "latency.bounded.n1.p50_ns",
            "--metric",
            "causality.bounded.violations");
    assertThat(again).isEqualTo(new Program.Result(0, "", ""));
    assertThat(
            Files.getLastModifiedTime(
                    folder.resolve("trend/runs/2026-11-17T02-30-00Z/statistics/summary.json"))
                .toMillis())
        .as("what was analysed before is not analysed again")
        .isEqualTo(modified);
    assertThat(new ObjectMapper().readTree(first).get("metrics"))
        .isEqualTo(
            new ObjectMapper()
                .readTree(folder.resolve("trend/comparison.json").toFile())
                .get("metrics"));
  }

  @Test
  void aRunThatCannotBeReadIsNamedAndNoRunAtAllIsNoData() throws IOException {
    Files.writeString(nightly.resolve("2026-11-19T02-30-00Z/coordinator.csv"), "torn");
    Program.Result result = analyze("--compare", "runs/nightly", "--out", "trend", "--quiet");
    assertThat(result.exitCode()).isEqualTo(ExitCode.SOME_FAILED.code());
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .startsWith("analyze: not compared: ")
        .contains("2026-11-19T02-30-00Z");
    Files.createDirectory(folder.resolve("empty"));
    Program.Result nothing = analyze("--compare", "empty");
    assertThat(nothing.exitCode()).isEqualTo(ExitCode.NO_DATA.code());
    assertThat(nothing.err()).startsWith("analyze: there is no run in empty");
    assertThat(folder.resolve("comparison")).doesNotExist();
  }

  @Test
  void everyExampleOfTheDocumentRunsAsItStands() throws IOException {
    assertThat(analyze("runs/nightly/2026-11-20T02-30-00Z", "--quiet").exitCode()).isZero();
    List<String> examples = examples(Program.checkout().resolve("docs/compare.md"));
    assertThat(examples).hasSizeGreaterThanOrEqualTo(5);
    for (String example : examples) {
      Program.Result result =
          Program.of("bash")
              .in(folder)
              .env("PATH", Program.home().resolve("bin") + ":/usr/bin:/bin")
              .with("-c", example)
              .run();
      // The last night is worse than the others, which conditions may tell.
      assertThat(result.exitCode())
          .as(example + "\n" + result.err())
          .isIn(ExitCode.SUCCESS.code(), ExitCode.CLOCKS.code());
      assertThat(result.err()).as(example).doesNotContain("analyze: ");
    }
  }

  private static List<String> examples(Path document) throws IOException {
    List<String> examples = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    for (String line : Files.readAllLines(document)) {
      if (!open.isEmpty() || line.startsWith("    analyze ")) {
        open.append(line.strip()).append('\n');
        if (!line.endsWith("\\")) {
          examples.add(open.toString());
          open.setLength(0);
        }
      }
    }
    return examples;
  }
}
