package org.carillon.analysis.input;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One line of a file as its bytes stand there, without line end.
 *
 * @param number from 1
 * @param bytes its content; not more than {@link LineReader#MAX_LINE_BYTES}
 * @param complete whether a line feed ended it; false only for the last line of a file
 * @param oversized whether bytes beyond the limit were left out
 */
record Line(long number, byte[] bytes, boolean complete, boolean oversized) {

  boolean isBlank() {
    for (byte b : bytes) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  /** Whether a carriage return stands within it, with other text behind. */
  boolean hasBareReturns() {
    for (int i = 0; i < bytes.length - 1; i++) {
      if (bytes[i] == '\r' && bytes[i + 1] != '\r') {
        return true;
      }
    }
    return false;
  }

  /** The text without a carriage return at its end, or empty if the bytes are no UTF-8 text. */
  Optional<String> text() {
    int length = bytes.length;
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[i] == 0) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
