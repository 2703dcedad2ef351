package org.carillon.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.Optional;

/**
 * What a ready file says.
 *
 * @param port on which it listens, 1–65535: of a worker TCP for its control stream, of the time
 *     server UDP
 * @param clock status of its clock, such as {@code synchronized}
 * @param offset of its clock, for the log; empty if it has none
 */
record Ready(int port, String clock, Optional<String> offset) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads the file's text.
   *
   * @param portName which of the ports in it is meant
   * @throws IllegalArgumentException if it says nothing of use
   */
  static Ready parse(String text, String portName) {
    try {
      JsonNode json = JSON.readTree(text);
      int port = json.path(portName).asInt(0);
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("'" + text.strip() + "' has no " + portName);
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
