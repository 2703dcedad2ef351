package org.carillon.deploy.validate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.carillon.core.CheckVerdict;
import org.carillon.ssh.nodeset.NodeSet;

/**
 * The same change of the same check on some hosts, the numbers of which may differ.
 *
 * @param hosts of it; {@code all} for what is found of all together
 * @param before as it was told
 * @param now as it is
 */
public record Changed(NodeSet hosts, CheckVerdict before, CheckResult now) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is not well from the beginning on, as if it had been well before. */
  public static List<Changed> atFirst(ValidationReport report) {
    List<Alarms.Change> changes = new ArrayList<>();
    report.hosts().forEach((host, results) -> take(host, results, changes));
    take(Alarms.ALL, report.whole(), changes);
    return folded(changes);
  }

  private static void take(String host, List<CheckResult> results, List<Alarms.Change> changes) {
    results.stream()
        .filter(one -> one.verdict() != CheckVerdict.PASS)
        .forEach(one -> changes.add(new Alarms.Change(host, CheckVerdict.PASS, one)));
  }

  /** A line, which hosts share that changed alike to findings of one form. */
  private record Line(CheckVerdict before, CheckVerdict now, String title, String form) {
    static Line of(Alarms.Change change) {
      CheckResult now = change.now();
      return new Line(change.before(), now.verdict(), now.title(), Alike.form(now));
    }
  }

  static List<Changed> folded(List<Alarms.Change> changes) {
    SequencedMap<Line, List<Alarms.Change>> lines = new LinkedHashMap<>();
    changes.forEach(
        change -> lines.computeIfAbsent(Line.of(change), key -> new ArrayList<>()).add(change));
    return lines.values().stream().map(Changed::of).toList();
  }

  private static Changed of(List<Alarms.Change> alike) {
    return new Changed(
        NodeSet.of(alike.stream().map(Alarms.Change::host).toList()),
        alike.getFirst().before(),
        Alike.folded(alike.stream().map(Alarms.Change::now).toList()));
  }

  /** One line: {@code 2026-11-22T20:01:00Z bell2 disk: pass → fail: disk 96 % full}. */
  public String line(Instant at) {
    return "%s %s %s: %s → %s: %s"
        .formatted(
            at.truncatedTo(ChronoUnit.SECONDS),
            hosts,
            now.title(),
            before.text(),
            now.verdict().text(),
            now.text());
  }

  /** One line of JSON. */
  public String json(Instant at) {
    ObjectNode node = JSON.createObjectNode().put("at", at.toString());
    ArrayNode names = node.putArray("hosts");
    hosts.names().forEach(names::add);
    return node.put("check", now.check().text())
        .put("part", now.part())
        .put("before", before.text())
        .put("now", now.verdict().text())
        .put("sentence", now.sentence())
        .put("fix", now.fix())
        .toString();
  }
}
