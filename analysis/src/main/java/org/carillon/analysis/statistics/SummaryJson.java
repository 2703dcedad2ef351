package org.carillon.analysis.statistics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.carillon.analysis.statistics.quality.QualityJson;
import org.carillon.core.time.DurationText;

/** Writes a summary as {@code summary.json}, whose keys are an interface: docs/formats.md. */
public final class SummaryJson {

  /** Raised when a key changes its meaning or goes; new keys do not raise it. */
  public static final int SCHEMA = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private SummaryJson() {}

  /**
   * The document's text, ending in a line feed. The same input gives the same bytes.
   *
   * @param control what goes under the key {@code control}, if the run had a control stream
   */
  public static String write(
      Summary summary,
      Optional<ObjectNode> control,
      List<String> findings,
      List<String> warnings,
      String version) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", SCHEMA);
    ObjectNode events = root.putObject("events");
    events.put("sent", summary.sent());
    ObjectNode workers = events.putObject("workers");
    summary.workers().forEach((node, a) -> accounting(workers.putObject(node), a));
    clocks(root.putObject("latency"), summary.latency(), SummaryJson::distribution);
    clocks(root.putObject("causality"), summary.causality(), SummaryJson::causality);
    clocks(root.putObject("ordering"), summary.ordering(), SummaryJson::ordering);
    ObjectNode windows = root.putObject("windows");
    summary
        .windows()
        .forEach(
            (sizeNs, byClock) ->
                clocks(
                    windows.putObject(DurationText.format(sizeNs)), byClock, SummaryJson::windows));
    clocks(root.putObject("commit_wait"), summary.commitWait(), SummaryJson::commitWait);
    if (!summary.coverage().isEmpty()) {
      ObjectNode coverage = root.putObject("coverage");
      summary
          .coverage()
          .forEach(
              (clock, byNode) -> {
                ObjectNode nodes = coverage.putObject(clock.key());
                byNode.forEach(
                    (node, c) -> nodes.putObject(node).put("n", c.n()).put("inside", c.inside()));
              });
    }
    summary.mixedSources().ifPresent(mixed -> mixed(root.putObject("mixed_sources"), mixed));
    ClockJson.write(root, summary);
    QualityJson.write(root, summary.quality());
    control.ifPresent(
        tree -> {
          root.set("control", tree);
          if (tree.path("start").isObject()) {
            root.withObject("/start").set("workers_began", tree.path("start"));
          }
        });
    findings.forEach(root.putArray("findings")::add);
    warnings.forEach(root.putArray("warnings")::add);
    ObjectNode input = root.putObject("input");
    summary.input().forEach(account -> input(input.putObject(account.file().name()), account));
    root.put("version", version);
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers and texts cannot be written", e);
    }
  }

  private static <T> void clocks(
      ObjectNode parent, Map<Clock, PerNode<T>> byClock, BiConsumer<ObjectNode, T> writer) {
    byClock.forEach((clock, perNode) -> nodes(parent.putObject(clock.key()), perNode, writer));
  }

  static <T> void nodes(ObjectNode parent, PerNode<T> perNode, BiConsumer<ObjectNode, T> writer) {
    perNode.why().ifPresent(why -> notComparable(parent, why));
    perNode
        .entries()
        .forEach(
            (name, judgement) -> {
              ObjectNode entry = parent.putObject(name);
              switch (judgement) {
                case Judgement.Known<T>(T value) -> writer.accept(entry, value);
                case Judgement.NotComparable<T>(String why) -> notComparable(entry, why);
              }
            });
  }

  static void notComparable(ObjectNode node, String why) {
    node.put("comparable", false);
    node.put("why", why);
  }

  private static void accounting(ObjectNode node, Accounting accounting) {
    node.put("received", accounting.received());
    node.put("lost", accounting.lost());
    node.put("duplicates", accounting.duplicates());
    node.put("out_of_order", accounting.outOfOrder());
    node.put("foreign", accounting.foreign());
  }

  private static void distribution(ObjectNode node, Distribution distribution) {
    node.put("n", distribution.n());
    number(node, "p50_ns", distribution.p50Ns());
    number(node, "p90_ns", distribution.p90Ns());
    number(node, "p99_ns", distribution.p99Ns());
    number(node, "p999_ns", distribution.p999Ns());
    number(node, "max_ns", distribution.maxNs());
  }

  static void number(ObjectNode node, String key, OptionalLong value) {
    if (value.isPresent()) {
      node.put(key, value.getAsLong());
    } else {
      node.putNull(key);
    }
  }

  private static void causality(ObjectNode node, Causality causality) {
    node.put("pairs", causality.pairs());
    switch (causality) {
      case Causality.Point _ -> {}
      case Causality.Interval interval -> {
        node.put("proven", interval.proven());
        node.put("ambiguous", interval.ambiguous());
      }
    }
    node.put("violations", causality.violations());
  }

  private static void ordering(ObjectNode node, Ordering ordering) {
    node.put("pairs", ordering.pairs());
    node.put("first_before", ordering.firstBefore());
    node.put("second_before", ordering.secondBefore());
    node.put("ambiguous", ordering.ambiguous());
  }

  private static void windows(ObjectNode node, Windows windows) {
    node.put("pairs", windows.pairs());
    switch (windows) {
      case Windows.Point point -> node.put("agree", point.agree());
      case Windows.Interval interval -> {
        node.put("confident", interval.confident());
        node.put("agree", interval.agree());
        node.put("ambiguous", interval.ambiguous());
      }
    }
  }

  private static void commitWait(ObjectNode node, CommitWait wait) {
    distribution(node, wait.atEvent());
    if (!wait.after().isEmpty()) {
      ObjectNode after = node.putObject("after");
      wait.after()
          .forEach(
              (delayNs, distribution) ->
                  distribution(after.putObject(DurationText.format(delayNs)), distribution));
    }
  }

  private static void mixed(ObjectNode node, Summary.MixedSources mixed) {
    node.put("comparable", false);
    node.put(
        "why",
        "each worker's clock against the coordinator's system clock is no valid comparison;"
            + " published numbers used it");
    mixed
        .points()
        .forEach(
            (clock, byNode) -> {
              ObjectNode nodes = node.putObject(clock.key());
              byNode.forEach((name, causality) -> causality(nodes.putObject(name), causality));
              mixed
                  .intervals()
                  .getOrDefault(clock, Map.of())
                  .forEach(
                      (name, causality) ->
                          causality(nodes.withObject("/" + pointer(name) + "/bounds"), causality));
            });
  }

  private static String pointer(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private static void input(ObjectNode node, InputAccount account) {
    node.put("sha256", account.file().sha256());
    node.put("bytes", account.file().sizeBytes());
    node.put("lines", account.file().lines());
    node.put("used", account.used());
    node.put("duplicates", account.duplicates());
    node.put("foreign", account.foreign());
    node.put("torn", account.file().torn());
    node.put("refused", account.file().refused());
    node.put("blank", account.file().blank());
    node.put("cells_refused", account.file().cellsRefused());
    account.file().missingColumns().forEach(node.putArray("missing_columns")::add);
    account.file().unusedColumns().forEach(node.putArray("unused_columns")::add);
    account.file().problems().forEach(p -> node.withArray("/problems").add(p.sentence()));
  }
}
