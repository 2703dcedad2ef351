package org.carillon.analysis.condition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carillon.core.NearestWord;

/** Finds what somebody meant who wrote a path that is not there. */
final class NearestPaths {

  private static final int MOST = 3;
  private static final String TOTALS = "totals.";

  private NearestPaths() {}

  /**
   * At most three paths, as somebody would write them: those that have the same keys and more, such
   * as the name of a node, then those that are spelt most alike, nearest first.
   */
  static List<String> of(String path, Collection<String> known) {
    Set<String> left = new LinkedHashSet<>();
    for (String one : known) {
      left.add(one.startsWith(TOTALS) ? one.substring(TOTALS.length()) : one);
    }
    List<String> nearest =
        new ArrayList<>(left.stream().filter(one -> hasKeys(one, path)).limit(MOST).toList());
    nearest.forEach(left::remove);
    while (nearest.size() < MOST) {
      Optional<String> next = NearestWord.of(path, left);
      if (next.isEmpty()) {
        break;
      }
      nearest.add(next.get());
      left.remove(next.get());
    }
    return nearest;
  }

  /** Whether a path has the keys of another, in their order. */
  private static boolean hasKeys(String one, String path) {
    Iterator<String> wanted = Arrays.asList(path.split("\\.")).iterator();
    String next = wanted.hasNext() ? wanted.next() : null;
    for (String key : one.split("\\.")) {
      if (key.equals(next)) {
        next = wanted.hasNext() ? wanted.next() : null;
      }
    }
    return next == null;
  }
}
