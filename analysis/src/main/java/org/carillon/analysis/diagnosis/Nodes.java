package org.carillon.analysis.diagnosis;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Lists of nodes in sentences. */
public final class Nodes {

  private static final int SHOWN = 6;

  private Nodes() {}

  /** {@code a, b and c}; a long list is cut and counted. */
  public static String list(Collection<String> nodes) {
    List<String> names = nodes.stream().limit(SHOWN).toList();
    int more = nodes.size() - names.size();
    if (more > 0) {
      return String.join(", ", names) + " and " + more + " more";
    }
    if (names.size() <= 1) {
      return String.join("", names);
    }
    return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }

  /** {@code a (5), b (3)}, largest first; zeros are left out. */
  public static String counts(Map<String, Long> counts) {
    return list(
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() != 0)
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(entry -> entry.getKey() + " (" + Quantity.count(entry.getValue()) + ")")
            .toList());
  }
}
