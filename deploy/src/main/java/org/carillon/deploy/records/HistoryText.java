package org.carillon.deploy.records;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.core.Table;
import org.carillon.core.time.DurationText;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.ssh.nodeset.NodeSet;

/**
 * The history for people and programs.
 *
 * @param all of it, in which a later action may have put right an earlier one
 * @param reports folder, with the steps of each
 * @param fleet of the deployable that is asked about, which commands can name; empty if none is
 */
public record HistoryText(List<HistoryEntry> all, Path reports, Optional<Fleet> fleet) {

  /** Kinds of actions that change hosts, and after which these may have to be put right. */
  private static final Set<String> CHANGES =
      Stream.of(ActionKind.RELEASE, ActionKind.RESUME, ActionKind.ROLLBACK)
          .map(ActionKind::word)
          .collect(Collectors.toSet());

  /**
   * One line each, and below it what came of it. What has no end is under way, or has ended without
   * a word: then the line says at which step, and what to do.
   */
  public String text(List<HistoryLine> shown) {
    Table table = new Table("id", "by", "took", "code", "now");
    List<String> outcomes = new ArrayList<>();
    for (HistoryLine line : shown) {
      HistoryEntry entry = line.entry();
      boolean isOver = entry.exitCode().isPresent();
      table.row(
          entry.id(),
          entry.by(),
          entry.endNs().isPresent()
              ? DurationText.rounded(
                  Duration.ofNanos(Math.max(0, entry.endNs().getAsLong() - entry.startNs())))
              : "-",
          isOver ? entry.exitCode().getAsInt() : "-",
          entry.versions().isEmpty() ? "-" : entry.versions());
      outcomes.add((isOver ? entry.outcome() : unended(entry)) + line.repeated());
    }
    // Below its line, so that one long sentence does not spoil the columns of all.
    List<String> lines = table.toString().lines().toList();
    StringBuilder text = new StringBuilder(lines.getFirst()).append('\n');
    for (int i = 0; i < outcomes.size(); i++) {
      text.append(lines.get(i + 1)).append("\n  ").append(outcomes.get(i)).append('\n');
    }
    return text.toString();
  }

  private String unended(HistoryEntry entry) {
    if (entry.process().isEmpty() || !entry.process().get().isOfThisMachine()) {
      return "under way, or cut off";
    }
    LockHolder process = entry.process().get();
    if (!process.isDead()) {
      return "under way, process " + process.pid();
    }
    Map<String, List<String>> hosts = new LinkedHashMap<>();
    StepLog.underWay(reports.resolve(entry.id()))
        .forEach(
            step -> hosts.computeIfAbsent(step.step(), any -> new ArrayList<>()).add(step.host()));
    String where =
        hosts.entrySet().stream()
            .map(step -> step.getKey() + on(step.getValue()))
            .collect(Collectors.joining(", "));
    Optional<Set<String>> changed =
        StepLog.hosts(reports.resolve(entry.id())).filter(any -> CHANGES.contains(entry.kind()));
    if (changed.filter(Set::isEmpty).isPresent()) {
      return "ended without a word before it came to any host";
    }
    return "ended without a word"
        + (where.isEmpty() ? "" : " at " + where)
        + changed
            .flatMap(left -> settledBy(entry, left))
            .map(id -> "; put right by " + id)
            .orElseGet(() -> remedy(entry, changed.orElse(Set.of())));
  }

  /**
   * The later change of the same deployable with which the last of its hosts was well: each may
   * have been put right by another, whatever became of others then.
   *
   * @param hosts that it came to
   */
  private Optional<String> settledBy(HistoryEntry entry, Set<String> hosts) {
    Set<String> left = new HashSet<>(hosts);
    for (HistoryEntry later : all) {
      if (later.startNs() > entry.startNs()
          && later.deployable().equals(entry.deployable())
          && CHANGES.contains(later.kind())
          && later.exitCode().isPresent()) {
        left.removeAll(ReportJson.succeeded(reports.resolve(later.id())));
        if (left.isEmpty()) {
          return Optional.of(later.id());
        }
      }
    }
    return Optional.empty();
  }

  private static String on(List<String> hosts) {
    return hosts.contains("") ? "" : " on " + NodeSet.of(hosts);
  }

  /**
   * What puts it right.
   *
   * @param hosts that it came to; none if they are not known
   */
  private String remedy(HistoryEntry entry, Set<String> hosts) {
    Optional<Fleet> all = fleet.filter(it -> it.deployable().name().equals(entry.deployable()));
    Optional<Fleet> meant = all.map(it -> limited(it, hosts));
    return switch (entry.kind()) {
      case "release", "resume" ->
          meant
              .map(
                  it ->
                      "; "
                          + it.command("deploy resume")
                          + " finishes it, "
                          // It is to look at all hosts, for one where it is finished.
                          + all.get().command("deploy resume", "--undo")
                          + " takes it back")
              .orElse("; see deploy resume");
      case "rollback" ->
          "; run rollback again"
              + meant
                  .flatMap(it -> goal(entry).map(to -> ": " + it.command("rollback", "--to", to)))
                  .orElse("");
      default -> "";
    };
  }

  /** The backup that a rollback was to; empty if it was none, or not the same on all hosts. */
  private Optional<String> goal(HistoryEntry entry) {
    Set<String> backups = StepLog.details(reports.resolve(entry.id()), StepLog.PREPARE);
    return backups.size() == 1 ? Optional.of(backups.iterator().next()) : Optional.empty();
  }

  /** Those of its hosts; all, if these are none. */
  private static Fleet limited(Fleet fleet, Set<String> hosts) {
    List<String> known = fleet.names().names().stream().filter(hosts::contains).toList();
    return known.isEmpty() ? fleet : fleet.limitedTo(known);
  }

  /**
   * An array of objects, as they stand in the file; of what has no end, the outcome is as in the
   * table.
   */
  public String json(List<HistoryEntry> entries) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (HistoryEntry entry : entries) {
      ObjectNode node = entry.toJson();
      if (entry.exitCode().isEmpty()) {
        node.put("outcome", unended(entry));
      }
      array.add(node);
    }
    return array.toPrettyString() + "\n";
  }
}
