package org.carillon.analysis.hindsight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/**
 * What became of a node's events.
 *
 * @param intervals how many have an interval in hindsight
 * @param apart how many have none because it would not meet the interval known online
 * @param bounds from events of other nodes that were used
 * @param refutedBounds how often such bounds contradicted the node's own samples, and were left out
 */
record Outcome(long intervals, long apart, long bounds, long refutedBounds) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Those of several nodes, by name, as a text for {@link #parse}. */
  static String text(Map<String, Outcome> byNode) {
    try {
      return JSON.writeValueAsString(byNode);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers are no JSON", e);
    }
  }

  /** The opposite of {@link #text}. */
  static Map<String, Outcome> parse(String text) {
    try {
      return JSON.readValue(text, new TypeReference<Map<String, Outcome>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no outcomes of nodes: " + text, e);
    }
  }
}
