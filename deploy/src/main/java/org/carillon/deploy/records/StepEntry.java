package org.carillon.deploy.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * A line of the step log.
 *
 * @param timeNs ns since the Unix epoch
 * @param host on which it is done; empty for what is done on the head node
 * @param step its name, such as {@code backup} or {@code swap}
 * @param detail what a reader must know: a release, a backup, a sentence that says why it failed
 */
public record StepEntry(long timeNs, String host, String step, StepEvent event, String detail) {

  private static final ObjectMapper JSON = new ObjectMapper();

  String toLine() {
    ObjectNode node = JSON.createObjectNode();
    node.put("time_ns", timeNs).put("time", Times.iso(timeNs)).put("host", host);
    node.put("step", step).put("event", event.word()).put("detail", detail);
    return node.toString();
  }

  static Optional<StepEntry> parse(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      return Optional.of(
          new StepEntry(
              node.required("time_ns").asLong(),
              node.required("host").asText(),
              node.required("step").asText(),
              StepEvent.valueOf(node.required("event").asText().toUpperCase(Locale.ROOT)),
              node.path("detail").asText()));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // a line that a crash has torn
    }
  }
}
