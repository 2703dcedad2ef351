package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzeIT {

  private static final long T = 1_795_000_000_000_000_003L;
  private static final int EVENTS = 1_200;

  /** Real data that lies beside a checkout where it is developed; it is not part of it. */
  private static final Path RECORDING =
      Program.checkout().resolve("../shared/data/ares-chronotick-30min").normalize();

  @TempDir Path folder;
  private Path run;
  private Path out;

  @BeforeEach
  void writeRun() throws IOException {
    run = Files.createDirectory(folder.resolve("a run é"));
    out = folder.resolve("results");
    String clocks =
        ",ntp_offset_ms,ntp_uncertainty_ms,ntp_timestamp_ns,bc_timestamp_ns,bc_earliest_ns,"
            + "bc_latest_ns,bc_status,true_time_ns\n";
    StringBuilder sent =
        new StringBuilder("event_id,sequence_number,send_time_ns,scheduled_time_ns").append(clocks);
    for (int i = 1; i <= EVENTS; i++) {
      long ns = T + i * 10_000_000L;
      sent.append(i + "," + (i - 1) + "," + ns + "," + (ns - 900 - i % 90));
      sent.append(clocks(ns, i, 250_000));
    }
    Files.writeString(run.resolve("coordinator.csv"), sent);
    for (String node : List.of("n1", "n2", "n10")) {
      long offsetNs = Map.of("n1", 3_000_000L, "n2", -4_000_000L, "n10", 0L).get(node);
      StringBuilder received =
          new StringBuilder("event_id,node_id,receive_time_ns,coordinator_send_time_ns")
              .append(clocks);
      for (int i = 1; i <= EVENTS; i++) {
        if (i % 300 == 7) {
          continue;
        }
        long trueNs = T + i * 10_000_000L + 120_000 + i * 7_919L % 60_000;
        received.append(i + "," + node + "," + (trueNs + offsetNs) + "," + (T + i * 10_000_000L));
        received.append(clocks(trueNs, i, 180_000));
      }
      Files.writeString(run.resolve("worker_" + node + ".csv"), received);
    }
    Files.writeString(
        run.resolve("commit_wait_n1.csv"),
        "event_id,delay_s,bc_uncertainty_ns,ct_uncertainty_ms\n1,1,90000,\n2,1,80000,\n1,2.5,70000,\n");
  }

  /** What clocks say that are right within half the width, and know it. */
  private static String clocks(long trueNs, int i, long widthNs) {
    long bestNs = trueNs + i * 104_729L % (widthNs / 2) - widthNs / 4;
    return ",%d.%06d,%d.%03d,%d,%d,%d,%d,synchronized,%d\n"
        .formatted(
            0,
            i,
            0,
            100 + i % 7,
            bestNs,
            bestNs,
            bestNs - widthNs / 2,
            bestNs + widthNs / 2,
            trueNs);
  }

  private Program.Result analyze(Object... arguments) {
    return Program.named("analyze").with(arguments).run();
  }

  private JsonNode summary() throws IOException {
    return new ObjectMapper().readTree(out.resolve("statistics/summary.json").toFile());
  }

  private static void compareWithAnIndependentCalculation(Path run, Path summary) {
    Program.Result comparison =
        Program.command(
            "python3",
            Program.checkout().resolve("cli/src/test/resources/summary-check.py").toString(),
            run.toString(),
            summary.toString());
    assertThat(comparison.err()).isEmpty();
    assertThat(comparison.out()).endsWith(" numbers agree\n");
    assertThat(comparison.exitCode()).isZero();
  }

  @Test
  void everyNumberAgreesWithAnIndependentCalculation() throws IOException {
    Program.Result result =
        analyze(
            run, "--out", out, "--mixed", "--windows", "7ms,100ms,1s", "--format", "png,svg,pdf");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    compareWithAnIndependentCalculation(run, out.resolve("statistics/summary.json"));
    assertThat(summary().at("/coverage/bounded/n10/inside").asLong()).isEqualTo(EVENTS - 4);
    assertThat(summary().at("/causality/system/n2/violations").asLong()).isEqualTo(EVENTS - 4);
    assertThat(summary().at("/causality/bounded/n2/violations").asLong()).isZero();
    assertThat(result.out())
        .contains("Answer", "Ordering holds by the bounded clock", "Warnings")
        .contains("12 events were not on record at")
        .contains(out.resolve("report.html").toString());
    assertThat(Files.list(out.resolve("figures")))
        .extracting(file -> file.getFileName().toString())
        .contains(
            "causality_violations.png",
            "causality_violations.svg",
            "causality_violations.pdf",
            "ordering_consensus.png",
            "window_assignment.png",
            "summary_dashboard.png",
            "summary_dashboard.pdf",
            "summary_dashboard.csv",
            "latency_over_time.svg",
            "coordination_cost.svg",
            "commit_wait.svg",
            "window_ambiguity.svg")
        .hasSizeGreaterThanOrEqualTo(40);
  }

  @Test
  void aRunInSharesThatAJobArrayMadeHasTheSameNumbers() throws IOException {
    analyze(run, "--out", out, "--quiet", "--format", "svg", "--no-cache");
    Path shares = folder.resolve("the shares");
    Path scripts = Program.checkout().resolve("examples/slurm");
    String bin = Program.home().resolve("bin").toString();
    Program.Result early = analyze(run, "--merge", run, "--out", folder.resolve("early"));
    assertThat(early.err()).contains("there is no share of a run in " + run);
    assertThat(early.exitCode()).isEqualTo(ExitCode.NO_DATA.code());
    for (int task = 1; task <= 2; task++) {
      Program.Result share =
          Program.of(scripts.resolve("analyze-share.sbatch").toString())
              .with(run, shares, 2)
              .env("CARILLON_BIN", bin)
              .env("SLURM_ARRAY_TASK_ID", Integer.toString(task))
              .run();
      assertThat(share.err()).isEmpty();
      assertThat(share.exitCode()).isZero();
    }
    Path joined = folder.resolve("joined");
    Program.Result merge =
        Program.of(scripts.resolve("analyze-merge.sbatch").toString())
            .with(run, shares, joined)
            .env("CARILLON_BIN", bin)
            .run();
    assertThat(merge.out()).contains("Answer", joined.resolve("report.html").toString());
    for (String file : List.of("statistics/summary.json", "figures/latency_distribution.csv")) {
      assertThat(joined.resolve(file)).hasSameTextualContentAs(out.resolve(file));
    }
    Program.Result idle = analyze(run, "--partial", "1/2", "--json", "--out", shares);
    assertThat(idle.err()).contains("--json has no effect with --partial");
    assertThat(idle.exitCode()).isEqualTo(ExitCode.USAGE.code());
  }

  @Test
  void jsonIsTheWholeOfStandardOutputAndSaysWhatTheReportSays() throws IOException {
    Program.Result result = analyze(run, "--out", out, "--json", "--latex", "--log-level", "DEBUG");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo(Files.readString(out.resolve("statistics/summary.json")));
    JsonNode printed = new ObjectMapper().readTree(result.out());
    assertThat(printed.get("answer")).hasSize(5);
    assertThat(Files.readString(out.resolve("report.md")))
        .contains("1. " + printed.at("/answer/0").textValue());
    assertThat(out.resolve("statistics/tables.tex")).isNotEmptyFile();
    assertThat(result.err()).contains("DEBUG");
  }

  @Test
  void aRealRecordingGivesTheKnownNumbers() throws IOException {
    if (!Files.isDirectory(RECORDING)) {
      // The recording belongs to others and is not in the checkout; the test above needs none.
      return;
    }
    assertThat(analyze(RECORDING, "--out", out, "--mixed").exitCode()).isZero();
    compareWithAnIndependentCalculation(RECORDING, out.resolve("statistics/summary.json"));
    JsonNode summary = summary();
    assertThat(summary.at("/causality/ntp/comp11/violations").asLong()).isEqualTo(727);
    assertThat(summary.at("/causality/ntp/comp12/violations").asLong()).isEqualTo(729);
    assertThat(summary.at("/causality/system/comp12/violations").asLong()).isZero();
    assertThat(summary.at("/windows/50ms/chronotick/comp11,comp12/confident").asLong())
        .isEqualTo(2855);
    assertThat(summary.at("/windows/50ms/chronotick/comp11,comp12/agree").asLong())
        .isEqualTo(2855 - 98);
    assertThat(summary.at("/mixed_sources/ntp/comp11/violations").asLong()).isEqualTo(2961);
    assertThat(summary.at("/causality/chronotick/comparable").asBoolean(true)).isFalse();
    assertThat(summary.at("/answer/0").asText())
        .startsWith("Ordering does not hold by ChronoTick, whose bounds at two workers exclude")
        .contains("by NTP, which has 1,456 of 5,991 receptions (24.3 %) before their own sending")
        .contains("by the system clock, which contradicts itself in none of 5,991 receptions");
    assertThat(summary.at("/answer/4").asText())
        .startsWith("Something broke: ChronoTick's bounds do not hold; NTP offsets are frozen")
        .contains("NTP uncertainties are a constant at comp11 and comp12");
    assertThat(summary.get("warnings"))
        .extracting(JsonNode::asText)
        .anyMatch(w -> w.startsWith("Two workers' ChronoTick bounds contradict each other for 903"))
        .anyMatch(w -> w.startsWith("The NTP uncertainty is a constant 5 ms at comp11 and comp12"))
        .anyMatch(w -> w.startsWith("NTP offsets are frozen between measurements at comp11 (169"))
        .anyMatch(
            w -> w.startsWith("Events were lost in bursts at comp11 (the longest 5 in a row"));
    JsonNode claimed = summary.at("/clock_quality/claimed/comp12/chronotick");
    assertThat(claimed.at("/bound_width/p90_ns").asLong()).isEqualTo(250_240);
    assertThat(claimed.at("/offset/band_least_ns").asLong()).isEqualTo(-13_568_489);
    assertThat(summary.at("/clock_quality/measured/comp11/system/rate/because").asText())
        .startsWith("81 of 176 changes from one measurement to the next exceed");
  }

  @Test
  void aSecondAnalysisAsksOnlyWhatIsNewUnlessToldOtherwise() throws IOException {
    assertThat(analyze(run, "--out", out, "--quiet").exitCode()).isZero();
    Path answers = out.resolve("statistics/answers.json");
    String kept = Files.readString(answers);
    assertThat(kept).contains("[\"n1\",1196,4,");
    Files.writeString(answers, kept.replace("[\"n1\",1196,4,", "[\"n1\",1195,5,"));
    assertThat(analyze(run, "--out", out, "--quiet", "--epsilon", "100us").exitCode()).isZero();
    assertThat(summary().at("/events/workers/n1/received").asLong()).isEqualTo(1195);
    assertThat(summary().at("/totals/commit_wait/bounded/coordination").properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("100us");
    Path table = folder.resolve("merged table.parquet");
    Program.Result anew =
        analyze(
            run,
            "--out",
            out,
            "--no-cache",
            "--memory",
            "512MiB",
            "--threads",
            1,
            "--parquet",
            table,
            "--quiet");
    assertThat(anew.exitCode()).as(anew.err()).isZero();
    assertThat(summary().at("/events/workers/n1/received").asLong()).isEqualTo(1196);
    assertThat(Files.readString(table, StandardCharsets.ISO_8859_1)).startsWith("PAR1");
  }

  @Test
  void figuresAreTheSameWithoutFontsAndWithATemporaryFolderThatRunsNoPrograms() throws IOException {
    assertThat(analyze(run, "--out", out, "--quiet").exitCode()).isZero();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
    assertThat(folder.toRealPath()).startsWith(temporary);
    Path bare = folder.toRealPath().resolve("bare");
    Program.Result result =
        Program.of("unshare")
            .with("--map-root-user", "--mount", "sh")
            .with(Program.checkout().resolve("cli/src/test/resources/bare-machine.sh"))
            .with(temporary, folder.toRealPath(), Program.home().toRealPath())
            .with(Program.home().resolve("bin/analyze"), run.toRealPath(), "--out", bare)
            .run();
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).doesNotContain("could not be drawn");
    Map<String, Long> expected = sizes(out.resolve("figures"));
    assertThat(expected).hasSizeGreaterThanOrEqualTo(40);
    assertThat(sizes(bare.resolve("figures")))
        .as("every figure in every format; of a PDF not even the number is the same twice")
        .containsOnlyKeys(expected.keySet());
    for (String name : expected.keySet()) {
      if (!name.endsWith(".pdf")) {
        assertThat(bare.resolve("figures").resolve(name))
            .hasSameBinaryContentAs(out.resolve("figures").resolve(name));
      }
      assertThat(expected.get(name)).as(name).isLessThan(1_000_000);
    }
  }

  private static Map<String, Long> sizes(Path folder) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        sizes.put(file.getFileName().toString(), Files.size(file));
      }
    }
    return sizes;
  }

  @Test
  void theInputFolderMayBeReadOnlyAndIsNotTouched() throws IOException {
    Map<String, String> before = content(run);
    assertThat(Program.command("chmod", "-R", "a-w", run.toString()).exitCode()).isZero();
    try {
      assertThat(analyze(run, "--out", out, "--quiet")).isEqualTo(new Program.Result(0, "", ""));
    } finally {
      Program.command("chmod", "-R", "u+w", run.toString());
    }
    assertThat(content(run)).isEqualTo(before);
  }

  @Test
  void resultsGoBesideTheDataAndMayBeMadeAgain() throws IOException {
    Map<String, String> before = content(run);
    assertThat(analyze(run, "--quiet").exitCode()).isZero();
    String report = Files.readString(run.resolve("report.html"));
    assertThat(analyze(run, "--quiet").exitCode()).isZero();
    assertThat(run.resolve("report.html")).hasContent(report);
    assertThat(content(run)).containsAllEntriesOf(before);
  }

  @Test
  void anEmptyRunEndsWithItsOwnExitCode() throws IOException {
    Files.writeString(run.resolve("coordinator.csv"), "event_id,sequence_number,send_time_ns\n");
    Program.Result result = analyze(run, "--out", out);
    assertThat(result.exitCode()).isEqualTo(ExitCode.NO_DATA.code());
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines()).hasSize(1).first().asString().contains("no event was sent");

    Program.Result nothing = analyze(Files.createDirectory(folder.resolve("nothing")));
    assertThat(nothing.exitCode()).isEqualTo(ExitCode.NO_DATA.code());
    assertThat(nothing.err()).contains("there is no coordinator.csv in ");
  }

  @Test
  void damageIsReportedWithFileLineAndColumnAndTheRestIsUsed() throws IOException {
    Path file = run.resolve("worker_n1.csv");
    List<String> lines = Files.readAllLines(file);
    lines.set(4, lines.get(4).replaceFirst(",17950", ",x7950"));
    String damaged = String.join("\n", lines);
    Files.writeString(file, damaged.substring(0, damaged.length() - 3));
    Program.Result result = analyze(run, "--out", out);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("worker_n1.csv line 5, column receive_time_ns: 'x7950")
        .contains("worker_n1.csv line " + lines.size() + ": the last line is torn");
    JsonNode input = summary().at("/input/worker_n1.csv");
    assertThat(input.get("lines").asLong())
        .isEqualTo(
            input.get("used").asLong()
                + input.get("duplicates").asLong()
                + input.get("foreign").asLong()
                + input.get("torn").asLong()
                + input.get("refused").asLong());
    assertThat(input.get("torn").asLong()).isEqualTo(1);
    assertThat(input.get("refused").asLong()).isEqualTo(1);
  }

  private static Map<String, String> content(Path folder) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return content;
  }
}
