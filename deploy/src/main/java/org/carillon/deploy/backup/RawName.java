package org.carillon.deploy.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The name of a file, or what a link says: any bytes but NUL, of which nobody knows the encoding.
 *
 * @param latin1 one character for each byte
 */
record RawName(String latin1) implements Comparable<RawName> {

  static RawName of(String text) {
    return new RawName(
        new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
  }

  private byte[] bytes() {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The text, if the bytes are UTF-8. */
  private Optional<String> text() {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes())).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Puts it into a JSON object, under the key, or in base64 under {@code KEY_base64}. */
  void put(ObjectNode node, String key) {
    text().ifPresentOrElse(text -> node.put(key, text), () -> node.put(key + "_base64", bytes()));
  }

  /** Reads it again; empty if it is not there. */
  static Optional<RawName> get(JsonNode node, String key) throws IOException {
    if (node.has(key)) {
      return Optional.of(of(node.get(key).asText()));
    }
    if (node.has(key + "_base64")) {
      byte[] bytes = node.get(key + "_base64").binaryValue();
      return Optional.of(new RawName(new String(bytes, StandardCharsets.ISO_8859_1)));
    }
    return Optional.empty();
  }

  /** Whether it is an item, or lies within it. */
  boolean isWithin(String item) {
    String prefix = of(item).latin1;
    return latin1.equals(prefix) || latin1.startsWith(prefix + "/");
  }

  @Override
  public int compareTo(RawName other) {
    return latin1.compareTo(other.latin1);
  }

  /** For people: what cannot be shown, by its bytes. */
  @Override
  public String toString() {
    String shown = text().orElse(latin1);
    StringBuilder out = new StringBuilder();
    shown
        .codePoints()
        .forEach(
            point -> {
              if (Character.isISOControl(point) || text().isEmpty() && point > 126) {
                out.append("\\x%02x".formatted(point));
              } else {
                out.appendCodePoint(point);
              }
            });
    return out.toString();
  }
}
