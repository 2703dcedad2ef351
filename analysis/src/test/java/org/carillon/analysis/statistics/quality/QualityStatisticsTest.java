package org.carillon.analysis.statistics.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carillon.analysis.AnalysisResult;
import org.carillon.analysis.RecordedRun;
import org.carillon.analysis.diagnosis.Findings;
import org.carillon.analysis.diagnosis.Warnings;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.Judgement;
import org.carillon.analysis.statistics.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From files to the quality of what they recorded. */
class QualityStatisticsTest {

  private static final long T = 1_795_000_000_000_000_000L;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final int N = 120;

  @TempDir Path folder;

  private static long ns(int second) {
    return T + second * SECOND_NS;
  }

  private static String rows(String header, IntFunction<String> row) {
    return header + IntStream.rangeClosed(1, N).mapToObj(row).collect(Collectors.joining());
  }

  private static String stamped(long ns, long halfNs, long trueNs) {
    return "%d,%d,%d,synchronized,%s"
        .formatted(ns, ns - halfNs, ns + halfNs, trueNs == 0 ? "" : "" + trueNs);
  }

  private RecordedRun run() {
    return new RecordedRun(folder)
        .with(
            "coordinator.csv",
            rows(
                RecordedRun.COORDINATOR.strip() + ",lateness_ns,transmit_time_ns\n",
                i ->
                    "%d,%d,%d,,,,%d,%s,%d,%d\n"
                        .formatted(
                            i,
                            i - 1,
                            ns(i),
                            ns(i) - 300,
                            stamped(ns(i), 1_000, 0),
                            i == 7 ? 1_000_001 : 200 + i,
                            ns(i) + 10_000 + i)))
        .with("worker_a.csv", worker("a", 0))
        .with("worker_b.csv", worker("b", 5_000));
  }

  private static String worker(String node, long laterNs) {
    return rows(
        RecordedRun.WORKER,
        i -> {
          long at = ns(i) + 100_000 + laterNs;
          return "%d,%s,%d,%d,,,,,,,%s\n".formatted(i, node, at, ns(i), stamped(at + 70, 1_000, 0));
        });
  }

  /** Exchanges with a server: the clock gains 10 µs a second, the counter loses as much. */
  private static String samples(int everyS, String server) {
    StringBuilder text =
        new StringBuilder(
            "server,t1_ns,t2_ns,t3_ns,t4_ns,offset_ns,delay_ns,verdict,t1_raw_ns,t4_raw_ns,error_ns\n");
    for (int s = 0; s <= N; s += everyS) {
      long trueNs = ns(s) - 10_000L * s;
      long rawNs = 77 * SECOND_NS + s * SECOND_NS - 20_000L * s;
      text.append(
          "%s,%d,%d,%d,%d,%d,2000,accepted,%d,%d,%d%n"
              .formatted(
                  server,
                  ns(s) - 2_000,
                  trueNs - 1_000,
                  trueNs - 1_000,
                  ns(s),
                  -10_000L * s,
                  rawNs - 2_000,
                  rawNs,
                  5_000));
    }
    return text.toString();
  }

  private static MeasuredClock measured(RecordedRun run, String node, String clock) {
    return run.summary(1).quality().measured().get(node).get(clock);
  }

  @Test
  void exchangesTellTheRateOfTheClockAndOfTheCounter() {
    RecordedRun run = run().with("samples_a.csv", samples(2, "s:123"));
    MeasuredClock system = measured(run, "a", "system");
    assertThat(system.data()).isEqualTo("exchanges with s:123");
    assertThat(system.n()).isEqualTo(61);
    assertThat(system.rate().known().orElseThrow().ppb()).isEqualTo(10_000);
    assertThat(system.offsets().endNs()).hasValue(-1_200_000);
    MeasuredClock counter = measured(run, "a", Quality.COUNTER);
    assertThat(counter.rate().known().orElseThrow().ppb()).isEqualTo(-10_000);
    assertThat(counter.offsets().startNs()).as("less the first").hasValue(0);
    Stability stability = counter.stability().known().orElseThrow();
    assertThat(stability.intervalNs()).isEqualTo(2 * SECOND_NS - 40_000);
    assertThat(stability.noiseNs()).as("no delay beyond the least").hasValue(0);
    RecordedRun.Computed computed = run.statistics(false, 1);
    assertThat(Findings.of(computed.summary(), computed.diagnosis(), Set.of()))
        .anySatisfy(
            finding ->
                assertThat(finding)
                    .startsWith("So much faster than true time ran the oscillators of the nodes")
                    .contains("a −10.000 ppm"));
  }

  @Test
  void theServerWithTheMostExchangesMeasuresAndAnotherIsNoJump() {
    RecordedRun run =
        run()
            .with(
                "samples_a.csv",
                samples(2, "s:123")
                    + samples(60, "other:123")
                        .lines()
                        .skip(1)
                        .collect(Collectors.joining("\n", "", "\n")));
    assertThat(measured(run, "a", "system").n()).isEqualTo(61);
    assertThat(measured(run, "a", "system").jumps().known()).contains(new Jumps(60, 0, 0));
  }

  @Test
  void holdoverIsToldOfNodesWithExchangesAndOfOthersThatItCannotBe() {
    String silent =
        samples(2, "s:123")
            .lines()
            .filter(
                line ->
                    line.startsWith("server")
                        || Long.parseLong(line.split(",")[4]) < ns(41)
                        || Long.parseLong(line.split(",")[4]) > ns(99))
            .collect(Collectors.joining("\n", "", "\n"));
    RecordedRun run = run().with("samples_a.csv", silent);
    RecordedRun.Computed computed = run.statistics(false, 1);
    // Silent from 40 to 100 s, on its own from 47 s on.
    assertThat(computed.summary().quality().holdover().get("a").known().orElseThrow().totalNs())
        .isEqualTo(53 * SECOND_NS);
    assertThat(computed.summary().quality().holdover().get("b"))
        .isEqualTo(
            new Judgement.NotComparable<>("no accepted exchange with a time server is on record"));
    assertThat(Warnings.of(computed.summary(), computed.diagnosis(), Set.of()))
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith("No time server answered for a while at a (at the longest 60 s")
                    .contains("44.5 % of the time"));
  }

  @Test
  void aClaimIsJudgedByExchangesThatItWasNotMadeFrom() {
    RecordedRun run = run().with("samples_b.csv", samples(2, "s:123"));
    ClaimedClock bounded = run.summary(1).quality().claimed().get("b").get(Clock.BOUNDED);
    // The clock gains 10 µs a second and the bounds claim that it does not.
    assertThat(bounded.heldOut().orElseThrow().answer()).isEqualTo(Verdict.Answer.DOES_NOT_HOLD);
    assertThat(bounded.offsets())
        .isEqualTo(
            new Offsets(
                OptionalLong.of(70),
                OptionalLong.of(70),
                OptionalLong.of(70),
                OptionalLong.of(70),
                OptionalLong.of(70 - 1_000),
                OptionalLong.of(70 + 1_000)));
    assertThat(bounded.width().orElseThrow().p50Ns()).hasValue(2_000);
    RecordedRun.Computed computed = run.statistics(false, 1);
    assertThat(Warnings.of(computed.summary(), computed.diagnosis(), Set.of()))
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith(
                        "What the bounded clock claims of a node's clock does not hold at b ("));
  }

  @Test
  void boundsThatExcludeEachOtherFromOneSecondToTheNextAreCounted() {
    String jumping =
        rows(
            RecordedRun.WORKER,
            i -> {
              long at = ns(i) + 100_000;
              return "%d,b,%d,%d,,,,,,,%s\n"
                  .formatted(i, at, ns(i), stamped(at + (i < 60 ? 0 : 9_000_000), 1_000, 0));
            });
    RecordedRun run = run().with("worker_b.csv", jumping);
    assertThat(run.summary(1).quality().claimed().get("b").get(Clock.BOUNDED).jumps())
        .contains(new Jumps(N - 1, 1, 9_000_000));
    run.with(
        "clock_b.csv",
        "local_time_ns,raw_time_ns,kind,size_ns,detail\n%d,5,step,-9000000,\n".formatted(ns(60)));
    assertThat(run.summary(1).quality().claimed().get("b").get(Clock.BOUNDED).jumps())
        .as("the node's clock was set then")
        .hasValueSatisfying(jumps -> assertThat(jumps.n()).isZero());
  }

  @Test
  void latenessIsByTheMonotonicClockWhereThatIsOnRecord() throws IOException {
    SenderQuality sender = run().summary(1).quality().sender().orElseThrow();
    assertThat(sender.clock()).isEqualTo("monotonic");
    assertThat(sender.lateness().p50Ns()).hasValue(261);
    assertThat(sender.lateness().maxNs()).hasValue(1_000_001);
    assertThat(sender.aboveMillisecond()).isEqualTo(1);
    assertThat(sender.transmit().orElseThrow().maxNs()).hasValue(10_000 + N);
    String text = Files.readString(folder.resolve("coordinator.csv"));
    RecordedRun older =
        run()
            .with(
                "coordinator.csv", text.replace("lateness_ns", "other").replace("transmit_", "x"));
    sender = older.summary(1).quality().sender().orElseThrow();
    assertThat(sender.clock()).isEqualTo("system");
    assertThat(sender.lateness().p50Ns()).hasValue(300);
    assertThat(sender.transmit()).isEmpty();
  }

  @Test
  void theFirstCommonArrivalHasASpreadWithItsBounds() {
    assertThat(run().summary(1).quality().firstArrivals())
        .containsEntry(
            Clock.BOUNDED,
            new FirstArrivals(1, 2, OptionalLong.of(5_000), 3_000, 7_000, OptionalLong.empty()));
  }

  @Test
  void offsetsThatAreKeptWithAnUncertaintyThatDoesNotGrowAreFrozen() {
    IntFunction<String> row =
        i ->
            "%d,b,%d,%d,%d.0,5.0,%d,,,,%s\n"
                .formatted(
                    i,
                    ns(i) + 100_000,
                    ns(i),
                    i / 10,
                    ns(i) + i / 10 * 1_000_000,
                    stamped(ns(i) + 100_070, 1_000, 0));
    RecordedRun run = run().with("worker_b.csv", rows(RecordedRun.WORKER, row));
    RecordedRun.Computed computed = run.statistics(false, 1);
    assertThat(Warnings.of(computed.summary(), computed.diagnosis(), Set.of()))
        .contains(
            "NTP offsets are frozen between measurements at b (13 values for 120 events, one for up"
                + " to 9 s), and their uncertainty does not grow meanwhile: most events carry an old"
                + " value.");
    MeasuredClock system = computed.summary().quality().measured().get("b").get("system");
    assertThat(system.n()).isEqualTo(13);
    assertThat(system.data()).contains("rows");
    assertThat(system.stability().known().orElseThrow().noiseNs()).isEmpty();
  }

  @Test
  void trueTimeMeasuresEveryClockWhereItIsKnown() {
    String simulated =
        rows(
            RecordedRun.WORKER,
            i -> {
              long at = ns(i) + 100_000;
              return "%d,b,%d,%d,,,,,,,%s\n"
                  .formatted(i, at, ns(i), stamped(at + 70, 1_000, at + 500L * i));
            });
    RecordedRun run = run().with("worker_b.csv", simulated);
    MeasuredClock bounded = measured(run, "b", "bounded");
    assertThat(bounded.data()).isEqualTo("true time at events");
    assertThat(bounded.rate().known().orElseThrow().ppb()).isEqualTo(-500);
    assertThat(bounded.offsets().startNs()).hasValue(500 - 70);
    assertThat(run.summary(1).quality().claimed().get("b").get(Clock.BOUNDED).againstTruth())
        .hasValueSatisfying(
            verdict -> {
              assertThat(verdict.answer()).isEqualTo(Verdict.Answer.DOES_NOT_HOLD);
              assertThat(verdict.because()).startsWith("2 of 120 readings hold true time");
            });
  }

  @Test
  void damagedTimesCostThemselvesAndNoNumberIsNone() throws IOException {
    long most = (1L << 62) - 1;
    StringBuilder samples = new StringBuilder(samples(2, "s:123"));
    for (long t4 : new long[] {most, -most, 0, 5}) {
      for (long other : new long[] {most, -most, 1}) {
        samples.append(
            "s:123,%d,%d,%d,%d,%d,%d,accepted,%d,%d,%d%n"
                .formatted(other, most, most, t4, other, other, other, other, Math.abs(other)));
      }
    }
    String worker =
        worker("b", 5_000)
            + "%d,b,%d,%d,,,,,,,%d,%d,%d,synchronized,%d%n"
                .formatted(N + 1, -most, ns(N + 1), most, -most, most, -most);
    String coordinator =
        Files.readString(run().folder().resolve("coordinator.csv"))
            + "%d,%d,%d,,,,%d,%d,%d,%d,synchronized,%d,%d,%d%n"
                .formatted(N + 1, N, ns(N + 1), -most, most, -most, most, -most, most, -most);
    RecordedRun run =
        run()
            .with("samples_a.csv", samples.toString())
            .with("worker_b.csv", worker)
            .with("coordinator.csv", coordinator)
            .with(
                "clock_b.csv",
                "local_time_ns,raw_time_ns,kind,size_ns,detail\n"
                    + "%1$d,%1$d,step,%1$d,\n-%1$d,-%1$d,suspend,-%1$d,\n".formatted(most));
    String json = Files.readString(run.analyze(folder.resolve("o"), Set.of()).summary());
    assertThat(json).doesNotContain("NaN", "Infinity").contains("\"rate\" : {");
  }

  @Test
  void theSummaryAndTheReportHaveItAll() throws IOException {
    AnalysisResult result =
        run()
            .with("samples_a.csv", samples(2, "s:123"))
            .with(
                "reception_b.csv",
                "local_time_ns,received,kernel_drops,rows_lost\n" + ns(1) + ",120,0,0\n")
            .analyze(folder.resolve("o"), Set.of());
    assertThat(Files.readString(result.summary()))
        .contains(
            "\"clock_quality\" : {",
            "\"allan_deviation\" : {",
            "\"network\" : {",
            "\"lateness\" : {",
            "\"first_arrivals\" : {",
            "\"verdict\" : \"cannot be told from this data\"")
        .doesNotContain("NaN", "Infinity");
    assertThat(Files.readString(result.report()))
        .contains(
            "Clocks as they were measured",
            ">Rate of the clocks against true time in ppm",
            "Overlapping Allan deviation",
            "−10.000",
            "Clocks as they stand in the rows",
            "How long clocks were on their own",
            "What workers counted second by second",
            "How the coordinator kept to its schedule",
            "How far apart workers had the first event")
        .doesNotContain("NaN", "Infinity");
  }
}
