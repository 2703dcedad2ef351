package org.carillon.analysis.statistics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.carillon.analysis.statistics.quality.QualityJson;
import org.carillon.core.time.DurationText;

/** Writes a summary as {@code summary.json}, whose keys are an interface: docs/formats.md. */
public final class SummaryJson {

  /** Raised when a key changes its meaning or goes; new keys do not raise it. */
  public static final int SCHEMA = 1;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private SummaryJson() {}

  /**
   * The document's text, ending in a line feed. The same input gives the same bytes.
   *
   * @param verdicts of the clocks
   * @param answer the sentences that the report begins with
   * @param control what goes under the key {@code control}, if the run had a control stream
   */
  public static String write(
      Summary summary,
      List<Verdict> verdicts,
      Optional<ObjectNode> control,
      List<String> answer,
      List<String> findings,
      List<String> warnings,
      String version) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", SCHEMA);
    ObjectNode events = root.putObject("events");
    events.put("sent", summary.sent());
    ObjectNode workers = events.putObject("workers");
    summary.workers().forEach((node, a) -> EntryJson.accounting(workers.putObject(node), a));
    clocks(root.putObject("latency"), summary.latency(), EntryJson::distribution);
    clocks(root.putObject("latency_bounds"), summary.latencyBounds(), EntryJson::latencyBounds);
    clocks(root.putObject("causality"), summary.causality(), EntryJson::causality);
    clocks(root.putObject("ordering"), summary.ordering(), EntryJson::ordering);
    across(root.putObject("cross_ordering"), summary.across());
    ObjectNode windows = root.putObject("windows");
    summary
        .windows()
        .forEach(
            (sizeNs, byClock) ->
                clocks(
                    windows.putObject(DurationText.format(sizeNs)),
                    byClock,
                    (entry, w) -> EntryJson.windows(entry, sizeNs, w)));
    clocks(root.putObject("smallest_window"), summary.smallestWindow(), EntryJson::smallestWindow);
    clocks(root.putObject("commit_wait"), summary.commitWait(), EntryJson::commitWait);
    TotalsJson.write(root.putObject("totals"), summary.totals());
    ArrayNode answers = root.putArray("verdicts");
    verdicts.forEach(verdict -> EntryJson.verdict(answers.addObject(), verdict));
    if (!summary.coverage().isEmpty()) {
      ObjectNode coverage = root.putObject("coverage");
      summary
          .coverage()
          .forEach(
              (clock, byNode) -> {
                ObjectNode nodes = coverage.putObject(clock.key());
                byNode.forEach(
                    (node, c) -> {
                      ObjectNode one = nodes.putObject(node);
                      one.put("n", c.n()).put("inside", c.inside());
                      EntryJson.rate(one, "inside_rate", new Rate(c.inside(), c.n()));
                    });
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
    answer.forEach(root.putArray("answer")::add);
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

  private static void across(ObjectNode node, Summary.Across across) {
    node.putObject("of")
        .put("neighbours", CrossOrdering.NEIGHBOURS)
        .put("within_ns", CrossOrdering.WITHIN_NS)
        .put("every_nth", across.everyNth());
    clocks(node, across.byClock(), EntryJson::crossOrdering);
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
              byNode.forEach(
                  (name, causality) -> EntryJson.causality(nodes.putObject(name), causality));
              mixed
                  .intervals()
                  .getOrDefault(clock, Map.of())
                  .forEach(
                      (name, causality) ->
                          EntryJson.causality(
                              nodes.withObject("/" + pointer(name) + "/bounds"), causality));
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
