package org.carillon.analysis.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A statement whose answers about shares of a run add up to its answer about the whole run: groups
 * of the same key become one, and each of its values is a count, a sum, a least or a greatest one.
 * All are whole numbers, so that it does not matter in which order they are added.
 *
 * @param statement its name
 * @param columns of its answer, in their order
 * @param order of its rows; empty if they have none
 * @param later which of its groups shares cannot know, a condition on the key; empty if they know
 *     all: hindsight is worked out from the whole run, and so is what stands in its smaller files
 */
record Additive(String statement, List<Column> columns, String order, String later) {

  /** Hindsight is a clock among the others. */
  private static final String HINDSIGHT = "clock = 'hindsight'";

  private static final String BY_PAIR = "clock, first_node, second_node";

  /** How the values of a column become one. */
  enum Kind {
    KEY("%s"),
    SUM("sum(%s)::BIGINT"),
    /** A sum that may be more than 64 bits hold. */
    WIDE_SUM("sum(%s)::HUGEINT"),
    LEAST("min(%s)"),
    GREATEST("max(%s)");

    private final String form;

    Kind(String form) {
      this.form = form;
    }
  }

  /** A column of an answer. */
  record Column(String name, Kind kind) {

    private String added() {
      return kind.form.formatted(name) + " AS " + name;
    }
  }

  /** All that there are; every other statement is asked of the rows of all shares. */
  static final List<Additive> ALL =
      List.of(
          new Additive(
              "availability",
              columns(keys("node", "clock"), sums("estimates", "intervals")),
              "node, clock",
              HINDSIGHT),
          new Additive(
              "bounded_status",
              columns(keys("node", "status"), sums("n")),
              "node NULLS FIRST, status",
              ""),
          new Additive(
              "broken_bounds",
              columns(keys("node", "clock"), sums("n")),
              "node NULLS FIRST, clock",
              ""),
          new Additive(
              "bucket_counts",
              columns(
                  keys("measure", "clock", "node", "delay_ns", "bucket"),
                  sums("n"),
                  all(Kind.WIDE_SUM, "sum_ns")),
              "",
              HINDSIGHT + " OR measure IN ('width_after', 'lateness')"),
          new Additive(
              "causality_interval",
              columns(keys("clock", "node"), sums("pairs", "proven", "ambiguous", "violations")),
              "clock, node",
              HINDSIGHT),
          new Additive(
              "causality_point",
              columns(keys("clock", "node"), sums("pairs", "violations")),
              "clock, node",
              HINDSIGHT),
          new Additive(
              "clock_extremes",
              columns(
                  keys("node", "clock"),
                  sums("n"),
                  all(Kind.LEAST, "least_ns"),
                  all(Kind.GREATEST, "most_ns"),
                  all(Kind.LEAST, "earliest_ns"),
                  all(Kind.GREATEST, "latest_ns")),
              "node NULLS FIRST, clock",
              HINDSIGHT),
          new Additive(
              "coverage",
              columns(keys("clock", "node"), sums("n", "inside")),
              "clock, node NULLS FIRST",
              HINDSIGHT),
          new Additive(
              "latency_cells",
              columns(keys("clock", "run_column", "bin"), sums("n")),
              "",
              HINDSIGHT),
          new Additive(
              "mixed_interval",
              columns(keys("clock", "node"), sums("pairs", "proven", "ambiguous", "violations")),
              "clock, node",
              HINDSIGHT),
          new Additive(
              "mixed_point",
              columns(keys("clock", "node"), sums("pairs", "violations")),
              "clock, node",
              HINDSIGHT),
          new Additive(
              "node_spans",
              columns(keys("node"), all(Kind.LEAST, "from_ns"), all(Kind.GREATEST, "to_ns")),
              "node NULLS FIRST",
              ""),
          new Additive(
              "ordering",
              columns(
                  keys("clock", "first_node", "second_node"),
                  sums("pairs", "first_before", "second_before", "ambiguous")),
              BY_PAIR,
              HINDSIGHT),
          new Additive("sent_count", columns(sums("sent")), "", ""),
          new Additive("stamping", columns(keys("node", "source"), sums("n")), "node, source", ""),
          new Additive(
              "windows_interval",
              columns(
                  keys("size_ns", "clock", "first_node", "second_node"),
                  sums("pairs", "confident", "agree", "ambiguous"),
                  all(Kind.WIDE_SUM, "reach_ns", "capped_reach_ns")),
              "size_ns, " + BY_PAIR,
              HINDSIGHT),
          new Additive(
              "windows_point",
              columns(
                  keys("size_ns", "clock", "first_node", "second_node"), sums("pairs", "agree")),
              "size_ns, " + BY_PAIR,
              HINDSIGHT));

  private static Stream<Column> all(Kind kind, String... names) {
    return Stream.of(names).map(name -> new Column(name, kind));
  }

  private static Stream<Column> keys(String... names) {
    return all(Kind.KEY, names);
  }

  private static Stream<Column> sums(String... names) {
    return all(Kind.SUM, names);
  }

  @SafeVarargs
  private static List<Column> columns(Stream<Column>... parts) {
    List<Column> columns = new ArrayList<>();
    for (Stream<Column> part : parts) {
      part.forEach(columns::add);
    }
    return columns;
  }

  /** The one with this name. */
  static Optional<Additive> named(String statement) {
    return ALL.stream().filter(one -> one.statement.equals(statement)).findFirst();
  }

  private Stream<Column> of(Kind kind) {
    return columns.stream().filter(column -> column.kind == kind);
  }

  /**
   * The answer about a share, without what is known later.
   *
   * @param sql the statement
   */
  String ofShare(String sql) {
    // A Parquet file has no integer of 128 bits, and DuckDB would round one to a DOUBLE.
    String exact =
        of(Kind.WIDE_SUM)
            .map(column -> column.name + "::DECIMAL(38, 0) AS " + column.name)
            .collect(Collectors.joining(", "));
    return "SELECT *"
        + (exact.isEmpty() ? "" : " REPLACE (" + exact + ")")
        + " FROM (\n"
        + sql.replace(";", "")
        + "\n)"
        + (later.isEmpty() ? "" : " WHERE NOT (" + later + ")");
  }

  /**
   * The answer about the whole run.
   *
   * @param sql the statement, asked of the whole run for what is known later
   * @param ofShares what stands behind FROM for the answers about all shares
   */
  String ofAll(String sql, String ofShares) {
    String keys = of(Kind.KEY).map(Column::name).collect(Collectors.joining(", "));
    return "SELECT "
        + columns.stream().map(Column::added).collect(Collectors.joining(", "))
        + " FROM (\nFROM "
        + ofShares
        + (later.isEmpty()
            ? ""
            : "\nUNION ALL BY NAME\nSELECT * FROM (\n"
                + sql.replace(";", "")
                + "\n) WHERE "
                + later)
        + "\n)"
        + (keys.isEmpty() ? "" : " GROUP BY " + keys)
        + (order.isEmpty() ? "" : " ORDER BY " + order);
  }
}
