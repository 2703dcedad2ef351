package org.carillon.analysis.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.carillon.analysis.Analysis;
import org.carillon.analysis.FigureFormat;
import org.carillon.analysis.condition.Condition;
import org.carillon.analysis.condition.Judged;
import org.carillon.analysis.condition.Outcome;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

  private static final Analyst NOBODY =
      (run, out) -> {
        throw new AssertionError(run + " has a summary");
      };

  @TempDir private Path folder;

  /** A run of which only a summary is left. */
  private Path run(String name, long p99Ns, int ambiguous, String... manifest) {
    return write(
        folder.resolve("runs").resolve(name),
        """
        {"schema":1,
         "events":{"sent":1000,"workers":{"n1":{"received":1000,"lost":0,"duplicates":0}}},
         "causality":{"bounded":{"n1":{"pairs":1000,"proven":%d,"ambiguous":%d,"violations":0}}},
         "totals":{"latency":{"bounded":{"n":1000,"p99_ns":%d,"p99_ci_ns":[%d,%d]}}},
         "version":"%s"}
        """
            .formatted(
                1000 - ambiguous, ambiguous, p99Ns, p99Ns - 500, p99Ns + 1500, Analysis.version()),
        manifest);
  }

  private static Path write(Path run, String summary, String... manifest) {
    try {
      Files.createDirectories(run.resolve("statistics"));
      Files.writeString(run.resolve("statistics/summary.json"), summary);
      for (String text : manifest) {
        Files.writeString(run.resolve("manifest.json"), text);
      }
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ComparisonRequest request(List<Path> runs, String... conditions) {
    return new ComparisonRequest(
        runs,
        folder.resolve("out"),
        List.of(),
        0.05,
        1,
        Set.of(),
        List.of(conditions).stream().map(Condition::parse).toList(),
        NOBODY);
  }

  private ComparisonResult compare(List<Path> runs, String... conditions) {
    return Comparison.compare(request(runs, conditions), _ -> {});
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("out/comparison.json").toFile());
  }

  private List<Path> nights(int n, int changeAt) {
    Random random = new Random(4);
    List<Path> runs = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      runs.add(
          run(
              "2026-11-%02dT02-30-00Z".formatted(i + 1),
              1_000_000 + random.nextInt(20_000) + (i >= changeAt ? 500_000 : 0),
              100 + random.nextInt(10)));
    }
    return runs;
  }

  @Test
  void aStepIsTakenDownWithItsRunAndItsLevels() throws IOException {
    nights(24, 15);
    ComparisonResult result = compare(List.of(folder.resolve("runs")));
    JsonNode latency = json().at("/metrics/latency.bounded.p99_ns");
    assertThat(latency.at("/n").asInt()).isEqualTo(24);
    assertThat(latency.at("/verdict").asText()).isEqualTo("changed");
    assertThat(latency.at("/changes")).hasSize(1);
    assertThat(latency.at("/changes/0/run").asText()).isEqualTo("2026-11-16T02-30-00Z");
    assertThat(latency.at("/changes/0/index").asInt()).isEqualTo(15);
    assertThat(latency.at("/changes/0/before").asLong()).isBetween(1_000_000L, 1_020_000L);
    assertThat(latency.at("/changes/0/after").asLong()).isBetween(1_500_000L, 1_520_000L);
    assertThat(latency.at("/changes/0/p_value").asDouble()).isLessThanOrEqualTo(0.01);
    assertThat(latency.at("/within_width").asLong()).isEqualTo(2_000);
    assertThat(latency.at("/values")).hasSize(24);
    assertThat(json().at("/metrics/causality.bounded.violation_rate/verdict").asText())
        .isEqualTo("did not change");
    assertThat(result.findings())
        .anySatisfy(
            it ->
                assertThat(it)
                    .startsWith("latency.bounded.p99_ns changed from 1.0")
                    .contains("with 2026-11-16T02-30-00Z"));
    assertThat(Files.readAllLines(folder.resolve("out/comparison.csv")))
        .hasSize(25)
        .element(1)
        .asString()
        .startsWith("2026-11-01T02-30-00Z,1793500200000000000,2026-11-01T02:30:00Z,0,");
  }

  @Test
  void theReportTellsTheSameInHtmlAndMarkdownAndFetchesNothing() throws IOException {
    nights(24, 15);
    ComparisonResult result =
        compare(List.of(folder.resolve("runs")), "latency.bounded.p99_ns > baseline * 1.1");
    String html = Files.readString(result.report());
    String markdown = Files.readString(folder.resolve("out/comparison.md"));
    assertThat(html)
        .doesNotContain("<script", "<link", "<img", "@import", "url(//")
        .contains("failed: latency.bounded.p99_ns &gt; baseline * 1.1");
    assertThat(html.split("<svg", -1)).hasSize(2);
    List<String> points = Files.readAllLines(folder.resolve("out/figures/trends.csv"));
    assertThat(points.getFirst()).isEqualTo("number,run,value,low,high,level");
    assertThat(points)
        .filteredOn(line -> line.startsWith("latency.bounded.p99_ns,"))
        .hasSize(24)
        .first()
        .asString()
        .startsWith("latency.bounded.p99_ns,1,10");
    for (String part :
        List.of(
            "24 runs up to 2026-11-24T02-30-00Z",
            "Over all runs",
            "Changes of level",
            "The last run, 2026-11-24T02-30-00Z, and the earlier ones",
            "did not change",
            "Circular binary segmentation")) {
      assertThat(html).contains(part);
      assertThat(markdown).contains(part);
    }
  }

  @Test
  void theTrendsAreDrawnInEachFormatAndOfOneRunToo() throws IOException {
    ComparisonRequest request = request(List.of(run("a", 10, 10)));
    Comparison.compare(
        new ComparisonRequest(
            request.runs(),
            request.out(),
            List.of("events.sent", "causality.bounded.violation_rate", "latency.bounded.p99_ns"),
            0.05,
            1,
            Set.of(FigureFormat.values()),
            List.of(),
            NOBODY),
        _ -> {});
    try (Stream<Path> files = Files.list(folder.resolve("out/figures"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("trends.csv", "trends.png", "trends.svg", "trends.pdf");
    }
    assertThat(Files.readString(folder.resolve("out/figures/trends.svg")))
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void theSameRunsGiveTheSameBytesWhateverTheOrderInWhichTheyAreNamed() throws IOException {
    List<Path> runs = nights(14, 9);
    compare(runs);
    String first = Files.readString(folder.resolve("out/comparison.json"));
    compare(runs.reversed());
    assertThat(folder.resolve("out/comparison.json")).hasContent(first);
  }

  @Test
  void conditionsHoldTheLastRunAgainstTheMedianOfTheEarlierOnes() throws IOException {
    run("2026-11-01T00-00-00Z", 10, 10);
    run("2026-11-02T00-00-00Z", 30, 20);
    run("2026-11-03T00-00-00Z", 20, 90);
    run("2026-11-04T00-00-00Z", 25, 21);
    List<Path> runs = List.of(folder.resolve("runs"));
    assertThat(
            compare(
                    runs,
                    "latency.bounded.p99_ns > baseline",
                    "causality.bounded.ambiguous > baseline * 1.1",
                    "events.lost > baseline + 0.5 or events.duplicates > baseline")
                .judged()
                .outcomes())
        .extracting(Outcome::line)
        .satisfies(
            lines ->
                assertThat(lines.get(0))
                    .isEqualTo(
                        "failed: latency.bounded.p99_ns > baseline – latency.bounded.p99_ns = 25"
                            + " (25 ns); baseline(latency.bounded.p99_ns) = 20 (20 ns)"),
            lines -> assertThat(lines.get(1)).startsWith("passed: "),
            lines -> assertThat(lines.get(2)).startsWith("passed: "));
    assertThat(json().at("/conditions/0/verdict").asText()).isEqualTo("failed");
    assertThat(json().at("/conditions/0/numbers/baseline(latency.bounded.p99_ns)").asLong())
        .isEqualTo(20);
  }

  @Test
  void aPathThatIsNotThereIsComplainedOfAndTheReportIsWritten() {
    run("a", 10, 10);
    Judged judged =
        compare(List.of(folder.resolve("runs")), "events.lots > 0", "events.lost > 0").judged();
    assertThat(judged.complaints()).singleElement().asString().contains("events.lost");
    assertThat(judged.outcomes()).hasSize(1);
    assertThat(judged.passed()).isFalse();
    assertThat(folder.resolve("out/comparison.json")).exists();
  }

  @Test
  void whatCannotBeReadIsNamedAndTheRestIsCompared() throws IOException {
    Path good = run("good", 10, 10);
    Path torn = write(folder.resolve("runs/torn"), "{\"schema\":1,");
    Path other = write(folder.resolve("runs/other"), "{\"schema\":99}");
    Path failed = Files.createDirectories(folder.resolve("runs/failed"));
    Files.writeString(failed.resolve("manifest.json"), "{}");
    Path missing = folder.resolve("runs/missing");
    ComparisonResult result = compare(List.of(good, torn, other, failed, missing));
    assertThat(result.notRead())
        .satisfiesExactly(
            it -> assertThat(it).contains("torn", "cannot be read as JSON"),
            it -> assertThat(it).contains("other", "schema 99, and this version reads 1"),
            it -> assertThat(it).contains("failed has neither coordinator.csv nor"),
            it -> assertThat(it).contains("missing does not exist"));
    assertThat(json().at("/runs")).hasSize(1);
    assertThat(json().at("/not_read")).hasSize(4);
    assertThat(result.warnings()).first().asString().startsWith("There is only one run, good");
  }

  @Test
  void nothingToCompareIsNoData() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("nothing here"));
    assertThatThrownBy(() -> compare(List.of(empty)))
        .isInstanceOfSatisfying(
            CarillonException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_DATA))
        .hasMessageContaining("there is no run in " + empty);
    Path torn = write(folder.resolve("runs/torn"), "");
    assertThatThrownBy(() -> compare(List.of(torn)))
        .isInstanceOfSatisfying(
            CarillonException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_DATA));
    Path other = write(folder.resolve("runs/other"), "{\"schema\":1}");
    assertThatThrownBy(() -> compare(List.of(other)))
        .hasMessageContaining("no run has any of the numbers");
  }

  @Test
  void runsThatDifferInMoreThanTimeAreToldApart() {
    String manifest = "{\"experiment\":\"%s\",\"start_time_ns\":%d}";
    Path a = run("a", 10, 10, manifest.formatted("x", 2));
    Path b = run("b", 10, 10, manifest.formatted("y", 1));
    Path c =
        write(
            folder.resolve("runs/c"),
            """
            {"schema":1,"events":{"workers":{"n1":{"received":1,"lost":0},"n2":{"received":1,"lost":0}}},
             "causality":{"bounded":{"comparable":false,"why":"none"}},
             "control":{"injected_faults":"loss=1%"},"version":"0.0.1"}
            """);
    assertThat(compare(List.of(a, b, c)).warnings())
        .containsExactly(
            "The runs are of different experiments: unknown (c), x (a), y (b).",
            "The runs have different numbers of workers: 1 (b, a), 2 (c).",
            "The clock bounded cannot be judged in c, where not both ends recorded it; its numbers"
                + " are those of the other runs.",
            "The summaries were made by different versions, which may define a number differently:"
                + " 0.0.1 (c), "
                + Analysis.version()
                + " (b, a).",
            "Faults were injected on purpose in c.",
            "Nothing tells when c began; such runs stand last, in the order in which they were"
                + " named.");
  }

  @Test
  void aSummaryThatIsNotOfTheFilesIsMadeAnewBelowTheResults() throws IOException {
    Path run = run("night 1", 10, 10);
    Files.writeString(run.resolve("coordinator.csv"), "event_id,send_time_ns\n1,5\n");
    List<Path> analysed = new ArrayList<>();
    ComparisonRequest first = request(List.of(run));
    ComparisonRequest request =
        new ComparisonRequest(
            first.runs(),
            first.out(),
            List.of(),
            0.05,
            1,
            Set.of(),
            List.of(),
            (from, to) -> {
              analysed.add(to);
              String summary =
                  """
                  {"schema":1,"events":{"workers":{"n1":{"received":1,"lost":3}}},
                   "input":{"coordinator.csv":{"bytes":26}},"version":"%s"}
                  """
                      .formatted(Analysis.version());
              return write(to, summary).resolve("statistics/summary.json");
            });
    Comparison.compare(request, _ -> {});
    assertThat(analysed).containsExactly(folder.resolve("out/runs/night 1"));
    assertThat(json().at("/metrics/events.loss_rate/median").asDouble()).isEqualTo(0.75);
    Comparison.compare(request, _ -> {});
    assertThat(analysed).as("the summary made before is of these files").hasSize(1);
    Files.writeString(run.resolve("worker_n1.csv"), "event_id\n");
    Comparison.compare(request, _ -> {});
    assertThat(analysed).as("a file has come").hasSize(2);
  }

  @Test
  void runsOfTheSameNameAreToldApartByTheirFolders() throws IOException {
    Path first = run("x/night", 10, 10);
    Path second = run("y/night", 20, 10);
    compare(List.of(first, second, first));
    assertThat(json().at("/runs").findValuesAsText("name")).containsExactly("x_night", "y_night");
  }
}
