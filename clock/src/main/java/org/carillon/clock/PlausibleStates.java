package org.carillon.clock;

import java.util.Optional;

/**
 * Every state (offset θ and its rate r) that the counter can be in at one moment, as far as the
 * samples and the {@link Assumptions} tell: a convex set, kept as a polygon with x = r in ns/s and
 * y = θ in ns.
 *
 * <p>A sample cuts away what is above and below its interval. Time moves every state by its own
 * rate and lets the rate wander. Nothing else happens to the set, so it never depends on an
 * estimate, and it is what all samples together leave: with a rate that cannot change it would be
 * the convex hull of Duda et al. (1987); with a bound on the change it is the set of possible
 * states of Schweppe (1968).
 *
 * <p>Moving in time: over a step h the mean rate m differs from the rate at either end by at most
 * ωh/2, since |m − r₀| = |∫(h − s)·r′ ds|/h ≤ ωh/2, and the offset changes by m·h. So the polygon
 * is widened by ωh/2 to all mean rates, cut to |m| ≤ ρ, sheared by h, and widened again. Forward
 * and backward in time are the same.
 *
 * @param rawNs the moment, raw time
 * @param baseNs the offset that y = 0 stands for
 */
record PlausibleStates(long rawNs, long baseNs, ConvexPolygon states, Assumptions assumptions) {

  /** More than all roundings of double arithmetic between two samples. */
  private static final double SLACK_NS = 1e-3;

  private static final double SECOND_NS = 1e9;

  /** What one sample alone leaves: any rate. */
  static PlausibleStates of(Measurement sample, Assumptions assumptions) {
    double rate = assumptions.rateNsPerS();
    return new PlausibleStates(
        sample.rawNs(),
        sample.offsetNs(),
        ConvexPolygon.rectangle(-rate, rate, -sample.errorNs(), sample.errorNs()),
        assumptions);
  }

  /** The states that these can have led to, or can have come from, at another moment. */
  PlausibleStates at(long otherRawNs) {
    if (otherRawNs == rawNs) {
      return this;
    }
    double stepS = (otherRawNs - rawNs) / SECOND_NS;
    // Twice the drift bound is as good as no wander bound, and keeps the numbers small.
    double wander =
        Math.min(assumptions.wanderNsPerS2() * Math.abs(stepS) / 2, 2 * assumptions.rateNsPerS());
    ConvexPolygon means = rates(states.widened(wander));
    ConvexPolygon moved = means.sheared(stepS, 0).widened(wander);
    return new PlausibleStates(otherRawNs, baseNs, rates(moved.simplified()), assumptions);
  }

  /** The part within the drift bound; all of it if rounding leaves nothing of a sliver there. */
  private ConvexPolygon rates(ConvexPolygon polygon) {
    double rate = assumptions.rateNsPerS();
    return polygon.below(1, 0, rate).flatMap(part -> part.below(-1, 0, rate)).orElse(polygon);
  }

  /** What a sample leaves of these; empty if it contradicts them all. */
  Optional<PlausibleStates> and(Measurement sample) {
    PlausibleStates then = at(sample.rawNs());
    double limit = sample.errorNs() + SLACK_NS;
    return then.states
        .sheared(0, then.baseNs - sample.offsetNs())
        .below(0, 1, limit)
        .flatMap(part -> part.below(0, -1, limit))
        .map(part -> new PlausibleStates(then.rawNs, sample.offsetNs(), part, assumptions));
  }

  /** What a bound of one side leaves of these; empty if it contradicts them all. */
  Optional<PlausibleStates> and(OneWayBound bound) {
    PlausibleStates then = at(bound.rawNs());
    double limit = bound.offsetNs() - then.baseNs;
    Optional<ConvexPolygon> part =
        bound.side() == OneWayBound.Side.AT_LEAST
            ? then.states.below(0, -1, SLACK_NS - limit)
            : then.states.below(0, 1, limit + SLACK_NS);
    return part.map(left -> new PlausibleStates(then.rawNs, then.baseNs, left, assumptions));
  }

  /** The states at this moment that are in both; empty if they contradict each other. */
  Optional<PlausibleStates> and(PlausibleStates other) {
    PlausibleStates then = other.at(rawNs);
    return states
        .and(then.states.sheared(0, then.baseNs - baseNs), SLACK_NS)
        .map(both -> new PlausibleStates(rawNs, baseNs, rates(both.simplified()), assumptions));
  }

  /**
   * Possible offsets at one moment.
   *
   * @param lowestNs rounded down
   * @param highestNs rounded up
   */
  record Offsets(long lowestNs, long highestNs) {

    boolean hold(long offsetNs) {
      return lowestNs <= offsetNs && offsetNs <= highestNs;
    }

    long widthNs() {
      return highestNs - lowestNs;
    }

    /** Those in both; empty if there are none. */
    Optional<Offsets> and(Offsets other) {
      long lowest = Math.max(lowestNs, other.lowestNs);
      long highest = Math.min(highestNs, other.highestNs);
      return lowest <= highest ? Optional.of(new Offsets(lowest, highest)) : Optional.empty();
    }
  }

  /** The possible offsets at a moment, before or after that of the states. */
  Offsets offsetsAt(long otherRawNs) {
    return new Offsets(lowestOffsetNs(otherRawNs), highestOffsetNs(otherRawNs));
  }

  /** The lowest of them, rounded down. */
  long lowestOffsetNs(long otherRawNs) {
    double ageS = ageS(otherRawNs);
    double lowestNs =
        Math.max(states.lowest(ageS, 1) - wanderedNs(ageS), states.bottom() - driftedNs(ageS));
    return baseNs + (long) Math.floor(lowestNs);
  }

  /** The highest of them, rounded up. */
  long highestOffsetNs(long otherRawNs) {
    double ageS = ageS(otherRawNs);
    double highestNs =
        Math.min(states.highest(ageS, 1) + wanderedNs(ageS), states.top() + driftedNs(ageS));
    return baseNs + (long) Math.ceil(highestNs);
  }

  private double ageS(long otherRawNs) {
    return (otherRawNs - rawNs) / SECOND_NS;
  }

  private double wanderedNs(double ageS) {
    return assumptions.wanderNsPerS2() * ageS * ageS / 2;
  }

  /** Whatever the rate was: the better bound after a long silence. */
  private double driftedNs(double ageS) {
    return assumptions.rateNsPerS() * Math.abs(ageS);
  }

  /** The possible rates of the offset, ns/s. */
  ConvexPolygon.Span ratesNsPerS() {
    return states.span(1, 0);
  }
}
