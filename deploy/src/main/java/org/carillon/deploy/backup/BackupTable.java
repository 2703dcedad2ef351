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
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.carillon.core.Table;
import org.carillon.ssh.fanout.Folding;
import org.carillon.ssh.fanout.HostOutcome;
import org.carillon.ssh.nodeset.NodeSet;

/** The backups of many hosts and what a rollback would do with them, for people and programs. */
public final class BackupTable {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private BackupTable() {}

  /** What hosts have in common of one backup; who took it, the history and the JSON tell. */
  private record Row(String id, String version, String state, String before) {
    static Row of(BackupList there, BackupHeader backup) {
      return new Row(
          backup.id().text(),
          backup.version().orElse("-"),
          backup
              .version()
              .flatMap(there::trail)
              .filter(ReleaseTrail::isTurnedBack)
              .map(ReleaseTrail::state)
              .or(backup::state)
              .orElse("-"),
          backup.before());
    }
  }

  /**
   * The newest first, one line for hosts that have the same; then what cannot be read.
   *
   * @param resume command line that finishes what is not finished
   * @param rollback the same that goes on with a rollback to a goal
   */
  public static String text(
      SequencedMap<String, HostOutcome<BackupList>> seen,
      String resume,
      UnaryOperator<String> rollback) {
    Map<Row, List<String>> rows = new LinkedHashMap<>();
    Map<String, String> now = new LinkedHashMap<>();
    Map<String, String> unfinished = new LinkedHashMap<>();
    Map<String, String> cutOff = new LinkedHashMap<>();
    Map<String, String> wrong = new LinkedHashMap<>();
    seen.forEach(
        (name, outcome) -> {
          outcome
              .yielded()
              .ifPresent(
                  there -> {
                    now.put(name, inUse(there));
                    there.pending().ifPresent(what -> unfinished.put(name, what));
                    there.cutOff().ifPresent(goal -> cutOff.put(name, goal.toString()));
                    there.backups().stream()
                        .map(backup -> Row.of(there, backup))
                        .forEach(
                            row -> rows.computeIfAbsent(row, any -> new ArrayList<>()).add(name));
                  });
          wrong(outcome).ifPresent(sentence -> wrong.put(name, sentence));
        });
    StringBuilder text = new StringBuilder();
    Folding.fold(now)
        .forEach(one -> text.append("in use: %s on %s\n".formatted(one.text(), one.who())));
    Folding.fold(unfinished)
        .forEach(
            one ->
                text.append(
                    "! on %s %s: %s finishes it, with --undo it is taken back\n"
                        .formatted(one.who(), one.text(), resume)));
    Folding.fold(cutOff)
        .forEach(
            one ->
                text.append(
                    "! on %s a rollback to %s is under way, or was cut off: then go on with %s\n"
                        .formatted(one.who(), one.text(), rollback.apply(one.text()))));
    text.append(WaysBack.text(seen));
    Table table = new Table("backup", "release", "state", "before", "hosts");
    rows.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getKey().id(), Comparator.reverseOrder()))
        .forEach(
            entry -> {
              Row row = entry.getKey();
              NodeSet hosts = NodeSet.of(entry.getValue());
              table.row(row.id(), row.version(), row.state(), row.before(), hosts);
            });
    if (!now.isEmpty()) {
      text.append(rows.isEmpty() ? "no backups\n" : table.toString());
    }
    Folding.foldSentences(wrong).forEach(one -> text.append(one).append('\n'));
    return text.toString();
  }

  private static String inUse(BackupList there) {
    return there.version().orElse("nothing")
        + there.state().map(state -> " (" + state + ")").orElse("");
  }

  private static Optional<String> wrong(HostOutcome<BackupList> outcome) {
    if (!outcome.succeeded()) {
      return Optional.of(outcome.sentence());
    }
    List<String> unreadable = outcome.yielded().map(BackupList::unreadable).orElse(List.of());
    return switch (unreadable.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of("the backup " + unreadable.getFirst() + " is damaged");
      default -> Optional.of("these backups are damaged: " + String.join(", ", unreadable));
    };
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
          outcome
              .yielded()
              .ifPresent(
                  there -> {
                    put(node, there);
                    WaysBack.put(node.putObject("ways_back"), there, seen);
                  });
        });
    return written(root);
  }

  private static void put(ObjectNode node, BackupList there) {
    node.put("version", there.version().orElse(null)).put("state", there.state().orElse(null));
    node.put("pending", there.pending().orElse(null));
    ArrayNode turnedBack = node.putArray("turned_back_from");
    there.releases().stream()
        .filter(ReleaseTrail::isTurnedBack)
        .forEach(release -> turnedBack.add(release.id()));
    ArrayNode backups = node.putArray("backups");
    there.backups().forEach(backup -> backups.add(backup.toJson()));
    ArrayNode unreadable = node.putArray("unreadable");
    there.unreadable().forEach(unreadable::add);
  }

  /** What a rollback would do: one line for hosts on which it is the same, then the others. */
  public static String text(RollbackPlan plan) {
    Map<List<String>, List<String>> rows = new LinkedHashMap<>();
    Map<String, String> remarks = new LinkedHashMap<>();
    plan.entries()
        .forEach(
            (name, entry) -> {
              entry
                  .choice()
                  .backup()
                  .map(backup -> row(entry, backup))
                  .ifPresent(row -> rows.computeIfAbsent(row, any -> new ArrayList<>()).add(name));
              remarks.put(name, remark(entry.choice()));
            });
    Table table = new Table("in use", "goes back to", "of the backup", "hosts");
    rows.forEach((row, names) -> table.row(row.get(0), row.get(1), row.get(2), NodeSet.of(names)));
    StringBuilder text = new StringBuilder(rows.isEmpty() ? "" : table.toString());
    remarks.values().removeIf(String::isEmpty);
    Folding.foldSentences(remarks).forEach(one -> text.append(one).append('\n'));
    return text.toString();
  }

  private static List<String> row(RollbackPlan.Entry entry, BackupHeader backup) {
    return List.of(
        entry.version().orElse("-"),
        entry.target().isEmpty() ? "-" : entry.target(),
        backup.id().text());
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
