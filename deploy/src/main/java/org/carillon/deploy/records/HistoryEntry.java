package org.carillon.deploy.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One action as the history knows it.
 *
 * @param id the name of its folder under the reports
 * @param kind as {@link ActionKind#word()}; a later version may know more
 * @param by who asked, and on which machine
 * @param process that does it; empty if its end is known, or an earlier version wrote it
 * @param startNs ns since the Unix epoch
 * @param endNs empty if no end was written: it is under way, or was cut off
 * @param exitCode likewise
 * @param outcome one sentence
 * @param versions what is current now, such as {@code echo-3fa1b2c4d5e6} or several of them with
 *     their counts
 */
public record HistoryEntry(
    String id,
    String kind,
    String deployable,
    String by,
    Optional<LockHolder> process,
    long startNs,
    OptionalLong endNs,
    OptionalInt exitCode,
    String outcome,
    String versions) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The entry as a tree, which is also its line. */
  public ObjectNode toJson() {
    ObjectNode node = JSON.createObjectNode();
    node.put("schema", 1).put("id", id).put("kind", kind).put("deployable", deployable);
    node.put("by", by).put("start_time_ns", startNs).put("start", Times.iso(startNs));
    if (endNs.isPresent()) {
      node.put("end_time_ns", endNs.getAsLong()).put("end", Times.iso(endNs.getAsLong()));
    }
    exitCode.ifPresent(code -> node.put("exit_code", code));
    process.ifPresent(it -> node.set("process", it.toJson()));
    return node.put("outcome", outcome).put("versions", versions);
  }

  static Optional<HistoryEntry> parse(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      JsonNode end = node.path("end_time_ns");
      JsonNode code = node.path("exit_code");
      return Optional.of(
          new HistoryEntry(
              node.required("id").asText(),
              node.required("kind").asText(),
              node.required("deployable").asText(),
              node.path("by").asText(),
              LockHolder.of(node.path("process")),
              node.required("start_time_ns").asLong(),
              end.isNumber() ? OptionalLong.of(end.asLong()) : OptionalLong.empty(),
              code.isNumber() ? OptionalInt.of(code.asInt()) : OptionalInt.empty(),
              node.path("outcome").asText(),
              node.path("versions").asText()));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
