package org.carillon.analysis.statistics;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
  private final Comparisons comparisons;
  private final PerNode<NodeHindsight> hindsight;

  private Statistics(Database database, List<InputFile> files, PerNode<NodeHindsight> hindsight) {
    this.database = database;
    this.hindsight = hindsight;
    this.files = files;
    this.events = database.ask("events");
    List<String> nodes = events.stream().map(row -> row.text("node")).toList();
    this.comparisons =
        new Comparisons(
            Availability.of(database.ask("availability"), nodes),
            nodes,
            !hindsight.known().isEmpty());
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
    return of(database, files, windowsNs, CommitWaitStatistics.EPSILONS_NS, mixed, hindsight);
  }

  /**
   * The same for uncertainties that somebody tolerates.
   *
   * @param epsilonsNs of which is counted how many intervals are wider
   */
  public static Summary of(
      Database database,
      List<InputFile> files,
      List<Long> windowsNs,
      List<Long> epsilonsNs,
      boolean mixed,
      PerNode<NodeHindsight> hindsight) {
    Distributions distributions = new Distributions(database, epsilonsNs);
    Summary summary =
        new Statistics(database, files, hindsight).summary(windowsNs, mixed, distributions);
    return summary.with(QualityStatistics.of(database, summary, distributions));
  }

  private Summary summary(List<Long> windowsNs, boolean mixed, Distributions distributions) {
    long sent = database.ask("sent_count").getFirst().number("sent");
    ClockStatistics clocks = new ClockStatistics(database);
    LatencyStatistics latency = new LatencyStatistics(distributions);
    CommitWaitStatistics commitWait = new CommitWaitStatistics(database, distributions);
    Map<Clock, PerNode<Causality>> causality = CausalityStatistics.of(database, comparisons);
    Map<Clock, PerNode<Ordering>> ordering = OrderingStatistics.of(database, comparisons);
    long everyNth = OrderingStatistics.everyNth(sent, comparisons);
    Map<Clock, PerNode<CrossOrdering>> crossOrdering =
        OrderingStatistics.across(database, everyNth, comparisons);
    Map<Long, Map<Clock, PerNode<Windows>>> windows =
        WindowStatistics.of(database, windowsNs, comparisons);
    Map<Clock, Map<String, SmallestWindow>> smallest = smallestWindows(windows);
    Map<Clock, SmallestWindow> smallestOfAll = new EnumMap<>(Clock.class);
    smallest.forEach(
        (clock, byPair) -> {
          if (byPair.containsKey(Totals.ALL)) {
            smallestOfAll.put(clock, byPair.get(Totals.ALL));
          }
        });
    return new Summary(
        sent,
        accounting(),
        latency.estimates(comparisons),
        latency.bounds(comparisons),
        causality,
        ordering,
        new Summary.Across(everyNth, crossOrdering),
        windows,
        perPair(smallest),
        commitWait.of(comparisons),
        new Totals(
            latency.estimatesOfAll(),
            latency.boundsOfAll(comparisons),
            Totals.sums(causality, Causality::plus),
            Totals.sums(ordering, Ordering::plus),
            Totals.sums(crossOrdering, CrossOrdering::plus),
            Totals.windowSums(windows),
            smallestOfAll,
            commitWait.ofAll()),
        coverage(),
        mixed ? Optional.of(CausalityStatistics.mixed(database)) : Optional.empty(),
        clocks.hindsight(hindsight),
        clocks.models(),
        clocks.incidents(),
        Quality.NONE,
        input());
  }

  /** By clock and pair of workers, and of all pairs together. */
  private Map<Clock, Map<String, SmallestWindow>> smallestWindows(
      Map<Long, Map<Clock, PerNode<Windows>>> windows) {
    Map<Clock, Map<String, SmallestWindow>> all = new EnumMap<>(Clock.class);
    if (windows.isEmpty()) {
      return all;
    }
    for (Clock clock : comparisons.clocks(true)) {
      // How wide the intervals are does not depend on the window's size.
      List<Windows.Interval> ofAnySize =
          windows.values().iterator().next().get(clock).known().values().stream()
              .map(Windows.Interval.class::cast)
              .toList();
      all.put(clock, WindowSearch.of(database, clock, ofAnySize));
    }
    return all;
  }

  private Map<Clock, PerNode<SmallestWindow>> perPair(
      Map<Clock, Map<String, SmallestWindow>> smallest) {
    Map<Clock, PerNode<SmallestWindow>> all = new EnumMap<>(Clock.class);
    smallest.forEach(
        (clock, byPair) -> all.put(clock, comparisons.betweenWorkers(clock, true, byPair)));
    return all;
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

  private List<InputAccount> input() {
    Map<Long, Row> fates =
        database.ask("fates").stream()
            .collect(Collectors.toMap(row -> row.number("file"), row -> row));
    List<InputAccount> accounts = new ArrayList<>();
    for (InputFile file : files) {
      Row row = fates.get((long) file.index());
      accounts.add(
          row == null
              ? new InputAccount(file, 0, 0, 0, 0)
              : new InputAccount(
                  file,
                  row.number("used"),
                  row.number("duplicates"),
                  row.number("foreign_rows"),
                  row.number("misnamed")));
    }
    return accounts;
  }
}
