package org.carillon.clock;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.clock.BrokenAssumptions.Cause;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Reading;

/**
 * The bounded clock: turns measurements into intervals that hold true time. Pure arithmetic, no
 * clock and no thread of its own.
 *
 * <p>Of every server it keeps the {@link PlausibleStates}: all offsets and rates of the counter
 * that none of the server's samples contradicts. Of the servers heard from recently, the {@link
 * Agreement} says which are to be believed; what all of those leave is the interval. The best
 * estimate ({@link OffsetEstimate}) is looked for within it and never used for it.
 *
 * <p>A sample that contradicts all that is known shows that an assumption broke, such as by a step
 * of either clock. Then only that newest sample of the server counts, and if not even the drift
 * bound can explain it, the server is out until two in a row agree. See docs/clock.md.
 *
 * <p>{@link #add} may be called by several threads; {@link #at} and {@link #read} by any thread at
 * any time: they take no lock and never wait.
 */
public final class BoundedClock {

  private final Assumptions assumptions;
  private final long errorMaxNs;
  private final Map<String, ServerTrack> tracks = new LinkedHashMap<>();
  private long forgottenUntilNs = Long.MIN_VALUE;
  private volatile Snapshot snapshot = Snapshot.NOTHING;

  /**
   * What gives the interval.
   *
   * @param states what all believed servers leave
   * @param selected of the believed servers' samples, the narrowest of the narrowest server
   * @param freshUntilNs raw time after which the clock is in holdover
   * @param confirmed false if the clock had been lost and nothing but the last measurement says
   *     that it is not any more: then it is in holdover as well
   */
  private record Known(
      PlausibleStates states,
      OffsetEstimate estimate,
      Measurement selected,
      long freshUntilNs,
      boolean confirmed) {

    ClockStatus status(long rawNs) {
      return confirmed && rawNs <= freshUntilNs ? ClockStatus.SYNCHRONIZED : ClockStatus.HOLDOVER;
    }
  }

  /**
   * What the last measurement led to.
   *
   * @param falsetickers servers that are not believed; without a majority, all of them
   */
  private record Snapshot(
      Optional<Known> known, List<String> falsetickers, BrokenAssumptions broken) {
    static final Snapshot NOTHING =
        new Snapshot(Optional.empty(), List.of(), BrokenAssumptions.NONE);
  }

  /**
   * @param assumptions on the counter
   * @param errorMaxNs half width in ns from which an interval says nothing: the clock then counts
   *     as unsynchronized
   */
  public BoundedClock(Assumptions assumptions, long errorMaxNs) {
    if (errorMaxNs <= 0) {
      throw new IllegalArgumentException("a limit of " + errorMaxNs + " ns leaves no interval");
    }
    this.assumptions = assumptions;
    this.errorMaxNs = errorMaxNs;
  }

  /**
   * Takes a measurement in, unless it is of a time that was given up since.
   *
   * @param measurement usually the newest of its server
   * @param freshForNs how long it counts as recent: three polls and a timeout
   */
  public synchronized void add(Measurement measurement, long freshForNs) {
    long nowNs = measurement.rawNs();
    if (nowNs <= forgottenUntilNs) {
      return;
    }
    ServerTrack before = tracks.get(measurement.server());
    ServerTrack after =
        before == null
            ? ServerTrack.of(measurement, assumptions, freshForNs)
            : before.with(measurement, assumptions, freshForNs);
    tracks.put(measurement.server(), after);
    BrokenAssumptions broken = snapshot.broken();
    if (before != null && after.contradictions() > before.contradictions()) {
      broken =
          broken.and(
              nowNs, Cause.CONTRADICTION, after.server() + " contradicts its earlier answers");
    }
    snapshot = decide(nowNs, broken, !isLost(nowNs));
  }

  /** Whether more was known once than is known now. */
  private boolean isLost(long nowNs) {
    return snapshot != Snapshot.NOTHING
        && snapshot.known().filter(known -> nowNs <= known.freshUntilNs()).isEmpty();
  }

  /**
   * Gives up all that is known, because the counter does not tell how much time has passed, such as
   * after a suspend.
   *
   * @param rawNs now, raw time
   * @param reason in words, such as that the machine was suspended
   */
  public synchronized void forget(long rawNs, String reason) {
    tracks.clear();
    forgottenUntilNs = rawNs;
    snapshot =
        new Snapshot(
            Optional.empty(), List.of(), snapshot.broken().and(rawNs, Cause.SUSPEND, reason));
  }

  private Snapshot decide(long nowNs, BrokenAssumptions broken, boolean confirmed) {
    List<Agreement.Candidate<ServerTrack>> candidates =
        tracks.values().stream()
            .filter(track -> track.isRecent(nowNs))
            .flatMap(
                track ->
                    track.states().stream()
                        .map(states -> Agreement.Candidate.of(track, states, nowNs)))
            .toList();
    if (candidates.isEmpty()) {
      // The one server heard from contradicted itself. What was known before cannot be trusted.
      return new Snapshot(Optional.empty(), List.of(), broken);
    }
    Agreement<ServerTrack> agreement = Agreement.of(candidates);
    List<String> falsetickers =
        agreement.falsetickers().stream().map(one -> one.track().server()).toList();
    BrokenAssumptions brokenNow =
        snapshot.falsetickers().containsAll(falsetickers)
            ? broken
            : broken.and(
                nowNs,
                Cause.DISAGREEMENT,
                "servers disagree, not believed: " + String.join(", ", falsetickers));
    if (agreement.believed().isEmpty()) {
      return new Snapshot(Optional.empty(), falsetickers, brokenNow);
    }
    Agreement.Candidate<ServerTrack> narrowest = agreement.believed().getFirst();
    PlausibleStates common = narrowest.states();
    for (Agreement.Candidate<ServerTrack> other :
        agreement.believed().subList(1, agreement.believed().size())) {
      Optional<PlausibleStates> both = common.and(other.states());
      if (both.isEmpty()) {
        // They can agree on the offset, but only at different rates. The narrower ones stay.
        brokenNow =
            brokenNow.and(
                nowNs,
                Cause.DISAGREEMENT,
                other.track().server() + " contradicts other servers' rate");
      }
      common = both.orElse(common);
    }
    long freshUntilNs =
        candidates.stream()
            .filter(one -> !agreement.falsetickers().contains(one))
            .mapToLong(one -> one.track().freshUntilNs())
            .max()
            .orElseThrow();
    ServerTrack track = narrowest.track();
    OffsetEstimate estimate = track.filter().estimate().within(common);
    return new Snapshot(
        Optional.of(new Known(common, estimate, track.narrowest(), freshUntilNs, confirmed)),
        falsetickers,
        brokenNow);
  }

  /**
   * What is known about a moment before or after the last measurement.
   *
   * @param rawNs raw time
   */
  public ClockState at(long rawNs) {
    return at(rawNs, 0);
  }

  /**
   * What is known about a moment that is not known exactly.
   *
   * @param rawNs raw time, at the latest
   * @param uncertaintyNs how much earlier it may have been, ≥ 0
   */
  public ClockState at(long rawNs, long uncertaintyNs) {
    ReadingBuffer buffer = new ReadingBuffer();
    read(rawNs, uncertaintyNs, buffer);
    return buffer.toState();
  }

  /**
   * The same as {@link #at(long, long)} tells, for hot paths: some 30 ns, and no object is made.
   *
   * @param rawNs raw time, at the latest
   * @param uncertaintyNs how much earlier it may have been, ≥ 0
   * @param into gets it
   */
  public void read(long rawNs, long uncertaintyNs, ReadingBuffer into) {
    read(snapshot, rawNs, uncertaintyNs, into);
  }

  private void read(Snapshot last, long rawNs, long uncertaintyNs, ReadingBuffer into) {
    if (last.known().isEmpty()) {
      into.setUnsynchronized();
      return;
    }
    Known known = last.known().get();
    long earlierNs = uncertaintyNs + assumptions.drift().driftNs(uncertaintyNs);
    long earliestNs = rawNs - earlierNs + known.states().lowestOffsetNs(rawNs);
    // Outward, and never of zero width.
    long latestNs = Math.max(earliestNs + 1, rawNs + known.states().highestOffsetNs(rawNs));
    if (latestNs - earliestNs > 2 * errorMaxNs) {
      into.setUnsynchronized();
      return;
    }
    long likelyNs = rawNs - uncertaintyNs / 2 + known.estimate().offsetNs(rawNs);
    long bestNs = Math.clamp(likelyNs, earliestNs, latestNs);
    into.set(earliestNs, bestNs, latestNs, known.status(rawNs));
    Measurement selected = known.selected();
    into.setMeasured(selected.offsetNs(), selected.errorNsAt(rawNs, assumptions.drift()));
  }

  /**
   * By how much the interval's half width grows if no measurement comes.
   *
   * @param fromNs raw time
   * @param aheadNs how long after that, ≥ 0
   * @return ns; empty if there is no interval at one of the two moments
   */
  public OptionalLong growthNs(long fromNs, long aheadNs) {
    Snapshot last = snapshot;
    ReadingBuffer buffer = new ReadingBuffer();
    read(last, fromNs, 0, buffer);
    Optional<Reading> now = buffer.toReading();
    read(last, fromNs + aheadNs, 0, buffer);
    Optional<Reading> then = buffer.toReading();
    return now.isPresent() && then.isPresent()
        ? OptionalLong.of((then.get().widthNs() - now.get().widthNs()) / 2)
        : OptionalLong.empty();
  }

  /** What the intervals hold under, besides the servers' claims. */
  public Assumptions assumptions() {
    return assumptions;
  }

  /** What showed so far that they do not hold. */
  public BrokenAssumptions broken() {
    return snapshot.broken();
  }

  /** The narrowest measurement of the narrowest server that is believed, if there is one. */
  public Optional<Measurement> selected() {
    return snapshot.known().map(Known::selected);
  }

  /** Servers heard from recently that are not believed; without a majority, all of them. */
  public List<String> falsetickers() {
    return snapshot.falsetickers();
  }
}
