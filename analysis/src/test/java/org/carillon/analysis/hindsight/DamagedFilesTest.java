package org.carillon.analysis.hindsight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.carillon.analysis.AnalysisResult;
import org.carillon.analysis.RecordedRun;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.Coverage;
import org.carillon.analysis.statistics.Summary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files about one node's clock that a crash, a full disk or an editor left behind. */
class DamagedFilesTest {

  private static final String CLOCK =
      "local_time_ns,raw_time_ns,kind,size_ns,detail\n"
          + "1,2,assumptions,,drift_bound_ppm=50 wander_bound_ppm_per_s=0.02\n"
          + "1,500030000000000,suspend,5,slept\n"
          + "1,500060000000000,suspend,5,slept\n";

  @TempDir Path folder;

  private RecordedRun run;
  private String samples;

  @BeforeEach
  void aGoodRun() throws IOException {
    run = new HindsightRun(new RecordedRun(folder.resolve("run")), 1).write();
    run.with("clock_one.csv", CLOCK);
    samples = Files.readString(folder.resolve("run/samples_one.csv"));
  }

  private static void holds(Summary summary) {
    holds(summary.coverage().get(Clock.HINDSIGHT));
  }

  private static void holds(AnalysisResult result) {
    Map<String, Coverage> coverage = new TreeMap<>();
    try {
      new ObjectMapper()
          .readTree(result.summary().toFile())
          .path("coverage")
          .path(Clock.HINDSIGHT.key())
          .forEachEntry(
              (node, one) ->
                  coverage.put(
                      node, new Coverage(one.path("n").asLong(), one.path("inside").asLong())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    holds(coverage);
  }

  private static void holds(Map<String, Coverage> coverage) {
    assertThat(coverage)
        .contains(
            Map.entry("coordinator", new Coverage(400, 400)),
            Map.entry("two", new Coverage(400, 400)));
    if (coverage.containsKey("one")) {
      assertThat(coverage.get("one").inside()).isEqualTo(coverage.get("one").n());
    }
  }

  private void isNamed(String sentence) {
    AnalysisResult result = run.analyze(folder.resolve("out"), Set.of());
    assertThat(result.warnings())
        .as(sentence)
        .anySatisfy(warning -> assertThat(warning).startsWith(sentence));
    holds(result);
  }

  @ParameterizedTest
  @ValueSource(strings = {"samples", "clock"})
  void aFileThatIsEmptyOrTornIsNamed(String kind) {
    String name = kind + "_one.csv";
    String whole = kind.equals("clock") ? CLOCK : samples;
    long last = whole.lines().count();
    run.with(name, "");
    isNamed(name + ": the file is empty");
    run.with(name, whole.substring(0, 9));
    isNamed(name + " line 1: the file ends within its header");
    run.with(name, whole.substring(0, whole.length() - 4));
    isNamed(name + " line " + last + ": the last line is torn");
    run.with(name, whole.replaceFirst("\n[^\n]*\n", "\n1,2\n"));
    isNamed(name + " line 2: has 2 cells where");
    run.with(name, "\0\0\0\0\n\0\0");
    isNamed(name + " line 1");
  }

  @ParameterizedTest
  @CsvSource({
    "samples,server",
    "samples,verdict",
    "clock,kind",
  })
  void aRequiredColumnThatIsMissingIsNamed(String kind, String column) {
    String name = kind + "_one.csv";
    String whole = kind.equals("clock") ? CLOCK : samples;
    run.with(name, whole.replaceFirst("\\b" + column + "\\b", "other"));
    isNamed(name + " line 1, column " + column + ": this required column is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"t1_raw_ns", "t2_ns", "t3_ns", "t4_raw_ns", "error_ns"})
  void withoutAColumnOfTheExchangesThereIsNoHindsightAtThisNodeAndTheFileIsNamed(String column)
      throws IOException {
    run.with("samples_one.csv", samples.replaceFirst("\\b" + column + "\\b", "other"));
    AnalysisResult result = run.analyze(folder.resolve("out"), Set.of());
    assertThat(Files.readString(result.report()))
        .contains("No hindsight at one", "samples_one.csv");
    holds(result);
  }

  @Test
  void numbersThatAreNoneAreNamed() {
    run.with("samples_one.csv", cells(8, _ -> "NaN"));
    isNamed("samples_one.csv line 2, column error_ns: 'NaN'");
    run.with("samples_one.csv", cells(6, _ -> "-inf"));
    isNamed("samples_one.csv line 2, column t1_raw_ns: '-inf'");
    run.with("samples_one.csv", samples);
    run.with("clock_one.csv", CLOCK.replace("500030000000000", "NaN"));
    isNamed("clock_one.csv line 3, column raw_time_ns: 'NaN'");
  }

  private String cells(int column, UnaryOperator<String> change) {
    StringBuilder changed = new StringBuilder();
    for (String line : samples.split("\n")) {
      String[] cells = line.split(",", -1);
      if (cells[5].equals("accepted")) {
        cells[column] = change.apply(cells[column]);
      }
      changed.append(String.join(",", cells)).append('\n');
    }
    return changed.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drift_bound_ppm=NaN",
        "drift_bound_ppm=1e999",
        "drift_bound_ppm=-5",
        "drift_bound_ppm=50 wander_bound_ppm_per_s=NaN",
        "drift_bound_ppm=50 wander_bound_ppm_per_s=-Infinity"
      })
  void assumptionsThatAreNoneDoNotCount(String detail) {
    run.with(
        "clock_one.csv",
        CLOCK.substring(0, CLOCK.indexOf('\n')) + "\n1,2,assumptions,," + detail + "\n");
    Summary summary = run.summary(1_000_000);
    assertThat(summary.hindsight().nodes().known().get("one").assumptionsRecorded()).isFalse();
    holds(summary);
  }

  @Test
  void rowsInAnyOrderAndTwiceAreTheSame() {
    Summary before = run.summary(1_000_000);
    run.with("samples_one.csv", reversed(samples) + samples.substring(samples.indexOf('\n') + 1));
    run.with("clock_one.csv", reversed(CLOCK));
    Summary after = run.summary(1_000_000);
    assertThat(after.coverage()).isEqualTo(before.coverage());
    assertThat(after.hindsight().nodes().known().get("one").hindsightP50Ns())
        .isEqualTo(before.hindsight().nodes().known().get("one").hindsightP50Ns());
    holds(after);
  }

  private static String reversed(String file) {
    List<String> lines = file.lines().toList();
    return lines.getFirst()
        + "\n"
        + String.join("\n", lines.subList(1, lines.size()).reversed())
        + "\n";
  }

  @Property(tries = 6)
  void noDamageEndsTheAnalysis(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Path here = Files.createTempDirectory("run");
    RecordedRun damaged = new HindsightRun(new RecordedRun(here), seed).write();
    damaged.with("clock_one.csv", CLOCK);
    for (String name : List.of("samples_one.csv", "clock_one.csv", "samples_coordinator.csv")) {
      byte[] bytes = Files.readAllBytes(here.resolve(name));
      byte[] odd = "-9,\n\"N\0\u00e9.e".getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 30; i++) {
        bytes[random.nextInt(bytes.length)] = odd[random.nextInt(odd.length)];
      }
      Files.write(here.resolve(name), bytes);
    }
    assertThat(damaged.summary(1_000_000).sent()).isEqualTo(HindsightRun.EVENTS);
  }
}
