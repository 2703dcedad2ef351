package org.carillon.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.Optional;

/**
 * What a worker's ready file says.
 *
 * @param port UDP port on which it listens, 1–65535
 * @param clock status of its clock, such as {@code synchronized}
 * @param offset of its clock, for the log; empty if it has none
 */
record Ready(int port, String clock, Optional<String> offset) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SYNCHRONIZED = "synchronized";

  /** Whether the clock was synchronized when the worker became ready. */
  boolean isSynchronized() {
    return clock.equals(SYNCHRONIZED);
  }

  /**
   * Reads the file's text.
   *
   * @throws IllegalArgumentException if it says nothing of use
   */
  static Ready parse(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      int port = json.path("port").asInt(0);
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("'" + text.strip() + "' has no port");
      }
      JsonNode offset = json.path("ntp_offset_ms");
      JsonNode uncertainty = json.path("ntp_uncertainty_ms");
      return new Ready(
          port,
          json.path("clock").asText("unknown"),
          offset.isNumber() && uncertainty.isNumber()
              ? Optional.of(
                  String.format(
                      Locale.ROOT, "%+.3f ms ± %.3f ms", offset.asDouble(), uncertainty.asDouble()))
              : Optional.empty());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("'" + text.strip() + "' is not a ready file", e);
    }
  }
}
