package org.carillon.analysis.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.carillon.analysis.RecordedRun;
import org.carillon.analysis.statistics.quality.LossCauses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each warning on the smallest run that earns it, and none on a run that is as it should be. */
class WarningsTest {

  private static final long T = 1_795_000_000_000_000_003L;
  private static final int N = 120;

  @TempDir Path folder;

  private static long ns(int event) {
    return T + event * 1_000_000_000L;
  }

  private static String rows(String header, IntFunction<String> row) {
    return header + IntStream.rangeClosed(1, N).mapToObj(row).collect(Collectors.joining());
  }

  private static String stamp(long ns, int i, long halfNs) {
    return "%d,%d,%d,%s,%d"
        .formatted(ns + i % 7, ns - halfNs, ns + halfNs, "synchronized", ns + i % 5);
  }

  private static String coordinator() {
    return rows(
        RecordedRun.COORDINATOR,
        i ->
            "%d,%d,%d,0.%06d,%d,,%d,%s\n"
                .formatted(i, i - 1, ns(i), i, ns(i) + i, ns(i) - 300, stamp(ns(i), i, 1000)));
  }

  private static String goodRow(String node, int i) {
    long at = ns(i) + 100_000;
    return "%d,%s,%d,%d,0.%06d,0.%03d,%d,,,,%s\n"
        .formatted(i, node, at, ns(i) + 30, i, 100 + i % 3, at + i, stamp(at, i, 1000));
  }

  private static String worker(String node) {
    return rows(RecordedRun.WORKER, i -> goodRow(node, i));
  }

  private RecordedRun goodRun() {
    return new RecordedRun(folder)
        .with("coordinator.csv", coordinator())
        .with("worker_a.csv", worker("a"))
        .with("worker_b.csv", worker("b"));
  }

  private static List<String> warnings(RecordedRun run) {
    RecordedRun.Computed computed = run.statistics(false, 100_000_000L);
    return Warnings.of(computed.summary(), computed.diagnosis(), Set.of());
  }

  @Test
  void aGoodRunEarnsNone() {
    assertThat(warnings(goodRun())).isEmpty();
  }

  @Test
  void aGoodRunsFindingsSayThatItsBoundsHold() {
    RecordedRun.Computed computed = goodRun().statistics(false, 100_000_000L);
    assertThat(Findings.of(computed.summary(), computed.diagnosis(), Set.of()))
        .anySatisfy(f -> assertThat(f).contains("every one arrived everywhere"))
        .anySatisfy(f -> assertThat(f).contains("in 100 % of 360 readings: in this run they held"))
        .anySatisfy(f -> assertThat(f).contains("proven for 100 % of the receptions"))
        .hasSizeBetween(5, 9);
  }

  @Test
  void lossDuplicatesAndDisorderAreCounted() {
    String text = worker("b");
    List<String> lines = text.lines().collect(Collectors.toList());
    lines.remove(5);
    lines.add(10, lines.get(8));
    String swapped = lines.get(20);
    lines.set(20, lines.get(21));
    lines.set(21, swapped);
    RecordedRun run = goodRun().with("worker_b.csv", String.join("\n", lines) + "\n");
    assertThat(warnings(run))
        .anySatisfy(
            w ->
                assertThat(w)
                    .startsWith(
                        "1 event was not on record at b (1): lost on the way, by the kernel or by"
                            + " the disk"))
        .anySatisfy(w -> assertThat(w).isEqualTo("Events came out of order at b (1)."))
        .anySatisfy(
            w ->
                assertThat(w)
                    .startsWith("worker_b.csv: 1 row of an event that an earlier row stands for")
                    .contains("line 11"));
  }

  @Test
  void rowsOfAnotherRunAreNamedWithTheirLines() {
    RecordedRun run =
        goodRun()
            .with("worker_b.csv", worker("b") + goodRow("b", 7).replace("" + (ns(7) + 30), "5"));
    assertThat(warnings(run))
        .singleElement()
        .asString()
        .startsWith("worker_b.csv: 1 row of another run")
        .contains("line 122 (event 7)");
  }

  @Test
  void aDamagedNodeIsNamedWithItsLineAndMakesNoWorker() {
    String damaged = worker("b").replace("\n29,b,", "\n29,b91,");
    RecordedRun run = goodRun().with("worker_b.csv", damaged);
    assertThat(run.summary(1).workers()).containsOnlyKeys("a", "b");
    assertThat(warnings(run))
        .anySatisfy(
            w ->
                assertThat(w)
                    .startsWith("worker_b.csv: 1 row under another node's name")
                    .contains("line 30 (event 29, node b91)"))
        .anySatisfy(
            w -> assertThat(w).startsWith("1 event was counted as lost at b (1), because as many"))
        .hasSize(2);
  }

  @Test
  void rowsOfSeveralNodesOrOfAnotherFilesNodeAreTold() {
    String mixed = rows(RecordedRun.WORKER, i -> goodRow(i % 2 == 0 ? "b" : "c", i));
    RecordedRun run = goodRun().with("worker_b.csv", mixed);
    assertThat(run.summary(1).workers()).containsOnlyKeys("a", "b", "c");
    assertThat(warnings(run))
        .anySatisfy(
            w ->
                assertThat(w)
                    .startsWith("worker_b.csv: its rows name other nodes than the file's name does")
                    .endsWith("c (60)."));
    assertThat(warnings(goodRun().with("worker_b.csv", worker("a"))))
        .anySatisfy(w -> assertThat(w).startsWith("worker_b.csv: its rows").endsWith("a (120)."));
    assertThat(warnings(goodRun().with("worker_b.csv", worker("c")))).as("renamed").isEmpty();
  }

  @Test
  void whatIsMissingFromACutArchiveIsNotBlamedOnTheNetwork() throws IOException {
    RecordedRun run = goodRun();
    Files.delete(folder.resolve("worker_b.csv"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(worker("b").getBytes(StandardCharsets.UTF_8));
    }
    for (byte[] packed :
        List.of(
            Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2),
            worker("b").getBytes(StandardCharsets.UTF_8))) {
      Files.write(folder.resolve("worker_b.csv.gz"), packed);
      LossCauses causes = run.summary(1).quality().network().get("b").causes();
      assertThat(causes.damaged()).isEqualTo(causes.lost()).isPositive();
      assertThat(causes.afterTheLast()).isZero();
      assertThat(warnings(run))
          .anySatisfy(w -> assertThat(w).startsWith("worker_b.csv.gz: cannot be unpacked"))
          .anySatisfy(
              w ->
                  assertThat(w)
                      .contains("counted as lost at b", "rows are missing from the worker's file"))
          .noneSatisfy(w -> assertThat(w).contains("the file is empty"));
    }
  }

  @Test
  void aConstantUncertaintyIsNoMeasurement() {
    RecordedRun run =
        goodRun()
            .with(
                "worker_b.csv",
                rows(
                    RecordedRun.WORKER, i -> goodRow("b", i).replaceFirst(",0\\.10\\d,", ",5.0,")));
    assertThat(warnings(run))
        .containsExactly(
            "The NTP uncertainty is a constant 5 ms at b: a setting, not a measurement.");
  }

  /** Worker b with ChronoTick uncertainties; what is not given stays empty. */
  private List<String> warningsOfUncertainties(IntFunction<String> uncertaintyMs) {
    return warnings(
        goodRun()
            .with(
                "worker_b.csv",
                rows(
                    RecordedRun.WORKER.replace("event_id,", "ct_uncertainty_ms,event_id,"),
                    i -> uncertaintyMs.apply(i) + "," + goodRow("b", i))));
  }

  @Test
  void oneUncertaintyAmongManyDifferentOnesIsAPresetValue() {
    assertThat(warningsOfUncertainties(i -> i <= 20 ? "5.0" : "0.%04d".formatted(i)))
        .containsExactly(
            "The ChronoTick uncertainty of b is exactly 5 ms in 20 of 120 readings and varies in the"
                + " others: a preset value, not a measurement.");
    assertThat(warningsOfUncertainties(i -> "0.25"))
        .containsExactly(
            "The ChronoTick uncertainty of b is exactly 0.25 ms in 120 of 120 readings: a preset"
                + " value, not a measurement.");
  }

  @Test
  void aFewEqualUncertaintiesOrOneForEachPollAreMeasurements() {
    assertThat(warningsOfUncertainties(i -> i <= 19 ? "5.0" : "0.%04d".formatted(i))).isEmpty();
    assertThat(warningsOfUncertainties(i -> "0.%04d".formatted(1 + i / 30))).isEmpty();
  }

  @Test
  void anOffsetThatStandsStillIsAKeptValue() {
    RecordedRun run =
        goodRun()
            .with(
                "worker_b.csv",
                rows(
                    RecordedRun.WORKER,
                    i -> goodRow("b", i).replaceFirst(",0\\.000\\d{3},", ",0.000001,")));
    assertThat(warnings(run))
        .singleElement()
        .asString()
        .startsWith("The NTP offset stood still, to the nanosecond, for 119 s at b");
  }

  @Test
  void aStepBeyondBothUncertaintiesIsAContradiction() {
    RecordedRun run =
        goodRun()
            .with(
                "worker_b.csv",
                rows(
                    RecordedRun.WORKER,
                    i ->
                        i < 60
                            ? goodRow("b", i)
                            : goodRow("b", i).replaceFirst(",0\\.000", ",18.600")));
    assertThat(warnings(run))
        .singleElement()
        .asString()
        .startsWith("The NTP offset of b jumps by 18.6 ms")
        .contains("(1 such step)");
  }

  @Test
  void boundsThatMissTrueTimeAreBroken() {
    String broken =
        worker("b").replaceFirst(",synchronized,\\d+\n", ",synchronized," + (T - 9) + "\n");
    assertThat(warnings(goodRun().with("worker_b.csv", broken)))
        .containsExactly(
            "The bounded clock's bounds are broken: true time lies inside them in only 99.7 % of the"
                + " readings; outside at b (1).");
  }

  @Test
  void boundsThatContradictCausalityOrOneAnotherAreNamed() {
    long early = ns(3) - 50_000_000;
    String broken =
        rows(
            RecordedRun.WORKER,
            i ->
                i != 3
                    ? goodRow("b", i)
                    : "3,b,%d,%d,,,,,,,%d,%d,%d,synchronized,\n"
                        .formatted(ns(3) + 100_000, ns(3), early, early - 9, early + 9));
    assertThat(warnings(goodRun().with("worker_b.csv", broken)))
        .anySatisfy(
            w ->
                assertThat(w)
                    .startsWith("By the bounded clock, events were received before they were sent")
                    .endsWith("Violations at b (1)."))
        .anySatisfy(
            w ->
                assertThat(w)
                    .startsWith(
                        "Two workers' bounded-clock bounds contradict each other for 1 of 120")
                    .contains("(a and b)", "50.1 ms"));
  }

  @Test
  void aFindingOfBoundsThatTheWarningsRefuteSaysSoInTheSameSentence() {
    String broken =
        rows(
            RecordedRun.WORKER,
            i ->
                i != 3
                    ? goodRow("b", i)
                    : goodRow("b", i)
                        .replaceFirst(
                            "\\d+,\\d+,\\d+,synchronized,\\d+\n",
                            "%d,%d,%d,synchronized,\n"
                                .formatted(
                                    ns(3) + 90_000_000,
                                    ns(3) + 90_000_000 - 9,
                                    ns(3) + 90_000_000 + 9)));
    RecordedRun.Computed computed =
        goodRun().with("worker_b.csv", broken).statistics(false, 100_000_000L);
    assertThat(Findings.of(computed.summary(), computed.diagnosis(), Set.of()))
        .anySatisfy(
            f ->
                assertThat(f)
                    .startsWith("By the bounded clock, sending before receiving would be proven")
                    .contains("had an event first would be told for")
                    .contains("a commit would have to wait 2 µs")
                    .endsWith(" – if its bounds held, and they do not (see the warnings)."))
        .anySatisfy(f -> assertThat(f).contains("that both are sure of (its bounds do not hold)"))
        .noneMatch(f -> f.contains("is proven") || f.contains("must wait"))
        .noneMatch(f -> f.contains("they held"));
  }

  @Test
  void aLateArrivalIsNoContradictionHoweverWrongTheSystemClocksAre() {
    // The system clock of b is 60 ms behind, and event 3 took 60 ms longer to b: by the system
    // clocks it came to
    // both at once.
    String late =
        rows(
            RecordedRun.WORKER,
            i -> {
              long at = ns(i) + 100_000 + (i == 3 ? 60_000_000 : 0);
              return "%d,b,%d,%d,,,,,,,%s\n"
                  .formatted(i, at - 60_000_000, ns(i) + 30, stamp(at, i, 1000));
            });
    assertThat(warnings(goodRun().with("worker_b.csv", late)))
        .noneMatch(w -> w.contains("contradict each other"));
  }

  @Test
  void holdoverAndUnsynchronizedReadingsAreShared() {
    String held = worker("b").replaceFirst("synchronized", "holdover");
    assertThat(warnings(goodRun().with("worker_b.csv", held)))
        .containsExactly(
            "The bounded clock was in holdover (its time servers did not answer; bounds hold but"
                + " widen) at b, 0.8 % of its readings (1).");
  }

  @Test
  void aSilentWorkerAndAFewEventsAreSaid() {
    RecordedRun run =
        new RecordedRun(folder)
            .with("coordinator.csv", "event_id,sequence_number,send_time_ns\n1,0,5\n")
            .with("worker_a.csv", "event_id,receive_time_ns,coordinator_send_time_ns\n1,6,5\n")
            .with("worker_b.csv", "");
    assertThat(warnings(run))
        .containsExactly(
            "No event counts as received at b; nothing below speaks of it.",
            "worker_b.csv: the file is empty, not even a header; nothing was recorded.",
            "1 event was sent after the last one on record at b (1): lost on the way, or the worker"
                + " was at its end by then, which cannot be told.",
            "Only 1 event was sent: too few for the 99th percentile, and for much else.");
  }

  @Test
  void aClockAtOneEndOnlyIsSaid() {
    RecordedRun run =
        goodRun()
            .with(
                "coordinator.csv",
                rows(
                    "event_id,sequence_number,send_time_ns\n",
                    i -> i + "," + (i - 1) + "," + ns(i) + "\n"));
    assertThat(warnings(run))
        .anySatisfy(
            w ->
                assertThat(w)
                    .isEqualTo(
                        "Causality cannot be judged by NTP: the coordinator recorded no NTP time, and"
                            + " a comparison needs the same clock at both ends."));
  }

  @Test
  void aCoordinatorThatFailedOrRanLateIsSaid() {
    String late =
        rows(
            RecordedRun.COORDINATOR,
            i ->
                "%d,%d,%d,0.%06d,%d,%s,%d,%s\n"
                    .formatted(
                        i,
                        i - 1,
                        ns(i),
                        i,
                        ns(i) + i,
                        i == 9 ? "n3:9000" : "",
                        ns(i) - 2_000_000,
                        stamp(ns(i), i, 1000)));
    assertThat(warnings(goodRun().with("coordinator.csv", late)))
        .containsExactly(
            "The coordinator could not send 1 event to every worker (column workers_failed of"
                + " coordinator.csv).",
            "The coordinator ran late: 1 % of the events left more than 2 ms after their scheduled"
                + " time, half of them more than 2 ms. Mostly it gets too little of a processor;"
                + " --send-cpu, --no-spin on a shared node, --catch-up or a lower rate help"
                + " (docs/events.md).");
  }
}
