package org.carillon.ntp.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.carillon.core.CheckVerdict;

/**
 * Another node and its clock, as its clockcheck wrote it down.
 *
 * @param exitCode that its clockcheck ended with
 * @param checks that it made
 * @param offset at the end, if it is known
 * @param moments by time; at every whole second of true time and at the end
 * @param driftBoundPpm the assumption on the clock's rate that all this rests on; 0 if nothing was
 *     measured
 * @param document all that it wrote
 */
public record CheckedNode(
    int exitCode,
    List<Check> checks,
    Optional<OffsetBounds> offset,
    List<TimedOffset> moments,
    double driftBoundPpm,
    JsonNode document) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public CheckedNode {
    checks = List.copyOf(checks);
    moments = List.copyOf(moments);
  }

  /**
   * Reads a document of {@link ClockJson}.
   *
   * @throws IllegalArgumentException with a sentence if it is none
   */
  public static CheckedNode parse(String text) {
    try {
      JsonNode root = JSON.readTree(text);
      if (!root.path("format").asText().equals(ClockJson.FORMAT)
          || root.path("version").asInt() != ClockJson.VERSION) {
        throw new IllegalArgumentException(
            "that is no document of clockcheck in version " + ClockJson.VERSION);
      }
      List<Check> checks = new ArrayList<>();
      root.path("checks").forEach(check -> checks.add(check(check)));
      List<TimedOffset> moments = new ArrayList<>();
      root.at("/measured/moments")
          .forEach(node -> moments.add(new TimedOffset(whole(node, "time_ns"), offset(node))));
      JsonNode offset = root.at("/measured/offset");
      return new CheckedNode(
          Math.toIntExact(whole(root, "exit_code")),
          checks,
          offset.isObject() ? Optional.of(offset(offset)) : Optional.empty(),
          moments,
          root.at("/measured/assumptions/drift_bound_ppm").asDouble(),
          root);
    } catch (JsonProcessingException | ArithmeticException e) {
      throw new IllegalArgumentException("that is no document of clockcheck", e);
    }
  }

  private static Check check(JsonNode node) {
    return new Check(
        text(node, "name"),
        CheckVerdict.valueOf(text(node, "verdict").toUpperCase(Locale.ROOT)),
        text(node, "measured"),
        text(node, "limit"),
        text(node, "sentence"),
        text(node, "fix"));
  }

  /** From elsewhere: nothing of it may move a terminal's cursor. */
  private static String text(JsonNode node, String name) {
    return node.path(name).asText().replaceAll("\\p{Cntrl}", "?");
  }

  private static OffsetBounds offset(JsonNode node) {
    return new OffsetBounds(
        whole(node, "lowest_ns"), whole(node, "best_ns"), whole(node, "highest_ns"));
  }

  private static long whole(JsonNode node, String name) {
    JsonNode number = node.path(name);
    if (!number.canConvertToLong() || !number.isIntegralNumber()) {
      throw new IllegalArgumentException("a document of clockcheck has a number " + name);
    }
    return number.asLong();
  }

  /** The worst check: what a single line says of this clock; empty if all are passed. */
  public Optional<Check> worst() {
    for (CheckVerdict verdict :
        List.of(CheckVerdict.FAIL, CheckVerdict.WARN, CheckVerdict.UNKNOWN)) {
      for (Check check : checks) {
        if (check.verdict() == verdict) {
          return Optional.of(check);
        }
      }
    }
    return Optional.empty();
  }
}
