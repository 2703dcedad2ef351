package org.carillon.analysis.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.OptionalDouble;
import org.carillon.analysis.compare.ChangePoints.ChangePoint;
import org.carillon.analysis.compare.MetricResult.LastRun;

/** Writes a comparison as {@code comparison.json}, whose keys are an interface: docs/formats.md. */
final class ComparisonJson {

  /** Raised when a key changes its meaning or goes; new keys do not raise it. */
  static final int SCHEMA = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ComparisonJson() {}

  /** The document's text, ending in a line feed. The same input gives the same bytes. */
  static String write(Compared compared) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", SCHEMA);
    root.put("seed", compared.seed());
    root.put("tolerance", number(compared.tolerance()));
    root.put("change_point_level", number(ChangePoints.LEVEL));
    ArrayNode runs = root.putArray("runs");
    compared.runs().forEach(run -> write(runs.addObject(), run));
    compared.notRead().forEach(root.putArray("not_read")::add);
    ObjectNode metrics = root.putObject("metrics");
    compared
        .results()
        .forEach(
            result -> write(metrics.putObject(result.series().metric().path()), result, compared));
    root.set("conditions", compared.judged().tree());
    compared.warnings().forEach(root.putArray("warnings")::add);
    root.put("version", compared.version());
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers and texts cannot be written", e);
    }
  }

  private static void write(ObjectNode node, ComparedRun run) {
    node.put("name", run.name());
    run.startNs()
        .ifPresentOrElse(ns -> node.put("start_time_ns", ns), () -> node.putNull("start_time_ns"));
    node.put("experiment", run.experiment().orElse(null));
    node.put("workers", run.workers());
    run.clocks().forEach(node.putArray("clocks")::add);
    node.put("version", run.version());
  }

  private static void write(ObjectNode node, MetricResult result, Compared compared) {
    node.put("n", result.series().n());
    node.put("median", number(result.median()));
    node.put("median_low", result.interval().map(it -> number(it.low())).orElse(null));
    node.put("median_high", result.interval().map(it -> number(it.high())).orElse(null));
    node.put("between_iqr", result.between().map(it -> number(it.iqr())).orElse(null));
    node.put("between_mad", result.between().map(it -> number(it.mad())).orElse(null));
    node.put("within_width", number(result.within()));
    node.put("verdict", result.overall().answer().words());
    node.put("why", result.overall().why());
    ArrayNode changes = node.putArray("changes");
    for (ChangePoint change : result.changes()) {
      Series.Point first = result.series().points().get(change.index());
      ObjectNode one = changes.addObject();
      one.put("index", first.run());
      one.put("run", compared.runOf(first));
      one.put("before", number(change.before()));
      one.put("after", number(change.after()));
      one.put("p_value", number(change.pValue()));
    }
    if (result.last().isPresent()) {
      write(node.putObject("last"), result.last().get());
    } else {
      node.putNull("last");
    }
    ArrayNode values = node.putArray("values");
    int next = 0;
    for (int run = 0; run < compared.runs().size(); run++) {
      boolean has = next < result.series().n() && result.series().points().get(next).run() == run;
      values.add(has ? plain(result.series().points().get(next++).value()) : null);
    }
  }

  private static void write(ObjectNode node, LastRun last) {
    node.put("value", number(last.value()));
    node.put("earlier_n", last.earlierN());
    node.put("earlier_median", number(last.earlierMedian()));
    node.put("expected_low", last.expected().map(it -> number(it.low())).orElse(null));
    node.put("expected_high", last.expected().map(it -> number(it.high())).orElse(null));
    node.put("verdict", last.verdict().answer().words());
    node.put("why", last.verdict().why());
  }

  private static BigDecimal number(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : null;
  }

  private static BigDecimal number(double value) {
    return plain(BigDecimal.valueOf(value));
  }

  /** Without needless zeros, and never as 1E+3. */
  static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
