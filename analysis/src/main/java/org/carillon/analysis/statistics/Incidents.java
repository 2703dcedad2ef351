package org.carillon.analysis.statistics;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.core.record.ClockRow;

/**
 * What happened to a node's clock while it was measured, as clock_NODE.csv tells.
 *
 * @param counts how often, all of them, by the kind as it stands in the file
 * @param first the first, in the order of the file; at least one of each kind
 */
public record Incidents(Map<String, Long> counts, List<Incident> first) {

  /**
   * One of them.
   *
   * @param localTimeNs when it was noticed, on the node's clock
   * @param sizeNs by how much, where that is known
   */
  public record Incident(
      OptionalLong localTimeNs, String kind, OptionalLong sizeNs, Optional<String> detail) {}

  public Incidents {
    first = List.copyOf(first);
  }

  /** How often assumptions broke: contradictions and disagreements. */
  public long broken() {
    return count(ClockRow.Kind.CONTRADICTION) + count(ClockRow.Kind.DISAGREEMENT);
  }

  /** How often something of a kind happened. */
  public long count(ClockRow.Kind kind) {
    return counts.getOrDefault(kind.text(), 0L);
  }
}
