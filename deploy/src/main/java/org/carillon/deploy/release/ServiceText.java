package org.carillon.deploy.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.carillon.deploy.deployable.Deployable;
import org.carillon.ssh.Detached;

/**
 * The definition of a service in one line of JSON, as it stands on a host from its start on: so it
 * can be told whether the file says something else by now, and the old one can be started again.
 */
final class ServiceText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ServiceText() {}

  static String of(Deployable.Service service) {
    ObjectNode node = JSON.createObjectNode();
    switch (service.start()) {
      case Deployable.Start.Program(List<String> argv) -> put(node, "start", argv);
      case Deployable.Start.SystemdUserUnit(String unit) -> node.put("systemd_user_unit", unit);
    }
    node.put("stop_signal", service.stop().signal().name());
    node.put("stop_deadline_ns", service.stop().deadline().toNanos());
    Deployable.Health health = service.health();
    health.http().ifPresent(uri -> node.put("http", uri.toString()));
    health.port().ifPresent(port -> node.put("port", port));
    put(node, "command", health.command());
    health.pidFile().ifPresent(file -> node.put("pid_file", file));
    node.put("window_ns", health.window().toNanos());
    node.put("interval_ns", health.interval().toNanos());
    return node.toString();
  }

  private static void put(ObjectNode node, String name, List<String> words) {
    words.forEach(node.putArray(name)::add);
  }

  /** Reads it; empty if it is none, and then nobody knows how the service was started. */
  static Optional<Deployable.Service> parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      if (!node.isObject()) {
        return Optional.empty();
      }
      JsonNode unit = node.path("systemd_user_unit");
      JsonNode port = node.path("port");
      return Optional.of(
          new Deployable.Service(
              unit.isMissingNode()
                  ? new Deployable.Start.Program(words(node.required("start")))
                  : new Deployable.Start.SystemdUserUnit(unit.asText()),
              new Deployable.Stop(
                  Detached.Signal.valueOf(node.required("stop_signal").asText()),
                  nanos(node, "stop_deadline_ns")),
              new Deployable.Health(
                  optional(node, "http").map(URI::create),
                  port.isInt() ? OptionalInt.of(port.asInt()) : OptionalInt.empty(),
                  words(node.required("command")),
                  optional(node, "pid_file"),
                  nanos(node, "window_ns"),
                  nanos(node, "interval_ns"))));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> optional(JsonNode node, String name) {
    return Optional.ofNullable(node.get(name)).map(JsonNode::asText);
  }

  private static Duration nanos(JsonNode node, String name) {
    return Duration.ofNanos(node.required(name).asLong());
  }

  private static List<String> words(JsonNode array) {
    List<String> words = new ArrayList<>();
    array.forEach(word -> words.add(word.asText()));
    return words;
  }
}
