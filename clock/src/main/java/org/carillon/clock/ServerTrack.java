package org.carillon.clock;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one server's samples say. Immutable; a new sample makes a new track.
 *
 * @param states what the samples since the last contradiction leave; empty while the newest two
 *     contradict each other: the server is out
 * @param samples since the last contradiction, oldest first, at most {@value #SAMPLES_MAX}, never
 *     empty
 * @param narrowest of them, as they are by now
 * @param filter what they let guess
 * @param contradictions how often a sample contradicted the ones before it
 * @param freshForNs how long the newest sample counts as recent
 */
record ServerTrack(
    Optional<PlausibleStates> states,
    List<Measurement> samples,
    Measurement narrowest,
    OffsetFilter filter,
    long contradictions,
    long freshForNs) {

  /** Half an hour at 16 s: long enough to meet empty queues, short enough to notice a new route. */
  private static final int SAMPLES_MAX = 128;

  static ServerTrack of(Measurement first, Assumptions assumptions, long freshForNs) {
    return new ServerTrack(
        Optional.of(PlausibleStates.of(first, assumptions)),
        List.of(first),
        first,
        OffsetFilter.of(List.of(first), assumptions),
        0,
        freshForNs);
  }

  /**
   * Takes the next sample in. If it contradicts what is known, an assumption broke somewhere
   * between the two. Then only the new one counts; and if even the drift bound cannot bring it
   * together with the one before it, nobody knows which of them is right.
   */
  ServerTrack with(Measurement next, Assumptions assumptions, long nextFreshForNs) {
    Optional<PlausibleStates> followed = states.flatMap(known -> known.and(next));
    if (followed.isPresent()) {
      List<Measurement> recent = new ArrayList<>(samples);
      recent.add(next);
      return new ServerTrack(
          followed,
          List.copyOf(recent.subList(Math.max(0, recent.size() - SAMPLES_MAX), recent.size())),
          narrower(narrowest, next, assumptions),
          filtered(recent, assumptions),
          contradictions,
          nextFreshForNs);
    }
    boolean agreesWithLast =
        PlausibleStates.of(samples.getLast(), assumptions).and(next).isPresent();
    boolean contradicted = states.isPresent() || !agreesWithLast;
    return new ServerTrack(
        agreesWithLast ? Optional.of(PlausibleStates.of(next, assumptions)) : Optional.empty(),
        List.of(next),
        next,
        OffsetFilter.of(List.of(next), assumptions),
        contradictions + (contradicted ? 1 : 0),
        nextFreshForNs);
  }

  private OffsetFilter filtered(List<Measurement> recent, Assumptions assumptions) {
    // Without queues the first samples would have been faster, which is known only now.
    boolean complete = recent.size() <= SAMPLES_MAX;
    boolean fastest =
        samples.stream().allMatch(sample -> sample.delayNs() > recent.getLast().delayNs());
    return complete && fastest ? OffsetFilter.of(recent, assumptions) : filter.with(recent);
  }

  private static Measurement narrower(
      Measurement known, Measurement next, Assumptions assumptions) {
    return next.errorNs() <= known.errorNsAt(next.rawNs(), assumptions.drift()) ? next : known;
  }

  String server() {
    return narrowest.server();
  }

  /** Far in the future is not recent either: that is from before a step back of the clock. */
  boolean isRecent(long nowNs) {
    return Math.abs(nowNs - samples.getLast().rawNs()) <= freshForNs;
  }

  /** Local time after which the newest sample is no longer recent. */
  long freshUntilNs() {
    return samples.getLast().rawNs() + freshForNs;
  }
}
