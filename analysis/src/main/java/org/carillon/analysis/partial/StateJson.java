package org.carillon.analysis.partial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What share.json says of a state.
 *
 * @param version of the program that made it
 * @param share which one it is
 * @param files all others of the state
 */
record StateJson(String version, Share share, List<StateFile> files) {

  static final String NAME = "share.json";

  private static final int FORMAT = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A file of a state, and what it has to be. */
  record StateFile(String name, long sizeBytes, String sha256) {}

  /** As text. */
  String text() {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT).put("version", version);
    root.put("share", share.number()).put("of", share.of());
    ArrayNode all = root.putArray("files");
    for (StateFile file : files) {
      all.addObject()
          .put("name", file.name())
          .put("size_bytes", file.sizeBytes())
          .put("sha256", file.sha256());
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a state is no JSON", e);
    }
  }

  /**
   * Reads what {@link #text} made.
   *
   * @throws IOException if it is not that
   */
  static StateJson read(Path file) throws IOException {
    JsonNode root = JSON.readTree(file.toFile());
    if (root.path("format").asInt() != FORMAT || !root.path("files").isArray()) {
      throw new IOException("it is not what this program writes");
    }
    List<StateFile> files = new ArrayList<>();
    for (JsonNode one : root.path("files")) {
      String name = one.path("name").asText();
      if (name.isEmpty() || name.contains("/")) {
        throw new IOException("it names no file of the state");
      }
      files.add(new StateFile(name, one.path("size_bytes").asLong(), one.path("sha256").asText()));
    }
    try {
      return new StateJson(
          root.path("version").asText(),
          new Share(root.path("share").asInt(), root.path("of").asInt()),
          files);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
