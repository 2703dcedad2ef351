package org.carillon.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.carillon.analysis.RecordedRun;
import org.carillon.analysis.input.RunFolder;
import org.carillon.analysis.store.Database;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every statistic on rows small enough to be judged by eye. */
class StatisticsTest {

  /** Near the present, where a double has steps of 256 ns. */
  private static final long T = 1_795_000_000_000_000_000L;

  @TempDir Path folder;
  private RecordedRun run;

  @BeforeEach
  void empty() {
    run = new RecordedRun(folder);
  }

  /** Events 1 to n, one each second from T on, on the system clock only. */
  private static String sent(int n) {
    return "event_id,sequence_number,send_time_ns\n"
        + LongStream.rangeClosed(1, n)
            .mapToObj(i -> i + "," + (i - 1) + "," + sendNs(i) + "\n")
            .collect(Collectors.joining());
  }

  private static long sendNs(long event) {
    return T + event * 1_000_000_000L;
  }

  private static String received(LongStream latenciesNs) {
    long[] latencies = latenciesNs.toArray();
    StringBuilder text = new StringBuilder("event_id,receive_time_ns,coordinator_send_time_ns\n");
    for (int i = 0; i < latencies.length; i++) {
      text.append(row(i + 1, latencies[i]));
    }
    return text.toString();
  }

  private static String row(long event, long latencyNs) {
    return event + "," + (sendNs(event) + latencyNs) + "," + (sendNs(event) + 31) + "\n";
  }

  private Distribution latency(LongStream latenciesNs) {
    long[] all = latenciesNs.toArray();
    Summary summary =
        run.with("coordinator.csv", sent(all.length))
            .with("worker_a.csv", received(LongStream.of(all)))
            .summary(1);
    return summary.latency().get(Clock.SYSTEM).known().get("a");
  }

  /** n, p50, p90, p99, p999 and the maximum; null where there is none. */
  private static void hasPercentiles(Distribution distribution, Long... expected) {
    assertThat(
            Stream.of(
                    OptionalLong.of(distribution.n()),
                    distribution.p50Ns(),
                    distribution.p90Ns(),
                    distribution.p99Ns(),
                    distribution.p999Ns(),
                    distribution.maxNs())
                .map(ns -> ns.isPresent() ? (Long) ns.getAsLong() : null))
        .containsExactly(expected);
  }

  @Test
  void percentilesAreNearestRankAndEmptyWhereTheyWouldBeTheMaximum() {
    hasPercentiles(latency(LongStream.of(5)), 1L, null, null, null, null, 5L);
    hasPercentiles(latency(LongStream.of(7, -3)), 2L, -3L, null, null, null, 7L);
    hasPercentiles(latency(LongStream.rangeClosed(1, 9)), 9L, 5L, null, null, null, 9L);
    hasPercentiles(latency(LongStream.rangeClosed(1, 10)), 10L, 5L, 9L, null, null, 10L);
    hasPercentiles(latency(LongStream.rangeClosed(1, 99)), 99L, 50L, 90L, null, null, 99L);
    hasPercentiles(latency(LongStream.rangeClosed(1, 100)), 100L, 50L, 90L, 99L, null, 100L);
    hasPercentiles(latency(LongStream.rangeClosed(1, 1001)), 1001L, 501L, 901L, 991L, 1000L, 1001L);
  }

  @Test
  void aPercentileHasTheConfidenceIntervalThatItsNumberOfValuesGives() {
    Distribution few = latency(LongStream.of(10, 20, 30, 40, 50, 60));
    assertThat(few.p50CiNs()).hasValue(new ConfidenceInterval(10, 60));
    assertThat(few.p90CiNs()).isEmpty();
    assertThat(latency(LongStream.rangeClosed(1, 100)).p50CiNs())
        .hasValue(new ConfidenceInterval(40, 61));
  }

  /**
   * Values of every magnitude and sign, with many alike: each is at its rank, to the nanosecond.
   */
  @Test
  void valuesOfEveryMagnitudeAreAtTheirRanks() {
    Random random = new Random(17);
    long[] values =
        IntStream.range(0, 4_000)
            .mapToLong(
                i ->
                    random.nextInt(3) == 0
                        ? random.nextInt(4_200) - 2_100
                        : random.nextLong() >> (14 + random.nextInt(50)))
            .toArray();
    List<BigInteger> exact =
        new ArrayList<>(LongStream.of(values).mapToObj(BigInteger::valueOf).toList());
    assertThat(latency(LongStream.of(values))).isEqualTo(ReferenceStatistics.distribution(exact));
  }

  @Test
  void everyRowHasOneFate() {
    Summary summary =
        run.with("coordinator.csv", sent(6))
            .with(
                "worker_a.csv",
                "event_id,receive_time_ns,coordinator_send_time_ns\n"
                    + row(1, 500)
                    + row(3, 500)
                    + row(2, 500)
                    + row(3, 400)
                    + row(3, 600)
                    + row(99, 500)
                    + "4,%d,%d\n".formatted(sendNs(4) + 1, sendNs(4) + 100_000_001)
                    + "5,%d,%d\n".formatted(sendNs(5) + 1, sendNs(5) - 100_000_000))
            .summary(1);
    assertThat(summary.workers()).containsExactly(Map.entry("a", new Accounting(4, 2, 2, 1, 2)));
    assertThat(summary.input().get(1))
        .extracting(InputAccount::used, InputAccount::duplicates, InputAccount::foreign)
        .containsExactly(4L, 2L, 2L);
    assertThat(summary.latency().get(Clock.SYSTEM).known().get("a").p50Ns())
        .as("of the three rows of event 3 the earliest counts")
        .hasValue(400);
  }

  @Test
  void aForeignRowIsNeverTheEarliest() {
    Summary summary =
        run.with("coordinator.csv", sent(1))
            .with(
                "worker_a.csv",
                "event_id,receive_time_ns,coordinator_send_time_ns\n"
                    + "1,%d,%d\n"
                        .formatted(sendNs(1) - 20_000_000_000L, sendNs(1) - 20_000_000_000L)
                    + row(1, 500))
            .summary(1);
    assertThat(summary.workers().get("a")).isEqualTo(new Accounting(1, 0, 0, 0, 1));
    assertThat(summary.latency().get(Clock.SYSTEM).known().get("a").maxNs()).hasValue(500);
  }

  @Test
  void anEventTwiceAtTheCoordinatorIsTheFirstOne() {
    Summary summary =
        run.with("coordinator.csv", sent(2) + "2,1," + (sendNs(2) + 20_000_000_000L) + "\n")
            .with("worker_a.csv", received(LongStream.of(5, 6)))
            .summary(1);
    assertThat(summary.sent()).isEqualTo(2);
    assertThat(summary.input().getFirst().duplicates()).isEqualTo(1);
    assertThat(summary.workers().get("a").received()).isEqualTo(2);
  }

  @Test
  void aNodeIsNamedByItsColumnElseByItsFile() {
    Summary summary =
        run.with("coordinator.csv", sent(1))
            .with(
                "worker_x.csv",
                "event_id,node_id,receive_time_ns,coordinator_send_time_ns\n1,alpha,%d,%d\n"
                    .formatted(sendNs(1), sendNs(1)))
            .with("worker_beta.csv", received(LongStream.of(1)))
            .with("worker_silent.csv", "event_id,receive_time_ns,coordinator_send_time_ns\n")
            .summary(1);
    assertThat(summary.workers().keySet()).containsExactly("alpha", "beta", "silent");
    assertThat(summary.workers().get("silent")).isEqualTo(new Accounting(0, 1, 0, 0, 0));
  }

  @Test
  void aRowOrTwoOfAnotherNodeMakeNoWorkerAndAreForeign() {
    String rows =
        LongStream.rangeClosed(1, 30)
            .mapToObj(i -> i + (i == 7 ? ",b91," : i == 9 ? ",c," : ",b,") + times(i))
            .collect(Collectors.joining());
    String header = "event_id,node_id,receive_time_ns,coordinator_send_time_ns\n";
    Summary summary =
        run.with("coordinator.csv", sent(30))
            .with("worker_b.csv", header + rows)
            .with("worker_c.csv", received(LongStream.of(1, 2)))
            .summary(1);
    assertThat(summary.workers())
        .containsExactly(
            Map.entry("b", new Accounting(28, 2, 0, 0, 2)),
            Map.entry("c", new Accounting(2, 28, 0, 0, 0)));
    assertThat(summary.input().get(1))
        .extracting(InputAccount::used, InputAccount::foreign, InputAccount::misnamed)
        .containsExactly(28L, 2L, 2L);
    assertThat(summary.quality().network().get("b").causes().damaged()).isEqualTo(2);
  }

  private static String times(long event) {
    return sendNs(event) + "," + sendNs(event) + "\n";
  }

  @Test
  void foreignRowsAloneMakeNoWorkerButTheirFileDoes() {
    String header = "event_id,node_id,receive_time_ns,coordinator_send_time_ns\n";
    Summary summary =
        run.with("coordinator.csv", sent(3))
            .with("worker_a.csv", header + "1,a," + times(1) + "2,a," + times(2) + "99,z,7,7\n")
            .with("worker_b.csv", header + "1,b,7,7\n2,b,7,7\n")
            .summary(1);
    assertThat(summary.workers())
        .containsExactly(
            Map.entry("a", new Accounting(2, 1, 0, 0, 0)),
            Map.entry("b", new Accounting(0, 3, 0, 0, 2)));
  }

  @Test
  void onAPointClockEqualTimesAreNoViolation() {
    Summary summary =
        run.with("coordinator.csv", sent(3))
            .with("worker_a.csv", received(LongStream.of(0, -1, 1)))
            .summary(1);
    assertThat(summary.causality().get(Clock.SYSTEM).known())
        .containsExactly(Map.entry("a", new Causality.Point(3, 1)));
  }

  private void boundedRun() {
    run.with(
        "coordinator.csv",
        "event_id,sequence_number,send_time_ns,bc_timestamp_ns,bc_earliest_ns,bc_latest_ns,true_time_ns\n"
            + "1,0,1000,1000,990,1010,1010\n"
            + "2,1,2000,2000,1990,2010,2011\n"
            + "3,2,3000,3000,2990,3010,3000\n"
            + "4,3,4000,4000,,,4000\n");
    run.with(
        "worker_a.csv",
        "event_id,receive_time_ns,coordinator_send_time_ns,bc_timestamp_ns,bc_earliest_ns,bc_latest_ns,true_time_ns\n"
            + "1,1100,1000,1015,1011,1019,1011\n"
            + "2,2100,2000,2015,2010,2020,2021\n"
            + "3,3100,3000,2985,2980,2989,2985\n"
            + "4,4100,4000,4015,4010,4020,4015\n");
    run.with(
        "worker_b.csv",
        "event_id,receive_time_ns,coordinator_send_time_ns,bc_timestamp_ns,bc_earliest_ns,bc_latest_ns,true_time_ns\n"
            + "1,1100,1000,1025,1020,1030,1025\n"
            + "2,2100,2000,2020,2020,2040,2025\n"
            + "3,3100,3000,2975,2970,2979,2975\n");
  }

  @Test
  void onAnIntervalClockTouchingIntervalsAreAmbiguous() {
    boundedRun();
    assertThat(run.summary(1).causality().get(Clock.BOUNDED).known())
        .containsExactly(
            Map.entry("a", new Causality.Interval(3, 1, 1, 1)),
            Map.entry("b", new Causality.Interval(3, 2, 0, 1)));
  }

  @Test
  void latencyIsAnIntervalWhoseNegativeEndsAreCountedAndKept() {
    boundedRun();
    LatencyBounds bounds = run.summary(1).latencyBounds().get(Clock.BOUNDED).known().get("a");
    assertThat(bounds.earliest().minNs()).as("2980 − 3010").hasValue(-30);
    assertThat(bounds.earliest().maxNs()).as("1011 − 1010").hasValue(1);
    assertThat(bounds.latest().minNs()).as("2989 − 2990").hasValue(-1);
    assertThat(bounds.latest().maxNs()).as("2020 − 1990").hasValue(30);
    assertThat(bounds.negativeEarliest()).isEqualTo(1);
    assertThat(bounds.negativeLatest()).isEqualTo(1);
  }

  @Test
  void differentEventsAreOrderedAcrossWorkers() {
    boundedRun();
    CrossOrdering.Counts counts =
        run.summary(1).across().byClock().get(Clock.BOUNDED).known().get("a,b").total();
    assertThat(counts.pairs()).as("four events at a by three at b, less the same").isEqualTo(9);
    assertThat(counts.firstBefore()).as("1 before 2 and 3, 2 before 3").isEqualTo(3);
    assertThat(counts.secondBefore()).isEqualTo(6);
    assertThat(counts.contradicted().get(Clock.SYSTEM)).isEqualTo(new Rate(0, 9));
    assertThat(counts.contradicted().get(Clock.NTP)).isEqualTo(new Rate(0, 0));
  }

  @Test
  void everySizeHasItsPairsAlsoWhereNoneAreAdded() {
    CrossOrdering.Counts one =
        new CrossOrdering.Counts(
            1, 1, 0, 0, Map.of(Clock.SYSTEM, new Rate(1, 1), Clock.NTP, new Rate(0, 0)));
    Map<Long, CrossOrdering.Counts> within =
        new CrossOrdering(new TreeMap<>(Map.of(1_000_000L, one, 100_000_000L, one))).within();
    assertThat(within.keySet())
        .containsExactly(10_000L, 100_000L, 1_000_000L, 10_000_000L, 100_000_000L, 1_000_000_000L);
    assertThat(within.values())
        .extracting(CrossOrdering.Counts::pairs)
        .containsExactly(0L, 0L, 1L, 1L, 2L, 2L);
    assertThat(within.get(10_000L).contradicted())
        .isEqualTo(Map.of(Clock.SYSTEM, new Rate(0, 0), Clock.NTP, new Rate(0, 0)));
  }

  @Test
  void ofALongRunOnlyMultiplesBeginAPairAndTheirNeighboursAreAllThere() {
    int events = 60;
    StringBuilder sent =
        new StringBuilder("event_id,sequence_number,send_time_ns,bc_earliest_ns,bc_latest_ns\n");
    StringBuilder received =
        new StringBuilder(
            "event_id,receive_time_ns,coordinator_send_time_ns,ntp_timestamp_ns,bc_earliest_ns,bc_latest_ns\n");
    for (long i = 1; i <= events; i++) {
      long ns = T + i * 1_000_000;
      sent.append("%d,0,%d,%d,%d\n".formatted(i, ns, ns - 10, ns + 10));
      received.append("%d,%d,%d,%d,%d,%d\n".formatted(i, ns, ns, ns, ns - 10, ns + 10));
    }
    run.with("coordinator.csv", sent.toString())
        .with("worker_a.csv", received.toString())
        .with("worker_b.csv", received.toString());
    try (Database database = Database.open(folder.resolve("spill"))) {
      database.judge(RunFolder.open(folder).read(List.of(), database.parquet(), database::sink));
      Comparisons comparisons =
          new Comparisons(
              Availability.of(database.ask("availability"), List.of("a", "b")),
              List.of("a", "b"),
              false);
      CrossOrdering.Counts counts =
          OrderingStatistics.across(database, 20, comparisons)
              .get(Clock.BOUNDED)
              .known()
              .get("a,b")
              .total();
      assertThat(counts.pairs()).as("of 20, 40 and 60; four follow 20 and 40 only").isEqualTo(20);
      assertThat(counts.contradicted().get(Clock.NTP)).isEqualTo(new Rate(0, 20));
      assertThat(OrderingStatistics.everyNth(200_000, comparisons)).isEqualTo(1);
      assertThat(OrderingStatistics.everyNth(200_001, comparisons)).isEqualTo(2);
    }
  }

  @Test
  void totalsAreSumsOverWorkersAndPercentilesOfAllValuesTogether() {
    boundedRun();
    Totals totals = run.summary(100).totals();
    assertThat(totals.causality().get(Clock.BOUNDED)).isEqualTo(new Causality.Interval(6, 3, 1, 2));
    assertThat(totals.ordering().get(Clock.BOUNDED)).isEqualTo(new Ordering(3, 1, 1, 1));
    assertThat(totals.windows().get(100L).get(Clock.SYSTEM)).isEqualTo(new Windows.Point(3, 3));
    assertThat(totals.commitWait().get(Clock.BOUNDED).atEvent().n()).isEqualTo(7);
    assertThat(totals.commitWait().get(Clock.BOUNDED).atEvent().p50Ns())
        .as("8, 9, 9, 10, 10, 10, 20")
        .hasValue(10);
    assertThat(totals.latency()).doesNotContainKey(Clock.NTP);
  }

  @Test
  void orderingNamesTheProvablyFirst() {
    boundedRun();
    assertThat(run.summary(1).ordering().get(Clock.BOUNDED).known())
        .containsExactly(Map.entry("a,b", new Ordering(3, 1, 1, 1)));
  }

  @Test
  void coverageCountsEdgesAsInsideAndTheCoordinatorToo() {
    boundedRun();
    assertThat(run.summary(1).coverage())
        .isEqualTo(
            Map.of(
                Clock.BOUNDED,
                Map.of(
                    "coordinator", new Coverage(3, 2),
                    "a", new Coverage(4, 3),
                    "b", new Coverage(3, 3))));
  }

  @Test
  void aWorkerCalledCoordinatorIsToldApart() {
    boundedRun();
    run.with(
        "worker_coordinator.csv",
        "event_id,receive_time_ns,coordinator_send_time_ns,bc_earliest_ns,bc_latest_ns,true_time_ns\n"
            + "1,1100,1000,1011,1019,1011\n");
    assertThat(run.summary(1).coverage().get(Clock.BOUNDED))
        .containsEntry("coordinator", new Coverage(3, 2))
        .containsEntry("coordinator (worker)", new Coverage(1, 1));
  }

  @Test
  void commitWaitIsTheWidthNowAndAfterEachDelay() {
    boundedRun();
    run.with(
        "commit_wait_a.csv",
        RecordedRun.COMMIT_WAIT + "1,30,5,0.000001\n2,30,4,\n1,60,3,\n9,30,99,\n1,30,7,\n");
    Summary summary = run.summary(1);
    CommitWait wait = summary.commitWait().get(Clock.BOUNDED).known().get("a");
    hasPercentiles(wait.atEvent(), 4L, 9L, null, null, null, 10L);
    assertThat(wait.after()).containsOnlyKeys(30_000_000_000L, 60_000_000_000L);
    hasPercentiles(wait.after().get(30_000_000_000L), 2L, 8L, null, null, null, 10L);
    hasPercentiles(wait.after().get(60_000_000_000L), 1L, null, null, null, null, 6L);
    assertThat(wait.serialRateByMedianHz().orElseThrow()).isEqualByComparingTo("111111111.111");
    assertThat(wait.serialRateByMeanHz().orElseThrow())
        .as("the mean of 8, 10, 9, 10 ns is 9.25 ns")
        .isEqualByComparingTo("108108108.108");
    assertThat(summary.input().getLast())
        .extracting(InputAccount::used, InputAccount::duplicates, InputAccount::foreign)
        .containsExactly(3L, 1L, 1L);
  }

  @Test
  void windowsAreCutDownwardsBefore1970Too() {
    run.with(
            "coordinator.csv",
            "event_id,sequence_number,send_time_ns\n1,0,-150\n2,1,-100\n3,2,-1\n4,3,99\n")
        .with(
            "worker_a.csv",
            "event_id,receive_time_ns,coordinator_send_time_ns,bc_earliest_ns,bc_latest_ns\n"
                + "1,-101,-150,-200,-101\n2,-100,-100,-100,-1\n3,-1,-1,-1,0\n4,99,99,0,99\n")
        .with(
            "worker_b.csv",
            "event_id,receive_time_ns,coordinator_send_time_ns,bc_earliest_ns,bc_latest_ns\n"
                + "1,-100,-150,-200,-199\n2,-1,-100,-200,-101\n3,0,-1,0,1\n4,0,99,0,99\n");
    Map<Clock, PerNode<Windows>> windows = run.summary(100).windows().get(100L);
    assertThat(windows.get(Clock.SYSTEM).known())
        .containsExactly(Map.entry("a,b", new Windows.Point(4, 2)));
    Windows.Interval interval = (Windows.Interval) windows.get(Clock.BOUNDED).known().get("a,b");
    assertThat(
            List.of(interval.pairs(), interval.confident(), interval.agree(), interval.ambiguous()))
        .containsExactly(4L, 3L, 2L, 1L);
    assertThat(interval.reachNs()).as("99 + 198 + 2 + 99 ns").isEqualTo(398);
    assertThat(interval.expectedAmbiguousShare(100))
        .as("(99 + 100 + 2 + 99) of 4 · 100")
        .isEqualByComparingTo("0.75");
  }

  @Test
  void whatOneEndLacksIsNotCompared() {
    run.with("coordinator.csv", sent(1))
        .with(
            "worker_a.csv",
            "event_id,receive_time_ns,coordinator_send_time_ns,ct_timestamp_ns,ct_lower_bound_ns,ct_upper_bound_ns\n"
                + "1,%d,%d,5,4,6\n".formatted(sendNs(1), sendNs(1)));
    Summary summary = run.summary(1);
    assertThat(summary.causality().get(Clock.CHRONOTICK).why().orElseThrow())
        .startsWith("the coordinator recorded no ChronoTick bounds");
    assertThat(summary.causality().get(Clock.NTP).why())
        .hasValue("neither the coordinator nor any worker recorded NTP time");
    assertThat(summary.ordering().get(Clock.CHRONOTICK).why()).hasValue("there is only one worker");
    assertThat(summary.coverage()).isEmpty();
    assertThat(summary.mixedSources()).isEmpty();
  }

  @Test
  void aWorkerWithoutAClockIsNamedWhileTheOthersAreCompared() {
    run.with(
            "coordinator.csv",
            "event_id,sequence_number,send_time_ns,ntp_timestamp_ns\n1,0,1000,1000\n")
        .with(
            "worker_a.csv",
            "event_id,receive_time_ns,coordinator_send_time_ns,ntp_timestamp_ns\n1,1100,1000,900\n")
        .with(
            "worker_b.csv",
            "event_id,receive_time_ns,coordinator_send_time_ns,ntp_timestamp_ns\n1,1100,1000,\n");
    PerNode<Causality> ntp = run.summary(1).causality().get(Clock.NTP);
    assertThat(ntp.why()).isEmpty();
    assertThat(ntp.entries())
        .containsExactly(
            Map.entry("a", new Judgement.Known<>(new Causality.Point(1, 1))),
            Map.entry("b", new Judgement.NotComparable<>("b recorded no NTP time")));
  }

  @Test
  void mixedSourcesCompareWithTheCoordinatorsSystemClock() {
    run.with("coordinator.csv", "event_id,sequence_number,send_time_ns\n1,0,1000\n2,1,2000\n")
        .with(
            "worker_a.csv",
            "event_id,receive_time_ns,coordinator_send_time_ns,ntp_timestamp_ns,ct_timestamp_ns,ct_lower_bound_ns,ct_upper_bound_ns\n"
                + "1,1100,1000,999,1000,990,999\n2,2100,2000,2000,2000,2000,2001\n");
    Summary.MixedSources mixed = run.statistics(true, 1).summary().mixedSources().orElseThrow();
    assertThat(mixed.points())
        .isEqualTo(
            Map.of(
                Clock.NTP, Map.of("a", new Causality.Point(2, 1)),
                Clock.CHRONOTICK, Map.of("a", new Causality.Point(2, 0))));
    assertThat(mixed.intervals())
        .isEqualTo(Map.of(Clock.CHRONOTICK, Map.of("a", new Causality.Interval(2, 0, 1, 1))));
  }

  @Test
  void aBrokenIntervalCountsAsNotMeasured() {
    run.with(
            "coordinator.csv",
            "event_id,sequence_number,send_time_ns,bc_earliest_ns,bc_latest_ns\n1,0,10,9,11\n2,1,20,19,21\n")
        .with(
            "worker_a.csv",
            "event_id,receive_time_ns,coordinator_send_time_ns,bc_earliest_ns,bc_latest_ns\n"
                + "1,10,10,12,11\n2,20,20,22,\n");
    assertThat(run.summary(1).causality().get(Clock.BOUNDED).why())
        .isEqualTo(Optional.of("no worker recorded intervals of the bounded clock"));
    assertThat(run.statistics(false, 1).diagnosis().brokenBounds())
        .singleElement()
        .satisfies(broken -> assertThat(broken.n()).isEqualTo(2));
  }
}
