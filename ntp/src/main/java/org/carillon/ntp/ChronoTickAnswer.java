package org.carillon.ntp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.carillon.core.record.MeasuredOffset;

/**
 * Reads what a ChronoTick service answers: {@code {"offset_ms":1.25,"uncertainty_ms":0.4,…}}; other
 * keys are ignored.
 */
final class ChronoTickAnswer {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** Beyond this no clock is off: it keeps the arithmetic far from overflow. 100 years. */
  private static final double NS_MAX = 3.2e18;

  private ChronoTickAnswer() {}

  /**
   * @throws IOException with a few words if the answer does not have that form
   */
  static MeasuredOffset parse(byte[] json) throws IOException {
    JsonNode tree = MAPPER.readTree(json);
    // A double holds an offset of a day to 0.02 ns; only absolute times need more.
    long offsetNs = Math.round(ns(tree, "offset_ms"));
    double uncertaintyNs = ns(tree, "uncertainty_ms");
    if (uncertaintyNs <= 0) {
      throw new IOException("an uncertainty_ms that is not positive");
    }
    return new MeasuredOffset(offsetNs, (long) Math.ceil(uncertaintyNs));
  }

  private static double ns(JsonNode tree, String key) throws IOException {
    JsonNode value = tree.path(key);
    double ns = value.doubleValue() * 1e6;
    if (!value.isNumber() || !(Math.abs(ns) <= NS_MAX)) {
      throw new IOException("no usable number for " + key);
    }
    return ns;
  }
}
