package org.carillon.clock;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a clock's states were over a whole run, in {@link Stretch}es that do not constrain each
 * other. A contradiction shows that an assumption broke within it: going back from the evidence
 * that contradicts, as far as there is a contradiction at all, finds the shortest time in which it
 * must have happened. The stretch before ends there, the next begins with that evidence, and in
 * between nothing is claimed.
 *
 * @param stretches in the order of time
 */
record Timeline(List<Stretch> stretches) {

  /**
   * @param evidence in the order of time
   * @param cuts raw times at which the clock is known to have jumped, in the order of time: what
   *     was before says nothing about what comes after
   */
  static Timeline of(List<PlausibleStates> evidence, List<Long> cuts) {
    List<Stretch> stretches = new ArrayList<>();
    int count = evidence.size();
    int start = 0;
    boolean broken = false;
    while (start < count) {
      int next = next(evidence, cuts, start);
      int end = next == count ? count : end(evidence, cuts, start, next);
      // One sample with nobody to confirm it, after or before a break, may be what is wrong.
      if (end - start > 1 || (!broken && next == count)) {
        stretches.add(
            Stretch.of(
                evidence.subList(start, end),
                broken ? evidence.get(start).rawNs() : Long.MIN_VALUE,
                next == count ? Long.MAX_VALUE : evidence.get(end - 1).rawNs()));
      }
      broken = true;
      start = next;
    }
    return new Timeline(List.copyOf(stretches));
  }

  /** The first evidence after a start that the evidence since then rules out, or their number. */
  private static int next(List<PlausibleStates> evidence, List<Long> cuts, int start) {
    PlausibleStates known = evidence.get(start);
    for (int i = start + 1; i < evidence.size(); i++) {
      if (isCut(evidence, cuts, i)) {
        return i;
      }
      Optional<PlausibleStates> both = evidence.get(i).and(known);
      if (both.isEmpty()) {
        return i;
      }
      known = both.get();
    }
    return evidence.size();
  }

  /** Behind the last evidence that surely is from before what happened before {@code next}. */
  private static int end(List<PlausibleStates> evidence, List<Long> cuts, int start, int next) {
    if (isCut(evidence, cuts, next)) {
      return next;
    }
    PlausibleStates known = evidence.get(next);
    for (int i = next - 1; i > start; i--) {
      Optional<PlausibleStates> both = evidence.get(i).and(known);
      if (both.isEmpty()) {
        return i + 1;
      }
      known = both.get();
    }
    return start + 1;
  }

  private static boolean isCut(List<PlausibleStates> evidence, List<Long> cuts, int index) {
    long beforeNs = evidence.get(index - 1).rawNs();
    long nowNs = evidence.get(index).rawNs();
    return cuts.stream().anyMatch(cutNs -> beforeNs < cutNs && cutNs <= nowNs);
  }

  Timeline and(List<OneWayBound> bounds) {
    return new Timeline(stretches.stream().map(stretch -> stretch.and(bounds)).toList());
  }

  Optional<Stretch> stretchAt(long rawNs) {
    int low = 0;
    int high = stretches.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (stretches.get(middle).toNs() < rawNs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < stretches.size() && stretches.get(low).covers(rawNs)
        ? Optional.of(stretches.get(low))
        : Optional.empty();
  }
}
