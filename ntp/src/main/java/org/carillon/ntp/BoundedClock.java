package org.carillon.ntp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Reading;

/**
 * The bounded clock: turns measurements into intervals that hold true time. Pure arithmetic, no
 * clock and no thread of its own.
 *
 * <p>Every measurement bounds the offset with an error that grows with its age by the drift bound.
 * All errors grow at the same rate, so of one server's measurements the narrowest one stays the
 * narrowest, and one per server is enough to keep. A measurement that contradicts the one kept
 * (their intervals do not meet) shows that an assumption broke, such as a step of either clock: the
 * server is then out until two measurements in a row agree.
 *
 * <p>Of the servers heard from recently, the {@link Agreement} says which are to be believed; the
 * narrowest of those gives the interval. See docs/clock.md for the formulas.
 *
 * <p>{@link #add} may be called by several threads; {@link #at} by any thread at any time, and it
 * never waits.
 */
public final class BoundedClock {

  private final DriftBound drift;
  private final long errorMaxNs;
  private final Map<String, Track> tracks = new LinkedHashMap<>();
  private volatile Snapshot snapshot = Snapshot.EMPTY;

  /** What is known of one server. */
  private record Track(
      Optional<Measurement> kept,
      Optional<Measurement> unconfirmed,
      long heardNs,
      long freshForNs) {

    /** Far in the future is not recent either: that is from before a step back of the clock. */
    boolean isRecent(long nowNs) {
      return Math.abs(nowNs - heardNs) <= freshForNs;
    }

    long freshUntilNs() {
      return heardNs + freshForNs;
    }
  }

  /**
   * What the last measurement led to.
   *
   * @param selected the measurement that gives the interval
   * @param freshUntilNs local time after which the clock is in holdover
   * @param falsetickers servers that are not believed; without a majority, all of them
   */
  record Snapshot(Optional<Measurement> selected, long freshUntilNs, List<String> falsetickers) {
    static final Snapshot EMPTY = new Snapshot(Optional.empty(), Long.MIN_VALUE, List.of());
  }

  /**
   * @param drift bound on the local clock's frequency error
   * @param errorMaxNs half width in ns from which an interval says nothing: the clock then counts
   *     as unsynchronized
   */
  public BoundedClock(DriftBound drift, long errorMaxNs) {
    if (errorMaxNs <= 0) {
      throw new IllegalArgumentException("a limit of " + errorMaxNs + " ns leaves no interval");
    }
    this.drift = drift;
    this.errorMaxNs = errorMaxNs;
  }

  /**
   * Takes a measurement in.
   *
   * @param measurement usually the newest of its server
   * @param freshForNs how long it counts as recent: three polls and a timeout
   */
  public synchronized void add(Measurement measurement, long freshForNs) {
    long nowNs = measurement.localNs();
    tracks.merge(
        measurement.server(),
        new Track(Optional.of(measurement), Optional.empty(), nowNs, freshForNs),
        (old, fresh) -> follow(old, measurement, freshForNs));
    snapshot = decide(nowNs);
  }

  private Track follow(Track old, Measurement next, long freshForNs) {
    long nowNs = next.localNs();
    Measurement last = old.kept().or(old::unconfirmed).orElseThrow();
    if (!last.agreesWith(next, nowNs, drift)) {
      return new Track(Optional.empty(), Optional.of(next), nowNs, freshForNs);
    }
    boolean narrower = next.errorNs() <= last.errorNsAt(nowNs, drift);
    return new Track(Optional.of(narrower ? next : last), Optional.empty(), nowNs, freshForNs);
  }

  private Snapshot decide(long nowNs) {
    List<Measurement> candidates =
        tracks.values().stream()
            .filter(track -> track.isRecent(nowNs))
            .flatMap(track -> track.kept().stream())
            .toList();
    if (candidates.isEmpty()) {
      // The one server heard from contradicted itself. What was known before cannot be trusted.
      return Snapshot.EMPTY;
    }
    Agreement agreement = Agreement.of(candidates, nowNs, drift);
    List<String> falsetickers = agreement.falsetickers().stream().map(Measurement::server).toList();
    long freshUntilNs =
        candidates.stream()
            .map(Measurement::server)
            .filter(server -> !falsetickers.contains(server))
            .mapToLong(server -> tracks.get(server).freshUntilNs())
            .max()
            .orElse(Long.MIN_VALUE);
    return new Snapshot(agreement.selected(), freshUntilNs, falsetickers);
  }

  /**
   * What is known about the moment when the local clock showed, shows or will show a time.
   *
   * @param localNs local time
   */
  public ClockState at(long localNs) {
    Snapshot known = snapshot;
    if (known.selected().isEmpty()) {
      return ClockState.UNSYNCHRONIZED;
    }
    Measurement measurement = known.selected().get();
    long errorNs = measurement.errorNsAt(localNs, drift);
    if (errorNs > errorMaxNs) {
      return ClockState.UNSYNCHRONIZED;
    }
    ClockStatus status =
        localNs <= known.freshUntilNs() ? ClockStatus.SYNCHRONIZED : ClockStatus.HOLDOVER;
    long bestNs = localNs + measurement.offsetNs();
    // The error was rounded up at every step and is at least 1: outward, and never of zero width.
    Reading reading = new Reading(bestNs - errorNs, bestNs, bestNs + errorNs, status);
    return new ClockState(
        status,
        Optional.of(reading),
        status == ClockStatus.SYNCHRONIZED
            ? Optional.of(new NtpOffset(measurement.offsetNs(), errorNs))
            : Optional.empty());
  }

  /** The measurement that gives the interval, if there is one. */
  public Optional<Measurement> selected() {
    return snapshot.selected();
  }

  /** Servers heard from recently that are not believed; without a majority, all of them. */
  public List<String> falsetickers() {
    return snapshot.falsetickers();
  }
}
