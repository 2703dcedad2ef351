package org.carillon.clock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a clock's states were over a stretch of time in which no piece of evidence contradicts
 * another: at some moments, the knots, all states that the evidence before <em>and</em> after them
 * leaves. A pass forward gives the states that the past can have led to; a pass backward keeps of
 * them those that can lead to one that was kept at the next knot.
 *
 * @param knots in the order of time, at least one
 * @param fromNs raw time from which on it may be asked
 * @param toNs and until when
 * @param refuted how often one-way bounds contradicted the rest; they are not in it
 */
record Stretch(List<PlausibleStates> knots, long fromNs, long toNs, long refuted) {

  /**
   * Between two knots only offsets are looked at, not rates, and that is too wide by up to ωh²/4
   * for knots that are h apart. There are enough of them that this is a 64th of the width.
   */
  private static final double WIDTHS_TO_SPARE = 16;

  /** But no more than so many in one gap, however long it is. */
  private static final int BETWEEN_MAX = 64;

  private static final double SECOND_NS = 1e9;

  /**
   * What is known besides at a moment: states, or a bound from one side, or nothing, and then the
   * moment is only one to look at.
   */
  private record Evidence(
      long rawNs, Optional<PlausibleStates> states, Optional<OneWayBound> bound) {

    static Evidence of(PlausibleStates states) {
      return new Evidence(states.rawNs(), Optional.of(states), Optional.empty());
    }

    static Evidence of(OneWayBound bound) {
      return new Evidence(bound.rawNs(), Optional.empty(), Optional.of(bound));
    }

    static Evidence none(long rawNs) {
      return new Evidence(rawNs, Optional.empty(), Optional.empty());
    }

    /** What it leaves of what is known, at its moment; empty if that is a contradiction. */
    Optional<PlausibleStates> and(PlausibleStates known) {
      if (bound.isPresent()) {
        return known.and(bound.get());
      }
      // In this order the numbers are counted from the new offset, and stay small.
      return states.isPresent() ? states.get().and(known) : Optional.of(known.at(rawNs));
    }
  }

  /**
   * From evidence that does not contradict itself.
   *
   * @param states in the order of time, at least one
   */
  static Stretch of(List<PlausibleStates> states, long fromNs, long toNs) {
    List<Evidence> all = new ArrayList<>();
    for (int i = 0; i < states.size(); i++) {
      if (i > 0) {
        addBetween(all, states.get(i - 1), states.get(i));
      }
      all.add(Evidence.of(states.get(i)));
    }
    return smoothed(all, fromNs, toNs);
  }

  private static void addBetween(List<Evidence> all, PlausibleStates one, PlausibleStates other) {
    double gapS = (other.rawNs() - one.rawNs()) / SECOND_NS;
    double wander = one.assumptions().wanderNsPerS2();
    if (wander * gapS > 2 * one.assumptions().rateNsPerS()) {
      // The rate can have been any in between, so that looking at offsets only loses nothing.
      return;
    }
    double widthNs =
        Math.min(one.offsetsAt(one.rawNs()).widthNs(), other.offsetsAt(other.rawNs()).widthNs());
    int pieces =
        (int)
            Math.ceil(Math.min(BETWEEN_MAX, gapS * Math.sqrt(WIDTHS_TO_SPARE * wander / widthNs)));
    for (int i = 1; i < pieces; i++) {
      all.add(Evidence.none(one.rawNs() + (other.rawNs() - one.rawNs()) / pieces * i));
    }
  }

  boolean covers(long rawNs) {
    return fromNs <= rawNs && rawNs <= toNs;
  }

  /**
   * The same with what is known besides.
   *
   * @param bounds of any time; those outside the stretch are left out. One that contradicts the
   *     stretch is left out as well: it was made with another node's clock, and nothing tells which
   *     of the two is wrong
   */
  Stretch and(List<OneWayBound> bounds) {
    List<Evidence> all = new ArrayList<>(knots.stream().map(Evidence::of).toList());
    bounds.stream().filter(bound -> covers(bound.rawNs())).map(Evidence::of).forEach(all::add);
    all.sort(Comparator.comparingLong(Evidence::rawNs));
    return smoothed(all, fromNs, toNs);
  }

  private static Stretch smoothed(List<Evidence> evidence, long fromNs, long toNs) {
    PlausibleStates known =
        evidence.stream().flatMap(one -> one.states.stream()).findFirst().orElseThrow();
    known = known.at(evidence.getFirst().rawNs);
    List<PlausibleStates> past = new ArrayList<>(evidence.size());
    long refuted = 0;
    for (Evidence next : evidence) {
      Optional<PlausibleStates> both = next.and(known);
      if (both.isPresent()) {
        known = both.get();
      } else {
        // The servers' word stands against that of bounds, this one or those before it.
        known = next.states.orElse(known.at(next.rawNs));
        refuted++;
      }
      past.add(known);
    }
    List<PlausibleStates> knots = new ArrayList<>(evidence.size());
    for (PlausibleStates here : past.reversed()) {
      known = meeting(here, known);
      knots.add(known);
    }
    return new Stretch(List.copyOf(knots.reversed()), fromNs, toNs, refuted);
  }

  /** Of a possible motion, past and future meet; only rounding can keep slivers apart. */
  private static PlausibleStates meeting(PlausibleStates past, PlausibleStates future) {
    return past.and(future).orElse(past);
  }

  /** The possible states at a moment; those of the knots on both sides of it, brought there. */
  PlausibleStates statesAt(long rawNs) {
    int after = firstKnotFrom(rawNs);
    if (after == knots.size()) {
      return knots.getLast().at(rawNs);
    }
    PlausibleStates future = knots.get(after).at(rawNs);
    return after == 0 ? future : meeting(knots.get(after - 1).at(rawNs), future);
  }

  /** The possible offsets at a moment; a little wider than its states, and much cheaper. */
  PlausibleStates.Offsets offsetsAt(long rawNs) {
    int after = firstKnotFrom(rawNs);
    if (after == knots.size()) {
      return knots.getLast().offsetsAt(rawNs);
    }
    PlausibleStates.Offsets future = knots.get(after).offsetsAt(rawNs);
    return after == 0 ? future : future.and(knots.get(after - 1).offsetsAt(rawNs)).orElse(future);
  }

  /** How far the nearest knot is from a moment, ns. */
  long nearestKnotNs(long rawNs) {
    int after = firstKnotFrom(rawNs);
    long futureNs = after == knots.size() ? Long.MAX_VALUE : knots.get(after).rawNs() - rawNs;
    long pastNs = after == 0 ? Long.MAX_VALUE : rawNs - knots.get(after - 1).rawNs();
    return Math.min(futureNs, pastNs);
  }

  private int firstKnotFrom(long rawNs) {
    int low = 0;
    int high = knots.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (knots.get(middle).rawNs() < rawNs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
