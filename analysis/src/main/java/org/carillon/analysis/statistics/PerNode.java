package org.carillon.analysis.statistics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was found out with one clock, for each worker, or for each pair of workers.
 *
 * @param why why nothing can be said for any of them; then there are no entries
 * @param entries by node, or by two nodes joined by a comma, sorted
 */
public record PerNode<T>(Optional<String> why, Map<String, Judgement<T>> entries) {
  public PerNode {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** Nowhere, for one reason. */
  public static <T> PerNode<T> notComparable(String why) {
    return new PerNode<>(Optional.of(why), Map.of());
  }

  /** Of some nodes, in the order of the map. */
  public static <T> PerNode<T> of(Map<String, Judgement<T>> entries) {
    return new PerNode<>(Optional.empty(), entries);
  }

  /** The results that there are, sorted by node. */
  public Map<String, T> known() {
    Map<String, T> known = new TreeMap<>();
    entries.forEach(
        (node, judgement) -> judgement.known().ifPresent(value -> known.put(node, value)));
    return known;
  }
}
