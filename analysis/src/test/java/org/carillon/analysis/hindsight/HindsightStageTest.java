package org.carillon.analysis.hindsight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.carillon.analysis.AnalysisResult;
import org.carillon.analysis.RecordedRun;
import org.carillon.analysis.statistics.Causality;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.Coverage;
import org.carillon.analysis.statistics.HindsightSummary;
import org.carillon.analysis.statistics.Judgement;
import org.carillon.analysis.statistics.NodeHindsight;
import org.carillon.analysis.statistics.Summary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HindsightStageTest {

  @TempDir Path folder;

  private RecordedRun run() {
    return new HindsightRun(new RecordedRun(folder.resolve("run")), 1).write();
  }

  private static NodeHindsight at(Summary summary, String node) {
    return summary.hindsight().nodes().known().get(node);
  }

  @Test
  void everyIntervalHoldsTrueTimeAndIsNarrowerThanOnline() {
    Summary summary = run().summary(1_000_000);
    assertThat(summary.coverage().get(Clock.HINDSIGHT))
        .containsOnly(
            Map.entry("coordinator", new Coverage(400, 400)),
            Map.entry("one", new Coverage(400, 400)),
            Map.entry("two", new Coverage(400, 400)));
    for (String node : List.of("coordinator", "one", "two")) {
      NodeHindsight hindsight = at(summary, node);
      assertThat(hindsight.samples()).isEqualTo(40);
      assertThat(hindsight.servers()).isEqualTo(1);
      assertThat(hindsight.intervals()).isEqualTo(400);
      assertThat(hindsight.apart()).isZero();
      assertThat(hindsight.refutedBounds()).isZero();
      assertThat(hindsight.assumptionsRecorded()).isFalse();
      assertThat(hindsight.assumptions())
          .isEqualTo("rate within 50.0 ppm, changing by at most 0.02 ppm/s");
      assertThat(hindsight.hindsightP50Ns().orElseThrow())
          .as("the online intervals are 1.1 ms wide in the median, the samples 0.15 to 0.5 ms")
          .isLessThan(350_000)
          .isLessThan(hindsight.onlineP50Ns().orElseThrow() / 3);
    }
    // In 100 s there is a slot for each second, and each has the tightest of its events.
    assertThat(at(summary, "one").bounds()).isBetween(99L, 102L);
  }

  @Test
  void moreOrdersAreProvableThanOnline() {
    Summary summary = run().summary(1_000_000);
    HindsightSummary.Orders arrivals = summary.hindsight().arrivals();
    // 640 µs apart; online the intervals are up to 2 ms wide.
    assertThat(arrivals.n()).isEqualTo(400);
    assertThat(arrivals.online()).isBetween(20L, 150L);
    assertThat(arrivals.hindsight()).isEqualTo(400);
    assertThat(summary.hindsight().sends().n()).isEqualTo(800);
    assertThat(summary.ordering().get(Clock.HINDSIGHT).known().get("one,two").firstBefore())
        .isEqualTo(400);
    Causality.Interval two =
        (Causality.Interval) summary.causality().get(Clock.HINDSIGHT).known().get("two");
    assertThat(two.proven()).isEqualTo(400);
    assertThat(two.violations()).isZero();
    assertThat(summary.windows().get(1_000_000L).get(Clock.HINDSIGHT).known()).isNotEmpty();
    assertThat(summary.latency()).doesNotContainKey(Clock.HINDSIGHT);
  }

  @Property(tries = 5)
  void noIntervalIsEverWrongOrWiderThanOnline(@ForAll long seed) throws IOException {
    Path here = Files.createTempDirectory("run");
    RecordedRun run = new HindsightRun(new RecordedRun(here), seed).write();
    run.analyze(here, Set.of());
    for (String node : List.of("coordinator", "one", "two")) {
      List<String> input =
          Files.readAllLines(
              here.resolve(
                  node.equals("coordinator") ? "coordinator.csv" : "worker_" + node + ".csv"));
      List<String> output =
          Files.readAllLines(here.resolve("statistics/hindsight_" + node + ".csv"));
      assertThat(output.getFirst()).isEqualTo("event_id,hs_earliest_ns,hs_latest_ns");
      assertThat(output).hasSize(1 + HindsightRun.EVENTS);
      for (int i = 1; i < output.size(); i++) {
        String[] row = input.get(i).split(",");
        String[] interval = output.get(i).split(",");
        assertThat(interval[0]).isEqualTo(row[0]);
        long earliestNs = Long.parseLong(interval[1]);
        long latestNs = Long.parseLong(interval[2]);
        assertThat(Long.parseLong(row[6])).as(output.get(i)).isBetween(earliestNs, latestNs);
        assertThat(earliestNs).isGreaterThanOrEqualTo(Long.parseLong(row[4]));
        assertThat(latestNs).isLessThanOrEqualTo(Long.parseLong(row[5]));
      }
    }
  }

  @Test
  void eventsBoundAClockThatItsOwnServersBoundBadly() {
    RecordedRun run = run();
    // A worker far from its server: ±20 ms, but sends are known to some 0.1 ms, and came in 60 µs.
    run.with(
        "samples_one.csv",
        "server,t2_ns,t3_ns,verdict,t1_raw_ns,t4_raw_ns,error_ns\n" + farSample(0) + farSample(60));
    run.with("worker_one.csv", withoutOnlineIntervals(folder.resolve("run/worker_one.csv")));
    Summary summary = run.summary(1_000_000);
    NodeHindsight one = at(summary, "one");
    assertThat(one.onlineP50Ns()).as("nothing was known online").isEmpty();
    assertThat(one.intervals()).isEqualTo(400);
    assertThat(summary.coverage().get(Clock.HINDSIGHT).get("one"))
        .isEqualTo(new Coverage(400, 400));
    Causality.Interval causality =
        (Causality.Interval) summary.causality().get(Clock.HINDSIGHT).known().get("one");
    assertThat(causality.violations()).isZero();
    assertThat(summary.commitWait().get(Clock.BOUNDED).known()).doesNotContainKey("one");
  }

  private static String farSample(int atS) {
    HindsightRun.Counter counter = new HindsightRun.Counter(500_000_000_000_000L, -12.5);
    long t1 = HindsightRun.TRUE_START_NS + atS * 1_000_000_000L;
    long t2 = t1 + 20_000_000;
    return "far:123,%d,%d,accepted,%d,%d,20100000%n"
        .formatted(t2, t2, counter.rawNs(t1), counter.rawNs(t1 + 40_000_000));
  }

  private static String withoutOnlineIntervals(Path worker) {
    try {
      StringBuilder rows = new StringBuilder();
      for (String line : Files.readAllLines(worker)) {
        String[] cells = line.split(",", -1);
        if (!cells[0].equals("event_id")) {
          cells[4] = "";
          cells[5] = "";
        }
        rows.append(String.join(",", cells)).append('\n');
      }
      return rows.toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void recordedAssumptionsAreUsedAndANodeWithoutSamplesIsNamed() throws IOException {
    RecordedRun run = run();
    run.with(
        "clock_two.csv",
        "local_time_ns,raw_time_ns,kind,size_ns,detail\n"
            + "1,2,assumptions,,drift_bound_ppm=80 wander_bound_ppm_per_s=0.5\n"
            + "1,2,assumptions,,nonsense\n");
    run.with(
        "clock_one.csv",
        "local_time_ns,raw_time_ns,kind,size_ns,detail\n"
            + "1,2,assumptions,,drift_bound_ppm=60\n");
    Files.delete(folder.resolve("run/samples_coordinator.csv"));
    Summary summary = run.summary(1_000_000);
    assertThat(at(summary, "one").assumptions()).isEqualTo("rate within 60.0 ppm");
    assertThat(at(summary, "one").assumptionsRecorded()).isTrue();
    assertThat(at(summary, "two").assumptionsRecorded()).as("the last word is illegible").isFalse();
    assertThat(summary.hindsight().nodes().entries().get("coordinator"))
        .isInstanceOfSatisfying(
            Judgement.NotComparable.class,
            none -> assertThat(none.why()).contains("samples_coordinator.csv"));
    assertThat(at(summary, "two").bounds()).as("made of what was known online").isPositive();
  }

  @Test
  void filesWithoutTimesOnTheCounterHaveNoHindsightAndOneSentenceSaysSo() throws IOException {
    RecordedRun run =
        new RecordedRun(folder.resolve("old"))
            .with(
                "coordinator.csv",
                "event_id,sequence_number,send_time_ns\n1,0,1795000000000000000\n")
            .with(
                "worker_a.csv",
                "event_id,receive_time_ns,coordinator_send_time_ns\n"
                    + "1,1795000000000000100,1795000000000000000\n")
            .with("samples_a.csv", "server,t1_ns,verdict\ns:123,5,timeout\n")
            .with("statistics/hindsight_a.csv", "of an earlier analysis\n");
    AnalysisResult result = run.analyze(folder.resolve("old"), Set.of());
    assertThat(folder.resolve("old/statistics/hindsight_a.csv")).doesNotExist();
    assertThat(Files.readString(result.report()).split("No hindsight", -1)).hasSize(2);
    assertThat(Files.readString(result.summary()))
        .contains("\"hindsight\" : {\n    \"comparable\"");
    assertThat(String.join("", result.findings())).doesNotContain("hindsight");
  }

  @Test
  void damagedNumbersCostRowsAndNeverTheAnalysis() {
    RecordedRun run = run();
    run.with(
        "samples_one.csv",
        "server,t2_ns,t3_ns,verdict,t1_raw_ns,t4_raw_ns,error_ns\n"
            + "s,4611686018427387903,1,accepted,-4611686018427387903,4611686018427387903,1\n"
            + "s,1,4611686018427387903,accepted,1152921504606846975,-1152921504606846975,1\n"
            + "s,4611686018427387903,4611686018427387903,accepted,0,0,10000000000\n"
            + "s,1,1,accepted,0,0,-7\n"
            + "s,x,1,accepted,0,0,7\n");
    Summary summary = run.summary(1_000_000);
    assertThat(summary.hindsight().nodes().known()).containsKeys("coordinator", "two");
    assertThat(summary.coverage().get(Clock.HINDSIGHT).get("two"))
        .isEqualTo(new Coverage(400, 400));
  }

  @Test
  void aClockThatLiesContradictsTheEventsAndIsNamed() throws IOException {
    RecordedRun run = run();
    // The coordinator's server is 30 ms late: sends seem to come after their arrivals.
    String samples = Files.readString(folder.resolve("run/samples_coordinator.csv"));
    StringBuilder late = new StringBuilder();
    for (String line : samples.split("\n")) {
      String[] cells = line.split(",", -1);
      if (cells[5].equals("accepted")) {
        cells[2] = Long.toString(Long.parseLong(cells[2]) + 30_000_000);
        cells[3] = Long.toString(Long.parseLong(cells[3]) + 30_000_000);
      }
      late.append(String.join(",", cells)).append('\n');
    }
    run.with("samples_coordinator.csv", late.toString());
    AnalysisResult result = run.analyze(folder.resolve("out"), Set.of());
    assertThat(result.warnings())
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .contains("What events prove contradicts")
                    .contains("coordinator"))
        .anySatisfy(warning -> assertThat(warning).contains("do not meet").contains("coordinator"));
  }
}
