package org.carillon.deploy.validate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether all hosts have the same release, and no change of it is left unfinished. */
final class VersionsCheck implements FleetwideCheck {

  @Override
  public Set<CheckName> names() {
    return Set.of(CheckName.VERSIONS);
  }

  @Override
  public void look(SequencedMap<String, Node> nodes, Question question, Findings findings) {
    Map<String, Optional<String>> releases = new LinkedHashMap<>();
    nodes.forEach((name, node) -> releases.put(name, node.release()));
    SequencedMap<String, CheckResult> results = judge(releases, question.version());
    if (question.version().isEmpty()) { // else it is the change itself that asks
      nodes.forEach(
          (name, node) ->
              node.unfinished()
                  .ifPresent(
                      open ->
                          results.put(
                              name,
                              CheckResult.fail(CheckName.VERSIONS, open.sentence(), open.fix()))));
    }
    results.forEach(findings::add);
  }

  /**
   * Without a version that is wanted, it is that of more than half of the hosts; if none has that,
   * no host can be told to be right.
   */
  static SequencedMap<String, CheckResult> judge(
      Map<String, Optional<String>> releases, Optional<String> wanted) {
    Map<String, Long> counts =
        releases.values().stream()
            .flatMap(Optional::stream)
            .collect(Collectors.groupingBy(id -> id, LinkedHashMap::new, Collectors.counting()));
    Optional<String> right =
        wanted.or(
            () ->
                counts.entrySet().stream()
                    .filter(count -> 2 * count.getValue() > releases.size())
                    .map(Map.Entry::getKey)
                    .findFirst());
    SequencedMap<String, CheckResult> results = new LinkedHashMap<>();
    releases.forEach((host, id) -> results.put(host, judge(id, right, wanted.isPresent())));
    return results;
  }

  private static CheckResult judge(Optional<String> id, Optional<String> right, boolean isWanted) {
    String fix = "deploy release to it, or rollback the others";
    if (id.isEmpty()) {
      return CheckResult.fail(
          CheckName.VERSIONS, "it has no release: current leads nowhere", "deploy release to it");
    }
    if (right.isEmpty()) {
      return CheckResult.fail(
          CheckName.VERSIONS,
          "it has " + id.get() + ", and no more than half of the hosts have the same",
          fix);
    }
    return id.equals(right)
        ? CheckResult.pass(CheckName.VERSIONS, "it has " + id.get())
        : CheckResult.fail(
            CheckName.VERSIONS,
            "it has %s and not %s, which %s"
                .formatted(id.get(), right.get(), isWanted ? "was asked for" : "most hosts have"),
            fix);
  }
}
