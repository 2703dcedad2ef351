package org.carillon.analysis.statistics;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.statistics.quality.Quality;
import org.carillon.analysis.statistics.quality.QualityStatistics;
import org.carillon.analysis.store.Database;
import org.carillon.analysis.store.Row;

/** Asks the store for every statistic and says of each comparison whether it is one. */
public final class Statistics {

  private final Database database;
  private final List<InputFile> files;
  private final List<Row> events;
  private final List<String> nodes;
  private final Availability availability;
  private final PerNode<NodeHindsight> hindsight;

  private Statistics(Database database, List<InputFile> files, PerNode<NodeHindsight> hindsight) {
    this.database = database;
    this.hindsight = hindsight;
    this.files = files;
    this.events = database.ask("events");
    this.nodes = events.stream().map(row -> row.text("node")).toList();
    this.availability = Availability.of(database.ask("availability"), nodes);
  }

  /**
   * Computes all statistics of a database whose rows have been judged.
   *
   * @param files what it was filled from
   * @param windowsNs the window sizes to judge
   * @param mixed whether to add the comparisons of different clocks
   * @param hindsight how its intervals were made
   */
  public static Summary of(
      Database database,
      List<InputFile> files,
      List<Long> windowsNs,
      boolean mixed,
      PerNode<NodeHindsight> hindsight) {
    Summary summary = new Statistics(database, files, hindsight).summary(windowsNs, mixed);
    return summary.with(QualityStatistics.of(database, summary));
  }

  /** The clocks that give points, or intervals; hindsight only where there is any. */
  private List<Clock> clocks(boolean intervals) {
    return Stream.of(Clock.values())
        .filter(clock -> clock.isInterval() == intervals)
        .filter(clock -> clock != Clock.HINDSIGHT || !hindsight.known().isEmpty())
        .toList();
  }

  private Summary summary(List<Long> windowsNs, boolean mixed) {
    database.setWindowSizes(windowsNs);
    ClockStatistics clocks = new ClockStatistics(database);
    return new Summary(
        database.ask("sent_count").getFirst().number("sent"),
        accounting(),
        endToEnd(
            List.of(Clock.SYSTEM, Clock.NTP, Clock.CHRONOTICK, Clock.BOUNDED),
            false,
            byClock(database.ask("latency")),
            Statistics::distribution),
        causality(),
        ordering(),
        windows(windowsNs),
        commitWait(),
        coverage(),
        mixed ? Optional.of(mixedSources()) : Optional.empty(),
        clocks.hindsight(hindsight),
        clocks.models(),
        clocks.incidents(),
        Quality.NONE,
        input());
  }

  private Map<String, Accounting> accounting() {
    Map<String, Accounting> workers = new LinkedHashMap<>();
    for (Row row : events) {
      workers.put(
          row.text("node"),
          new Accounting(
              row.number("received"),
              row.number("lost"),
              row.number("duplicates"),
              row.number("out_of_order"),
              row.number("foreign_rows")));
    }
    return workers;
  }

  private List<Clock> allClocks() {
    return Stream.concat(clocks(false).stream(), clocks(true).stream()).toList();
  }

  private Map<Clock, PerNode<Causality>> causality() {
    Map<Clock, PerNode<Causality>> all =
        new EnumMap<>(
            endToEnd(
                clocks(false),
                false,
                byClock(database.ask("causality_point")),
                Statistics::pointCausality));
    all.putAll(
        endToEnd(
            clocks(true),
            true,
            byClock(database.ask("causality_interval")),
            Statistics::intervalCausality));
    return all;
  }

  /** Results that compare the coordinator with a worker. */
  private <T> Map<Clock, PerNode<T>> endToEnd(
      List<Clock> clocks,
      boolean bounds,
      Map<Clock, List<Row>> rows,
      Function<Row, ? extends T> result) {
    Map<Clock, PerNode<T>> all = new EnumMap<>(Clock.class);
    for (Clock clock : clocks) {
      Map<String, Row> byNode =
          rows.getOrDefault(clock, List.of()).stream()
              .collect(Collectors.toMap(row -> row.text("node"), row -> row));
      all.put(
          clock,
          availability
              .whyNotEndToEnd(clock, bounds)
              .map(PerNode::<T>notComparable)
              .orElseGet(
                  () ->
                      perNode(
                          byNode,
                          result,
                          node -> availability.whyNotAtWorker(node, clock, bounds))));
    }
    return all;
  }

  private <T> PerNode<T> perNode(
      Map<String, Row> rows, Function<Row, ? extends T> result, Function<String, String> whyNot) {
    Map<String, Judgement<T>> entries = new LinkedHashMap<>();
    for (String node : nodes) {
      Row row = rows.get(node);
      entries.put(
          node,
          row == null
              ? new Judgement.NotComparable<>(whyNot.apply(node))
              : new Judgement.Known<>(result.apply(row)));
    }
    return PerNode.of(entries);
  }

  private Map<Clock, PerNode<Ordering>> ordering() {
    Map<Clock, List<Row>> rows = byClock(database.ask("ordering"));
    Map<Clock, PerNode<Ordering>> all = new EnumMap<>(Clock.class);
    for (Clock clock : clocks(true)) {
      all.put(
          clock,
          betweenWorkers(
              clock,
              true,
              rows.getOrDefault(clock, List.of()),
              row ->
                  new Ordering(
                      row.number("pairs"),
                      row.number("first_before"),
                      row.number("second_before"),
                      row.number("ambiguous"))));
    }
    return all;
  }

  private Map<Long, Map<Clock, PerNode<Windows>>> windows(List<Long> sizesNs) {
    Map<Long, Map<Clock, List<Row>>> points = bySize(database.ask("windows_point"));
    Map<Long, Map<Clock, List<Row>>> intervals = bySize(database.ask("windows_interval"));
    Map<Long, Map<Clock, PerNode<Windows>>> all = new LinkedHashMap<>();
    for (long sizeNs : sizesNs) {
      Map<Clock, PerNode<Windows>> byClock = new EnumMap<>(Clock.class);
      for (Clock clock : allClocks()) {
        boolean bounds = clock.isInterval();
        List<Row> rows =
            (bounds ? intervals : points)
                .getOrDefault(sizeNs, Map.of())
                .getOrDefault(clock, List.of());
        byClock.put(
            clock,
            betweenWorkers(
                clock,
                bounds,
                rows,
                bounds ? Statistics::intervalWindows : Statistics::pointWindows));
      }
      all.put(sizeNs, byClock);
    }
    return all;
  }

  /** Results that compare two workers, for each pair of them. */
  private <T> PerNode<T> betweenWorkers(
      Clock clock, boolean bounds, List<Row> rows, Function<Row, ? extends T> result) {
    Optional<String> why = availability.whyNotBetweenWorkers(clock, bounds);
    if (why.isPresent()) {
      return PerNode.notComparable(why.get());
    }
    Map<String, Row> byPair = new HashMap<>();
    rows.forEach(row -> byPair.put(pair(row.text("first_node"), row.text("second_node")), row));
    Map<String, Judgement<T>> entries = new LinkedHashMap<>();
    BiFunction<String, String, Judgement<T>> judge =
        (first, second) -> {
          Row row = byPair.get(pair(first, second));
          return row == null
              ? new Judgement.NotComparable<>(availability.whyNotPair(first, second, clock, bounds))
              : new Judgement.Known<>(result.apply(row));
        };
    for (int i = 0; i < nodes.size(); i++) {
      for (int j = i + 1; j < nodes.size(); j++) {
        entries.put(pair(nodes.get(i), nodes.get(j)), judge.apply(nodes.get(i), nodes.get(j)));
      }
    }
    return PerNode.of(entries);
  }

  private static String pair(String first, String second) {
    return first + "," + second;
  }

  private Map<Clock, PerNode<CommitWait>> commitWait() {
    Map<Clock, List<Row>> rows = byClock(database.ask("commit_wait"));
    Map<Clock, Map<String, Map<Long, Distribution>>> after = new EnumMap<>(Clock.class);
    for (Row row : database.ask("commit_wait_after")) {
      after
          .computeIfAbsent(Clock.ofKey(row.text("clock")), _ -> new HashMap<>())
          .computeIfAbsent(row.text("node"), _ -> new LinkedHashMap<>())
          .put(row.number("delay_ns"), distribution(row));
    }
    Map<Clock, PerNode<CommitWait>> all = new EnumMap<>(Clock.class);
    for (Clock clock : List.of(Clock.CHRONOTICK, Clock.BOUNDED)) {
      Map<String, Row> byNode =
          rows.getOrDefault(clock, List.of()).stream()
              .collect(Collectors.toMap(row -> row.text("node"), row -> row));
      all.put(
          clock,
          availability
              .whyNotAtAnyWorker(clock)
              .map(PerNode::<CommitWait>notComparable)
              .orElseGet(
                  () ->
                      perNode(
                          byNode,
                          row ->
                              new CommitWait(
                                  distribution(row),
                                  after
                                      .getOrDefault(clock, Map.of())
                                      .getOrDefault(row.text("node"), Map.of())),
                          node -> availability.whyNotAtWorker(node, clock, true))));
    }
    return all;
  }

  private Map<Clock, Map<String, Coverage>> coverage() {
    Map<Clock, Map<String, Coverage>> all = new EnumMap<>(Clock.class);
    for (Row row : database.ask("coverage")) {
      all.computeIfAbsent(Clock.ofKey(row.text("clock")), _ -> new LinkedHashMap<>())
          .put(
              Summary.nodeName(row.optionalText("node")),
              new Coverage(row.number("n"), row.number("inside")));
    }
    return all;
  }

  private Summary.MixedSources mixedSources() {
    return new Summary.MixedSources(
        mixed(database.ask("mixed_point"), Statistics::pointCausality),
        mixed(database.ask("mixed_interval"), Statistics::intervalCausality));
  }

  private static Map<Clock, Map<String, Causality>> mixed(
      List<Row> rows, Function<Row, Causality> result) {
    Map<Clock, Map<String, Causality>> all = new EnumMap<>(Clock.class);
    for (Row row : rows) {
      all.computeIfAbsent(Clock.ofKey(row.text("clock")), _ -> new LinkedHashMap<>())
          .put(row.text("node"), result.apply(row));
    }
    return all;
  }

  private List<InputAccount> input() {
    Map<Long, Row> fates =
        database.ask("fates").stream()
            .collect(Collectors.toMap(row -> row.number("file"), row -> row));
    List<InputAccount> accounts = new ArrayList<>();
    for (InputFile file : files) {
      Row row = fates.get((long) file.index());
      accounts.add(
          row == null
              ? new InputAccount(file, 0, 0, 0)
              : new InputAccount(
                  file, row.number("used"), row.number("duplicates"), row.number("foreign_rows")));
    }
    return accounts;
  }

  private static Map<Clock, List<Row>> byClock(List<Row> rows) {
    return rows.stream().collect(Collectors.groupingBy(row -> Clock.ofKey(row.text("clock"))));
  }

  private static Map<Long, Map<Clock, List<Row>>> bySize(List<Row> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                row -> row.number("size_ns"),
                Collectors.groupingBy(row -> Clock.ofKey(row.text("clock")))));
  }

  private static Distribution distribution(Row row) {
    return new Distribution(
        row.number("n"),
        row.optionalNumber("p50_ns"),
        row.optionalNumber("p90_ns"),
        row.optionalNumber("p99_ns"),
        row.optionalNumber("p999_ns"),
        row.optionalNumber("max_ns"));
  }

  private static Causality pointCausality(Row row) {
    return new Causality.Point(row.number("pairs"), row.number("violations"));
  }

  private static Causality intervalCausality(Row row) {
    return new Causality.Interval(
        row.number("pairs"),
        row.number("proven"),
        row.number("ambiguous"),
        row.number("violations"));
  }

  private static Windows pointWindows(Row row) {
    return new Windows.Point(row.number("pairs"), row.number("agree"));
  }

  private static Windows intervalWindows(Row row) {
    return new Windows.Interval(
        row.number("pairs"), row.number("confident"), row.number("agree"), row.number("ambiguous"));
  }
}
