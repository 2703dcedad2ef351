package org.carillon.deploy.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.carillon.core.Table;
import org.carillon.ssh.fanout.HostOutcome;
import org.carillon.ssh.nodeset.NodeSet;

/** The backups of many hosts and what a rollback would do with them, for people and programs. */
public final class BackupTable {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private BackupTable() {}

  /** What hosts have in common of one backup. */
  private record Row(String id, String version, String state, String before, String by) {
    static Row of(BackupHeader backup) {
      return new Row(
          backup.id().text(),
          backup.version().orElse("-"),
          backup.state().orElse("-"),
          backup.before(),
          backup.by());
    }
  }

  /** The newest first, one line for hosts that have the same; then what cannot be read. */
  public static String text(SequencedMap<String, HostOutcome<BackupList>> seen) {
    Map<Row, List<String>> rows = new LinkedHashMap<>();
    Map<String, List<String>> now = new LinkedHashMap<>();
    List<String> damaged = new ArrayList<>();
    seen.forEach(
        (name, outcome) ->
            outcome
                .yielded()
                .ifPresentOrElse(
                    there -> {
                      String version =
                          there.version().orElse("nothing")
                              + there.state().map(state -> " (" + state + ")").orElse("");
                      now.computeIfAbsent(version, any -> new ArrayList<>()).add(name);
                      there
                          .backups()
                          .forEach(
                              backup ->
                                  rows.computeIfAbsent(Row.of(backup), any -> new ArrayList<>())
                                      .add(name));
                      there
                          .unreadable()
                          .forEach(id -> damaged.add(name + ": the backup " + id + " is damaged"));
                    },
                    () -> damaged.add(outcome.sentence())));
    StringBuilder text = new StringBuilder();
    now.forEach(
        (version, names) ->
            text.append("in use: %s on %s\n".formatted(version, NodeSet.of(names))));
    Table table = new Table("backup", "release", "state", "before", "by", "hosts");
    rows.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getKey().id(), Comparator.reverseOrder()))
        .forEach(
            entry -> {
              Row row = entry.getKey();
              table.row(
                  row.id(),
                  row.version(),
                  row.state(),
                  row.before(),
                  row.by(),
                  NodeSet.of(entry.getValue()));
            });
    text.append(rows.isEmpty() ? "no backups\n" : table.toString());
    damaged.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /** The same for programs, by host. */
  public static String json(SequencedMap<String, HostOutcome<BackupList>> seen) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", 1);
    ArrayNode hosts = root.putArray("hosts");
    seen.forEach(
        (name, outcome) -> {
          ObjectNode node = hosts.addObject();
          node.put("host", name).put("outcome", outcome.word()).put("sentence", outcome.sentence());
          outcome.yielded().ifPresent(there -> put(node, there));
        });
    return written(root);
  }

  private static void put(ObjectNode node, BackupList there) {
    node.put("version", there.version().orElse(null)).put("state", there.state().orElse(null));
    ArrayNode backups = node.putArray("backups");
    there.backups().forEach(backup -> backups.add(backup.toJson()));
    ArrayNode unreadable = node.putArray("unreadable");
    there.unreadable().forEach(unreadable::add);
  }

  /** What a rollback would do, by host. */
  public static String text(RollbackPlan plan) {
    Table table = new Table("host", "in use", "goes back to", "backup", "");
    plan.entries()
        .forEach(
            (name, entry) ->
                table.row(
                    name,
                    entry.version().orElse("-"),
                    entry.target().isEmpty() ? "-" : entry.target(),
                    entry.choice().backup().map(backup -> backup.id().text()).orElse("-"),
                    remark(entry.choice())));
    return table.toString();
  }

  /** The same for programs. */
  public static String json(RollbackPlan plan) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", 1).put("to", plan.goal().toString());
    ArrayNode hosts = root.putArray("hosts");
    plan.entries()
        .forEach(
            (name, entry) -> {
              ObjectNode node = hosts.addObject();
              node.put("host", name).put("version", entry.version().orElse(null));
              node.put("restore", entry.choice().backup().isPresent());
              entry.choice().backup().ifPresent(backup -> node.set("backup", backup.toJson()));
              node.put("sentence", remark(entry.choice()));
            });
    return written(root);
  }

  private static String remark(Choice choice) {
    return switch (choice) {
      case Choice.Restore(BackupHeader target) ->
          target.unsteady().isEmpty()
              ? ""
              : target.unsteady().size() + " files changed while they were backed up";
      case Choice.Nothing(String sentence) -> "nothing to do: " + sentence;
      case Choice.Impossible(String sentence) -> "cannot: " + sentence;
    };
  }

  private static String written(ObjectNode root) {
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree can always be written", e);
    }
  }
}
