package org.carillon.core.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * The datagram of the existing Python toolkit: {@code
 * {"event_id":1,"coordinator_timestamp_ns":…,"sequence_number":0,"payload":"event_1"}}. That
 * toolkit refuses any further key, so the run id cannot travel in it; it may leave the payload out
 * or null.
 */
public final class JsonCodec implements EventCodec {

  /** Takes long to make, so only the first datagram of this form makes it. */
  private static final class Json {
    static final JsonMapper MAPPER = new JsonMapper();
    static final ObjectReader READER =
        MAPPER.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  JsonCodec() {}

  @Override
  public void encode(Event event, ByteBuffer into) {
    ObjectNode json =
        Json.MAPPER
            .createObjectNode()
            .put("event_id", event.eventId())
            .put("coordinator_timestamp_ns", event.sendTimeNs())
            .put("sequence_number", event.sequenceNumber())
            .put("payload", new String(event.payload(), StandardCharsets.UTF_8));
    try {
      into.put(Json.MAPPER.writeValueAsBytes(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of four plain values is always JSON", e);
    }
  }

  static Decoded decodeJson(ByteBuffer datagram) {
    byte[] bytes = new byte[datagram.remaining()];
    datagram.get(datagram.position(), bytes);
    JsonNode json;
    try {
      json = Json.READER.readTree(bytes);
    } catch (IOException e) {
      return new Decoded.Malformed("not JSON");
    }
    OptionalLong eventId = integer(json, "event_id");
    OptionalLong sendTimeNs = integer(json, "coordinator_timestamp_ns");
    OptionalLong sequenceNumber = integer(json, "sequence_number");
    if (eventId.isEmpty() || sendTimeNs.isEmpty() || sequenceNumber.isEmpty()) {
      return new Decoded.Malformed("JSON without its three integers");
    }
    byte[] payload = json.path("payload").asText("").getBytes(StandardCharsets.UTF_8);
    if (payload.length > Event.PAYLOAD_BYTES_MAX) {
      return new Decoded.Malformed("payload too long");
    }
    return new Decoded.Valid(
        new Event(
            OptionalLong.empty(),
            eventId.getAsLong(),
            sequenceNumber.getAsLong(),
            sendTimeNs.getAsLong(),
            payload));
  }

  private static OptionalLong integer(JsonNode json, String key) {
    JsonNode value = json.path(key);
    return value.isIntegralNumber() && value.canConvertToLong()
        ? OptionalLong.of(value.longValue())
        : OptionalLong.empty();
  }
}
