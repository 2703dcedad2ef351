package org.carillon.deploy;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.carillon.core.ExitCode;

/** Who takes part, and who has dropped out and why. Safe for use by several threads. */
final class Roster {
  private final Journal journal;
  private final List<String> nodes;
  private final SequencedMap<String, Outcome.Failed<Void>> failures = new LinkedHashMap<>();

  /**
   * @param nodes the names of all workers' nodes
   */
  Roster(Journal journal, Collection<String> nodes) {
    this.journal = journal;
    this.nodes = List.copyOf(nodes);
  }

  /** Notes that somebody has dropped out; the first reason stays, since others follow from it. */
  synchronized void fail(String name, String reason, ExitCode code) {
    if (failures.putIfAbsent(name, new Outcome.Failed<>(reason, code)) == null) {
      journal.error(reason);
    }
  }

  /** Notes every failure among the outcomes and returns what the others yielded. */
  <T> SequencedMap<String, T> take(Map<String, Outcome<T>> outcomes) {
    SequencedMap<String, T> done = new LinkedHashMap<>();
    outcomes.forEach(
        (name, outcome) -> {
          switch (outcome) {
            case Outcome.Done<T>(T value) -> done.put(name, value);
            case Outcome.Failed<T>(String reason, ExitCode code) -> fail(name, reason, code);
          }
        });
    return done;
  }

  synchronized boolean failed(String name) {
    return failures.containsKey(name);
  }

  synchronized Optional<String> reason(String name) {
    return Optional.ofNullable(failures.get(name)).map(Outcome.Failed::reason);
  }

  /** The nodes whose workers still take part. */
  synchronized List<String> healthyNodes() {
    return nodes.stream().filter(node -> !failures.containsKey(node)).toList();
  }

  synchronized List<String> failedNodes() {
    return nodes.stream().filter(failures::containsKey).toList();
  }

  synchronized SequencedMap<String, Outcome.Failed<Void>> failures() {
    return new LinkedHashMap<>(failures);
  }

  int nodeCount() {
    return nodes.size();
  }
}
