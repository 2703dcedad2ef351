package org.carillon.analysis.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.carillon.analysis.statistics.Causality;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.CommitWait;
import org.carillon.analysis.statistics.Distribution;
import org.carillon.analysis.statistics.PerNode;
import org.carillon.analysis.statistics.Windows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers beside each figure, against plain counting and against the summary. */
class FigureDataTest {

  @TempDir Path folder;

  private static long number(Map<String, String> row, String column) {
    return Long.parseLong(row.get(column));
  }

  private static List<Long> all(Map<String, List<Long>> byWorker, String worker) {
    return worker.equals("all")
        ? byWorker.values().stream().flatMap(List::stream).toList()
        : byWorker.get(worker);
  }

  @ParameterizedTest(name = "{0} workers, {1} events, {2} ns off")
  @CsvSource({"1, 1, 0", "2, 700, 0", "3, 500, 250000", "7, 300, 40000000", "2, 400, 36000000000"})
  void everyPointOfALatencyCurveIsTheNumberOfEventsAtMostThatLate(
      int workers, int events, long offsetNs) {
    PlottedRun run = PlottedRun.of(folder, workers, events, offsetNs, 1);
    List<Map<String, String>> rows = run.csv("latency_distribution");
    for (Map<String, String> row : rows) {
      List<Long> latency = all(run.latencyNs().get(row.get("clock")), row.get("worker"));
      long atMost = latency.stream().filter(ns -> ns <= number(row, "latency_ns")).count();
      assertThat(number(row, "events_at_most")).as("%s", row).isEqualTo(atMost);
      assertThat(number(row, "n")).isEqualTo(latency.size());
      assertThat(Double.parseDouble(row.get("share")))
          .isCloseTo((double) atMost / latency.size(), within(1e-12));
    }
    run.latencyNs()
        .forEach(
            (clock, byWorker) -> {
              long greatest =
                  byWorker.values().stream().flatMap(List::stream).max(Long::compare).orElseThrow();
              assertThat(rows)
                  .as("the greatest is never left out")
                  .anyMatch(
                      row ->
                          row.get("clock").equals(clock) && number(row, "latency_ns") == greatest);
            });
  }

  @ParameterizedTest(name = "{0} workers, {1} events, {2} ns off")
  @CsvSource({"1, 1, 0", "2, 700, 0", "3, 500, 250000", "7, 300, 40000000", "2, 400, 36000000000"})
  void everyEventIsInTheCellOfItsTimeAndLatencyAndInNoOther(
      int workers, int events, long offsetNs) {
    PlottedRun run = PlottedRun.of(folder, workers, events, offsetNs, 2);
    List<Map<String, String>> rows = run.csv("latency_over_time");
    for (Map<String, String> row : rows) {
      long n = 0;
      for (List<Long> latency : run.latencyNs().get(row.get("clock")).values()) {
        for (int i = 0; i < latency.size(); i++) {
          long since = run.sentSinceStartNs().get(i);
          if (since >= number(row, "since_start_from_ns")
              && since < number(row, "since_start_until_ns")
              && latency.get(i) >= number(row, "latency_from_ns")
              && latency.get(i) < number(row, "latency_until_ns")) {
            n++;
          }
        }
      }
      assertThat(number(row, "n")).as("%s", row).isEqualTo(n);
    }
    for (String clock : run.latencyNs().keySet()) {
      assertThat(
              rows.stream()
                  .filter(row -> row.get("clock").equals(clock))
                  .mapToLong(row -> number(row, "n"))
                  .sum())
          .isEqualTo((long) workers * events);
    }
  }

  @ParameterizedTest(name = "{0} workers")
  @CsvSource({"1", "3", "9"})
  void theCostOfCoordinationIsTheNumberOfWiderIntervals(int workers) {
    PlottedRun run = PlottedRun.of(folder, workers, 400, 0, 3);
    List<Map<String, String>> rows = run.csv("coordination_cost");
    assertThat(rows).hasSizeGreaterThan(100);
    for (Map<String, String> row : rows) {
      assertThat(row.get("clock")).isEqualTo("bounded");
      assertThat(number(row, "events_above"))
          .as("%s", row)
          .isEqualTo(
              all(run.widthNs(), row.get("worker")).stream()
                  .filter(ns -> ns > number(row, "epsilon_ns"))
                  .count());
    }
  }

  @Test
  void barsHaveTheCountsOfTheSummary() {
    PlottedRun run = PlottedRun.of(folder, 3, 500, 20_000, 4);
    List<Map<String, String>> rows = run.csv("causality_violations");
    assertThat(rows).hasSize(6);
    for (Map<String, String> row : rows) {
      Causality expected =
          of(run.summary().causality(), row.get("clock")).known().get(row.get("worker"));
      assertThat(number(row, "n")).isEqualTo(expected.pairs());
      assertThat(number(row, "violations")).isEqualTo(expected.violations());
    }
    for (Map<String, String> row : run.csv("window_assignment")) {
      PerNode<Windows> expected =
          of(run.summary().windows().get(number(row, "window_ns")), row.get("clock"));
      assertThat(number(row, "same_window"))
          .isEqualTo(expected.known().values().stream().mapToLong(Windows::agree).sum());
      assertThat(number(row, "different_windows"))
          .isEqualTo(expected.known().values().stream().mapToLong(Windows::disagree).sum());
    }
  }

  private static <T> PerNode<T> of(Map<Clock, PerNode<T>> byClock, String key) {
    return byClock.get(
        Stream.of(Clock.values()).filter(c -> c.key().equals(key)).findFirst().orElseThrow());
  }

  @Test
  void commitWaitHasThePercentilesOfTheSummary() {
    PlottedRun run = PlottedRun.of(folder, 2, 150, 0, 5);
    List<Map<String, String>> rows = run.csv("commit_wait");
    assertThat(rows).hasSize(2);
    for (Map<String, String> row : rows) {
      CommitWait expected =
          of(run.summary().commitWait(), row.get("clock")).known().get(row.get("worker"));
      Distribution wait = expected.atEvent();
      assertThat(number(row, "delay_ns")).isZero();
      assertThat(number(row, "n")).isEqualTo(150);
      assertThat(number(row, "p50_ns")).isEqualTo(wait.p50Ns().orElseThrow());
      assertThat(number(row, "p99_ns")).isEqualTo(wait.p99Ns().orElseThrow());
      assertThat(number(row, "max_ns")).isEqualTo(wait.maxNs().orElseThrow());
    }
  }

  @Test
  void theDashboardHasTheNumbersOfItsPanels() {
    PlottedRun run = PlottedRun.of(folder, 2, 50, 0, 6);
    List<Map<String, String>> rows = run.csv("summary_dashboard");
    assertThat(rows.stream().filter(row -> row.get("panel").equals("a")))
        .hasSameSizeAs(run.csv("causality_violations"));
    assertThat(rows.stream().filter(row -> row.get("panel").equals("c")))
        .hasSameSizeAs(run.csv("latency_distribution"));
  }

  /** Many events, widely spread, and negative: as much as a figure may have to show. */
  @Test
  void noFileOfAFigureIsLargerThanAMegabyte() {
    PlottedRun run = PlottedRun.of(folder, 4, 5_000, 3_000_000, 7);
    for (Figure figure : run.figures().values()) {
      assertThat(figure.points().csv().getBytes(StandardCharsets.UTF_8).length)
          .as(figure.name() + ".csv")
          .isLessThan(1_000_000);
      assertThat(FigureWriter.svg(figure).getBytes(StandardCharsets.UTF_8).length)
          .as(figure.name() + ".svg")
          .isLessThan(1_000_000);
      assertThat(FigureWriter.png(figure).length).as(figure.name() + ".png").isLessThan(1_000_000);
      assertThat(FigureWriter.pdf(figure).length).as(figure.name() + ".pdf").isLessThan(1_000_000);
    }
  }
}
