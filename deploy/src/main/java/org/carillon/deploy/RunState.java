package org.carillon.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunDirectory;
import org.carillon.core.run.RunFiles;
import org.carillon.ssh.DetachedProcess;

/**
 * What runs where, as kept in the run directory while a run is under way: enough to stop and
 * collect a run whose deploy has died.
 *
 * @param runId sixteen hexadecimal digits
 * @param startNs of the run, ns since the Unix epoch
 * @param members every process that was to be started
 */
record RunState(String runId, long startNs, List<Entry> members) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  RunState {
    members = List.copyOf(members);
  }

  /**
   * One process.
   *
   * @param folder where it runs, on its host
   * @param process empty if it was not started
   */
  record Entry(String name, Member.Role role, String folder, Optional<DetachedProcess> process) {}

  static Entry entry(Member member) {
    return new Entry(member.name(), member.role(), member.folder(), member.process());
  }

  /** Lets the file appear, or replaces it. */
  void write(RunDirectory run) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", 1).put("run_id", runId).put("start_time_ns", startNs);
    ArrayNode list = root.putArray("members");
    for (Entry entry : members) {
      ObjectNode node = list.addObject();
      node.put("name", entry.name());
      node.put("role", entry.role().name().toLowerCase(Locale.ROOT));
      node.put("folder", entry.folder());
      entry
          .process()
          .ifPresent(
              process ->
                  node.put("pid", process.pid())
                      .put("start_ticks", process.startTicks())
                      .put("boot_id", process.bootId())
                      .put("nonce", process.nonce()));
    }
    try {
      RunFiles.publish(run.state(), JSON.writeValueAsString(root) + "\n");
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree can always be written", e);
    }
  }

  /**
   * Reads the file of a run that is, or was, under way.
   *
   * @throws CarillonException USAGE if there is none, or it is damaged
   */
  static RunState read(RunDirectory run) {
    Path file = run.state();
    if (!Files.exists(file)) {
      throw new CarillonException(
          ExitCode.USAGE,
          "nothing of " + run + " is under way: it has no state.json, so it ended in good order.");
    }
    try {
      JsonNode root = JSON.readTree(file.toFile());
      List<Entry> entries = new ArrayList<>();
      for (JsonNode node : root.path("members")) {
        entries.add(entry(node));
      }
      return new RunState(
          root.path("run_id").asText(), root.path("start_time_ns").asLong(), entries);
    } catch (IOException | IllegalArgumentException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot read " + file + ": " + e.getMessage() + ".", e);
    }
  }

  private static Entry entry(JsonNode node) {
    String name = node.path("name").asText();
    String folder = node.path("folder").asText();
    Optional<DetachedProcess> process =
        node.has("pid")
            ? Optional.of(
                new DetachedProcess(
                    folder,
                    name,
                    node.path("pid").asLong(),
                    node.path("start_ticks").asLong(),
                    node.path("boot_id").asText(),
                    node.path("nonce").asText()))
            : Optional.empty();
    return new Entry(
        name,
        Member.Role.valueOf(node.path("role").asText().toUpperCase(Locale.ROOT)),
        folder,
        process);
  }
}
