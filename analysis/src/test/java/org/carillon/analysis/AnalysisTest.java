package org.carillon.analysis;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalysisTest {

  @TempDir Path folder;

  private RecordedRun run() {
    return new RecordedRun(folder.resolve("run"))
        .with(
            "coordinator.csv",
            "event_id,sequence_number,send_time_ns,ntp_timestamp_ns,bc_timestamp_ns,bc_earliest_ns,bc_latest_ns,bc_status,true_time_ns\n"
                + "1,0,1795000000000000003,1795000000000000010,1795000000000000010,1795000000000000000,1795000000000000020,synchronized,1795000000000000011\n"
                + "2,1,1795000000100000003,1795000000100000010,1795000000100000010,1795000000100000000,1795000000100000020,synchronized,1795000000100000011\n"
                + "3,2,1795000000200000003,,,,,unsynchronized,1795000000200000011\n")
        .with(
            "worker_<b>.csv",
            "event_id,receive_time_ns,coordinator_send_time_ns,ntp_timestamp_ns,bc_timestamp_ns,bc_earliest_ns,bc_latest_ns,bc_status,true_time_ns,colour\n"
                + "1,1795000000000000001,1795000000000000033,1795000000000000040,1795000000000000040,1795000000000000030,1795000000000000050,synchronized,1795000000000000041,red\n"
                + "2,1795000000100000009,1795000000100000033,1795000000100000009,1795000000100000015,1795000000100000005,1795000000100000025,synchronized,1795000000100000026,red\n"
                + "2,1795000000100000099,1795000000100000033,1795000000100000009,1795000000100000015,1795000000100000005,1795000000100000025,synchronized,1795000000100000026,red\n"
                + "3,oops,1795000000200000033,,,,,,,red\n"
                + "9,1,1,,,,,,,red\n"
                + "3,17950000002")
        .with(
            "worker_a.csv",
            "event_id,receive_time_ns,coordinator_send_time_ns,ntp_timestamp_ns,ct_lower_bound_ns,ct_upper_bound_ns\n"
                + "1,1795000000000000005,1795000000000000033,1795000000000000011,1795000000000000001,1795000000000000009\n");
  }

  /** Change it on purpose only, and together with docs/formats.md: its keys are an interface. */
  @Test
  void theSummaryIsByteForByteTheGoldenOne() throws IOException {
    AnalysisResult result = run().analyze(folder.resolve("out"), Set.of());
    assertThat(result.summary()).isEqualTo(folder.resolve("out/statistics/summary.json"));
    try (InputStream golden = AnalysisTest.class.getResourceAsStream("summary.json")) {
      assertThat(
              Files.readString(result.summary())
                  .replaceFirst("\"version\" : \"[0-9.]+\"", "\"version\" : \"0.0.0\""))
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void resultsThatCannotAllBeWrittenLeaveThoseOfTheEarlierAnalysisAsTheyWere() throws IOException {
    Path out = folder.resolve("out");
    RecordedRun run = run();
    run.analyze(out, Set.of(FigureFormat.SVG));
    Map<Path, String> before = results(out);
    Path coordinator = folder.resolve("run/coordinator.csv");
    List<String> lines = Files.readAllLines(coordinator);
    Files.writeString(coordinator, String.join("\n", lines.subList(0, lines.size() - 1)) + "\n");
    // Here the last of the results cannot be written, as on a disk that is full by then.
    long pid = ProcessHandle.current().pid();
    Path blocked = out.resolve("statistics/.summary.json." + pid + ".part/x");
    Files.createDirectories(blocked);
    assertThatThrownBy(() -> run.analyze(out, Set.of(FigureFormat.SVG)))
        .isInstanceOf(CarillonException.class)
        .hasMessageContaining("cannot write to " + out.resolve("statistics/summary.json"));
    assertThat(results(out)).isEqualTo(before);
    Files.delete(blocked);
    Files.delete(blocked.getParent());
    run.analyze(out, Set.of(FigureFormat.SVG));
    assertThat(results(out)).isNotEqualTo(before).containsOnlyKeys(before.keySet());
  }

  /** All files but those that are kept for the next analysis only. */
  private static Map<Path, String> results(Path out) throws IOException {
    Map<Path, String> results = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().matches("(merged|answers|hindsight)[.].*")) {
          results.put(file, Files.readString(file));
        }
      }
    }
    return results;
  }

  @Test
  void theReportIsOnePageThatFetchesNothingAndEscapesWhatItIsTold() throws IOException {
    AnalysisResult result =
        run().analyze(folder.resolve("out"), Set.of(FigureFormat.SVG, FigureFormat.PNG));
    String report = Files.readString(result.report());
    assertThat(
            report
                .replace("xmlns=\"http://www.w3.org/2000/svg\"", "")
                .replace("xmlns:xlink=\"http://www.w3.org/1999/xlink\"", ""))
        .doesNotContain("http://", "https://", "<script", "<link", "<img", "@import", "url(//");
    assertThat(report).contains("&lt;b&gt;").doesNotContain("<b>");
    result
        .findings()
        .forEach(
            f -> assertThat(report).contains(f.replace("<b>", "&lt;b&gt;").replace("'", "&#39;")));
    assertThat(report.indexOf("warnings</h2>")).isPositive().isLessThan(report.indexOf("<svg"));
    assertThat(report.split("<svg", -1)).hasSize(1 + 10);
    assertThat(Files.list(folder.resolve("out/figures")))
        .as("of each figure two formats and the numbers")
        .hasSize(3 * 10);
    assertThat(Files.list(folder.resolve("out")))
        .as("nothing is left lying about")
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrder("figures", "report.html", "report.md", "statistics");
  }

  @Test
  void theReportBeginsWithFiveAnswersThatAllOfItsFormsShare() throws IOException {
    AnalysisResult result =
        run().analyze(folder.resolve("out"), Set.of(FigureFormat.SVG, FigureFormat.PNG));
    assertThat(result.answer()).hasSize(5);
    String html = Files.readString(result.report());
    String markdown = Files.readString(folder.resolve("out/report.md"));
    JsonNode json = new ObjectMapper().readTree(result.summary().toFile());
    assertThat(json.get("answer")).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat(json.get("answer").get(i).textValue()).isEqualTo(result.answer().get(i));
      assertThat(html)
          .contains(result.answer().get(i).replace("<b>", "&lt;b&gt;").replace("'", "&#39;"));
      assertThat(markdown)
          .contains(i + 1 + ". " + result.answer().get(i).replace("<b>", "&lt;b&gt;"));
    }
    assertThat(html.indexOf("The answer"))
        .isPositive()
        .isLessThan(html.indexOf("warnings</h2>"))
        .isLessThan(html.indexOf("What came out, in detail"));
  }

  @Test
  void markdownHasTheTablesTheWarningsAndTheFiguresOfTheFilesBesideIt() throws IOException {
    AnalysisResult result =
        run().analyze(folder.resolve("out"), Set.of(FigureFormat.PDF, FigureFormat.PNG));
    String markdown = Files.readString(folder.resolve("out/report.md"));
    String html = Files.readString(result.report());
    assertThat(markdown)
        .contains("&lt;b&gt;", "| bounded | &lt;b&gt; | 2 | 0 | 0 % | 1 | 1 |")
        .doesNotContain("<b>");
    assertThat(markdown.split("\n\\|:?-", -1))
        .as("tables")
        .hasSameSizeAs(html.split("<table>", -1));
    Pattern.compile("!\\[[^]]*]\\(([^)]*)\\)")
        .matcher(markdown)
        .results()
        .forEach(image -> assertThat(folder.resolve("out/" + image.group(1))).isNotEmptyFile());
    assertThat(markdown.split("!\\[", -1)).hasSize(1 + 10);
  }

  @Test
  void everyTableIsWrittenAsLatexTooIfAskedFor() throws IOException {
    Path out = folder.resolve("out");
    RecordedRun run = run();
    run.analyze(out, Set.of());
    assertThat(out.resolve("statistics/tables.tex")).doesNotExist();
    Analysis.analyze(
        new AnalysisRequest(
            run.folder(),
            out,
            List.of(Duration.ofMillis(100)),
            Set.of(),
            true,
            List.of(),
            List.of(Duration.ofNanos(19), Duration.ofNanos(20)),
            true),
        step -> {});
    assertThat(Files.readString(out.resolve("statistics/summary.json")))
        .as("both intervals are 20 ns wide, which is wider than 19 ns and not than 20 ns")
        .containsPattern("\"19ns\" : \\{\\s+\"wider\" : 2,")
        .containsPattern("\"20ns\" : \\{\\s+\"wider\" : 0,")
        .doesNotContain("\"1us\"");
    String all = Files.readString(out.resolve("statistics/tables.tex"));
    assertThat(Files.list(out.resolve("statistics/latex")))
        .hasSize(all.split("begin.table.", -1).length - 1)
        .allSatisfy(
            file ->
                assertThat(all)
                    .contains(Files.readString(file).lines().skip(2).collect(joining("\n"))));
    assertThat(all).contains("\\label{tab:windows_100ms}", "\\textless{}b\\textgreater{}");
  }

  @Test
  void resultsAreReadableByTheGroupOnly() throws IOException {
    AnalysisResult result = run().analyze(folder.resolve("out"), Set.of());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(result.report())))
        .isEqualTo("rw-r-----");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(result.summary().getParent())))
        .isEqualTo("rwxr-x---");
  }

  private void refused(RecordedRun run, ExitCode code, String... words) {
    assertThatThrownBy(() -> run.analyze(folder.resolve("out"), Set.of()))
        .isInstanceOfSatisfying(
            CarillonException.class, e -> assertThat(e.exitCode()).isEqualTo(code))
        .hasMessageContainingAll(words);
  }

  @Test
  void nothingToAnalyseIsNoSuccess() {
    RecordedRun empty = new RecordedRun(folder.resolve("empty"));
    refused(empty, ExitCode.USAGE, "is not a folder");
    refused(empty.with("x", ""), ExitCode.NO_DATA, "there is no coordinator.csv in");
    refused(empty.with("coordinator.csv", ""), ExitCode.NO_DATA, "there is no worker_NODE.csv in");
    refused(empty.with("worker_a.csv", ""), ExitCode.NO_DATA, "no event was sent", "is empty");
    refused(
        run().with("coordinator.csv", "event_id,send_time_ns\n1,5\n"),
        ExitCode.NO_DATA,
        "no event was sent",
        "coordinator.csv line 1, column sequence_number: this required column is missing");
    refused(
        run()
            .with("worker_a.csv", "event_id,receive_time_ns,coordinator_send_time_ns\n")
            .with("worker_<b>.csv", "event_id\n1\n"),
        ExitCode.NO_DATA,
        "no event was received");
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    RecordedRun run = run();
    assertThatThrownBy(() -> run.analyze(folder.resolve("file/out"), Set.of()))
        .isInstanceOf(CarillonException.class)
        .hasMessageContainingAll("cannot write to", "--out");
  }

  @Test
  void aWindowMustBeLongerThanZero() {
    assertThatThrownBy(
            () ->
                new AnalysisRequest(
                    folder, folder, List.of(Duration.ZERO), Set.of(), false, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new AnalysisRequest(folder, folder, List.of(), Set.of(), false, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
