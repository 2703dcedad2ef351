package org.carillon.analysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.carillon.core.run.Sha256;

/**
 * Pictures that an earlier analysis drew and that need not be drawn again: those whose SVG is still
 * the same to the last byte, and whose file is still what was written then. Kept in
 * statistics/figures.json. Several threads may ask at the same time.
 */
final class KeptFigures {

  /** Raised when a PNG or a PDF comes out otherwise of the same SVG. */
  private static final int FORMAT = 1;

  private static final String FILE = "statistics/figures.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Output output;
  private final JsonNode before;
  private final Map<String, String[]> now = new ConcurrentSkipListMap<>();

  private KeptFigures(Output output, JsonNode before) {
    this.output = output;
    this.before = before;
  }

  /**
   * Those in a folder of results.
   *
   * @param reuse whether what is there may be used
   */
  static KeptFigures in(Output output, boolean reuse) {
    try {
      Path file = output.path(FILE);
      if (reuse && Files.isRegularFile(file)) {
        JsonNode root = JSON.readTree(file.toFile());
        if (root.path("made_by").asText().equals(maker())) {
          return new KeptFigures(output, root.path("pictures"));
        }
      }
    } catch (IOException e) {
      // Damaged: everything is drawn again.
    }
    return new KeptFigures(output, JSON.createObjectNode());
  }

  /** What draws, and with which Java: another one may draw otherwise. */
  private static String maker() {
    return Analysis.version() + "/" + FORMAT + "/" + Runtime.version();
  }

  /** Whether a picture is there as it would be drawn. */
  boolean has(String name, String svg) {
    JsonNode digests = before.path(name);
    if (!digests.path(0).asText().equals(sha256(svg.getBytes(StandardCharsets.UTF_8)))) {
      return false;
    }
    try {
      String picture = sha256(Files.readAllBytes(output.path(name)));
      if (!digests.path(1).asText().equals(picture)) {
        return false;
      }
      now.put(name, new String[] {digests.path(0).asText(), picture});
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Says that a picture was written. */
  void put(String name, String svg, byte[] picture) {
    now.put(name, new String[] {sha256(svg.getBytes(StandardCharsets.UTF_8)), sha256(picture)});
  }

  /** Writes down what there is now, for the next analysis. */
  void write() {
    ObjectNode root = JSON.createObjectNode();
    root.put("made_by", maker());
    ObjectNode pictures = root.putObject("pictures");
    now.forEach((name, digests) -> pictures.putArray(name).add(digests[0]).add(digests[1]));
    try {
      output.write(FILE, JSON.writeValueAsBytes(root));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("digests are no JSON", e);
    }
  }

  private static String sha256(byte[] content) {
    MessageDigest digest = Sha256.digest();
    return HexFormat.of().formatHex(digest.digest(content));
  }
}
