package org.carillon.deploy.validate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.carillon.core.CheckVerdict;
import org.carillon.core.ExitCode;

/** A report for programs: one JSON document, described in docs/formats.md. */
public final class ReportJson {

  static final String FORMAT = "carillon-validate";
  static final int VERSION = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ReportJson() {}

  /** The document, with a line feed at its end. */
  public static String text(ValidationReport report) {
    try {
      return JSON.writeValueAsString(tree(report)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always a document", e);
    }
  }

  static ObjectNode tree(ValidationReport report) {
    ObjectNode root = JSON.createObjectNode().put("format", FORMAT).put("version", VERSION);
    root.put("subject", report.subject()).put("at", report.at().toString());
    root.put("verdict", report.verdict().text()).put("exit_code", report.exitCode().code());
    ArrayNode hosts = root.putArray("hosts");
    report
        .hosts()
        .forEach(
            (name, results) -> {
              ObjectNode host = hosts.addObject().put("host", name);
              ExitCode lost = report.lost().get(name);
              host.put("good", report.isGood(name)).put("release", report.releases().get(name));
              host.put("lost", lost == null ? null : lost.name().toLowerCase(Locale.ROOT));
              ArrayNode checks = host.putArray("checks");
              results.forEach(result -> checks.add(tree(result)));
            });
    ArrayNode whole = root.putArray("whole");
    report.whole().forEach(result -> whole.add(tree(result)));
    ArrayNode ways = root.putArray("ways");
    report
        .ways()
        .forEach(
            way ->
                ways.addObject()
                    .put("from", way.from())
                    .put("to", way.to())
                    .put("sent", way.sent())
                    .put("arrived", way.arrived())
                    .put("answered", way.answered())
                    .put("delay_min_us", boxed(way.delayMinUs()))
                    .put("delay_median_us", boxed(way.delayMedianUs())));
    return root;
  }

  private static ObjectNode tree(CheckResult result) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("check", result.check().text())
            .put("part", result.part())
            .put("verdict", result.verdict().text())
            .put("sentence", result.sentence())
            .put("fix", result.fix());
    ArrayNode measurements = node.putArray("measurements");
    result
        .measurements()
        .forEach(
            one ->
                measurements
                    .addObject()
                    .put("name", one.name())
                    .put("value", boxed(one.value()))
                    .put("limit", boxed(one.limit())));
    return node;
  }

  private static Double boxed(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : null;
  }

  /**
   * Reads a document back.
   *
   * @throws IllegalArgumentException with a sentence if it is none
   */
  static ValidationReport parse(JsonNode root) {
    if (!root.path("format").asText().equals(FORMAT) || root.path("version").asInt() != VERSION) {
      throw new IllegalArgumentException("the report in it has another format, or another version");
    }
    try {
      SequencedMap<String, List<CheckResult>> hosts = new LinkedHashMap<>();
      Map<String, String> releases = new TreeMap<>();
      Map<String, ExitCode> lost = new TreeMap<>();
      for (JsonNode host : root.path("hosts")) {
        hosts.put(host.path("host").asText(), results(host.path("checks")));
        if (host.path("release").isTextual()) {
          releases.put(host.path("host").asText(), host.path("release").asText());
        }
        if (host.path("lost").isTextual()) {
          lost.put(
              host.path("host").asText(),
              ExitCode.valueOf(host.path("lost").asText().toUpperCase(Locale.ROOT)));
        }
      }
      List<Way> ways = new ArrayList<>();
      for (JsonNode way : root.path("ways")) {
        ways.add(
            new Way(
                way.path("from").asText(),
                way.path("to").asText(),
                way.path("sent").asLong(),
                way.path("arrived").asLong(),
                way.path("answered").asLong(),
                number(way.path("delay_min_us")),
                number(way.path("delay_median_us"))));
      }
      return new ValidationReport(
          root.path("subject").asText(),
          Instant.parse(root.path("at").asText()),
          hosts,
          results(root.path("whole")),
          releases,
          lost,
          ways);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IllegalArgumentException("the report in it is damaged", e);
    }
  }

  private static List<CheckResult> results(JsonNode nodes) {
    List<CheckResult> results = new ArrayList<>();
    for (JsonNode node : nodes) {
      List<Measurement> measurements = new ArrayList<>();
      for (JsonNode one : node.path("measurements")) {
        measurements.add(
            new Measurement(
                one.path("name").asText(), number(one.path("value")), number(one.path("limit"))));
      }
      results.add(
          new CheckResult(
              CheckName.valueOf(node.path("check").asText().toUpperCase(Locale.ROOT)),
              node.path("part").asText(),
              CheckVerdict.valueOf(node.path("verdict").asText().toUpperCase(Locale.ROOT)),
              node.path("sentence").asText(),
              node.path("fix").asText(),
              measurements));
    }
    return results;
  }

  private static OptionalDouble number(JsonNode node) {
    return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
  }
}
