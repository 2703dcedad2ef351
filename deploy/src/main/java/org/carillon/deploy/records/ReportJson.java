package org.carillon.deploy.records;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** A report for programs: {@code report.json}, see docs/formats.md. */
public final class ReportJson {

  /** Its name within the folder of an action. */
  static final String FILE = "report.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ReportJson() {}

  /**
   * The hosts on which an action did what was asked for; none if its report cannot be read.
   *
   * @param folder of the action
   */
  static Set<String> succeeded(Path folder) {
    Set<String> hosts = new HashSet<>();
    try {
      for (JsonNode host : JSON.readTree(folder.resolve(FILE).toFile()).path("hosts")) {
        if (host.path("succeeded").asBoolean()) {
          hosts.add(host.path("host").asText());
        }
      }
    } catch (IOException e) {
      return Set.of(); // it is not over, or the report was removed
    }
    return hosts;
  }

  /** The whole report. */
  public static String text(ActionReport report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", 1).put("id", report.id());
    root.put("kind", report.request().kind().word());
    root.put("deployable", report.request().deployable());
    ArrayNode request = root.putArray("request");
    Redactor.words(report.request().arguments()).forEach(request::add);
    root.put("by", report.by().user()).put("from", report.by().machine().name());
    root.put("pid", report.by().pid());
    root.put("start_time_ns", report.startNs()).put("start", Times.iso(report.startNs()));
    root.put("end_time_ns", report.endNs()).put("end", Times.iso(report.endNs()));
    root.put("exit_code", report.exitCode().code()).put("outcome", report.outcome());
    ArrayNode notes = root.putArray("notes");
    report.notes().forEach(notes::add);
    ArrayNode hosts = root.putArray("hosts");
    for (HostRecord host : report.hosts()) {
      ObjectNode node = hosts.addObject();
      node.put("host", host.host()).put("before", host.before()).put("now", host.now());
      node.put("outcome", host.outcome()).put("succeeded", host.succeeded());
      node.put("sentence", host.sentence());
    }
    ArrayNode steps = root.putArray("steps");
    for (StepSpan span : StepSpan.of(report.steps())) {
      ObjectNode node = steps.addObject();
      node.put("host", span.host()).put("step", span.step());
      node.put("start_time_ns", span.beginNs());
      span.endNs()
          .ifPresentOrElse(end -> node.put("end_time_ns", end), () -> node.putNull("end_time_ns"));
      node.put("outcome", span.outcome()).put("detail", span.detail());
    }
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree can always be written", e);
    }
  }
}
