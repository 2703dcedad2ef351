package org.carillon.analysis.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.analysis.input.InputColumn;

/**
 * An object somewhere in a JSON document. What it should hold and does not is refused with its
 * path, such as {@code workers[2].start.best_ns}.
 *
 * @param node the object
 * @param path where it stands; empty at the top
 */
record Place(JsonNode node, String path) {

  /** Sums of counts always fit. */
  private static final long MAX_COUNT = 1L << 53;

  private static final int MAX_TEXT = 500;

  /** Something is not as it should be; the message says where and what, without a full stop. */
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  static Place of(JsonNode node, String path) {
    if (!node.isObject()) {
      throw new Malformed((path.isEmpty() ? "the file" : path) + " holds " + kind(node));
    }
    return new Place(node, path);
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list where an object should be";
      case MISSING -> "nothing";
      default -> shown(node) + " where an object should be";
    };
  }

  /** The object of a key; empty where it is null or not there. */
  Optional<Place> object(String key) {
    return value(key).map(value -> of(value, child(key)));
  }

  /** The elements of a list, which may or may not be objects. */
  List<JsonNode> list(String key) {
    JsonNode value = required(key);
    if (!value.isArray()) {
      throw refused(key, value, "a list");
    }
    List<JsonNode> elements = new ArrayList<>();
    value.forEach(elements::add);
    return elements;
  }

  /** The elements of a list of texts, each on one line. */
  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : list(key)) {
      if (!element.isTextual()) {
        throw refused(key + "[" + texts.size() + "]", element, "a text");
      }
      texts.add(line(element.textValue()));
    }
    return texts;
  }

  /** A time, or a difference of times, in ns. */
  long ns(String key) {
    return whole(key, required(key), -InputColumn.MAX_NS, InputColumn.MAX_NS, "whole nanoseconds");
  }

  /** As above; empty where it is null or not there. */
  OptionalLong optionalNs(String key) {
    return value(key).isPresent() ? OptionalLong.of(ns(key)) : OptionalLong.empty();
  }

  /** A whole number from 0 up. */
  long count(String key) {
    return whole(key, required(key), 0, MAX_COUNT, "a count");
  }

  /** As above; empty where it is null or not there. */
  OptionalLong optionalCount(String key) {
    return value(key).isPresent() ? OptionalLong.of(count(key)) : OptionalLong.empty();
  }

  boolean truth(String key) {
    JsonNode value = required(key);
    if (!value.isBoolean()) {
      throw refused(key, value, "true or false");
    }
    return value.booleanValue();
  }

  /** As above; empty where it is null or not there. */
  Optional<Boolean> optionalTruth(String key) {
    return value(key).map(_ -> truth(key));
  }

  /** A text on one line, cut if it is very long; empty where it is null or not there. */
  String text(String key) {
    JsonNode value = value(key).orElse(TextNode.valueOf(""));
    if (!value.isTextual()) {
      throw refused(key, value, "a text");
    }
    return line(value.textValue());
  }

  private static String line(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "…";
  }

  private long whole(String key, JsonNode value, long least, long most, String what) {
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < least
        || value.longValue() > most) {
      throw refused(key, value, what);
    }
    return value.longValue();
  }

  private Optional<JsonNode> value(String key) {
    JsonNode value = node.path(key);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  private JsonNode required(String key) {
    return value(key).orElseThrow(() -> new Malformed(child(key) + " is missing"));
  }

  private Malformed refused(String key, JsonNode value, String what) {
    return new Malformed(child(key) + " is " + shown(value) + ", not " + what);
  }

  private static String shown(JsonNode value) {
    String text = value.toString().replaceAll("\\p{Cntrl}+", " ");
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  private String child(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
