package org.carillon.control.controller;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;
import org.carillon.control.controller.WorkerState.Failed;
import org.carillon.core.net.HostPort;
import org.carillon.core.time.DurationText;

/**
 * The way to one worker: when to open a stream, how often and after which pauses to try again, and
 * how long one that was lost is awaited. Reads no clock and does no I/O: times are given to it
 * (monotonic, ns), and it tells what is due. For one thread.
 */
final class WayToWorker {

  /** A try to open a stream that is not answered for so long has failed. */
  static final long OPEN_DEADLINE_NS = SECONDS.toNanos(10);

  /** Pauses before the tries after the first; later ones wait as long as the last. */
  static final long[] PAUSES_NS = {SECONDS.toNanos(1), SECONDS.toNanos(2), SECONDS.toNanos(4)};

  /** What there is to do. */
  enum Due {
    NOTHING,
    /** To open a stream. */
    OPEN,
    /** To drop the stream that was being opened: nobody has answered on it. */
    DROP
  }

  private sealed interface Link {
    record Waiting(long tryAtNs) implements Link {}

    record Opening(long sinceNs) implements Link {}

    record Up() implements Link {}
  }

  private final HostPort address;
  private final Duration grace;
  private final DoubleSupplier random;

  private Link link;
  private boolean everUp;
  private int failedTries;
  private int refusals;
  private String reason = "";
  private OptionalLong lostSinceNs = OptionalLong.empty();
  private int reconnects;
  private long lastOpenedNs;

  /**
   * @param grace how long a lost stream is awaited
   * @param random from [0, 1), for the jitter of the tries
   * @param nowNs when to open the stream first
   */
  WayToWorker(HostPort address, Duration grace, DoubleSupplier random, long nowNs) {
    this.address = address;
    this.grace = grace;
    this.random = random;
    this.link = new Link.Waiting(nowNs);
  }

  /** Whether messages reach the worker, as far as is known. */
  boolean isUp() {
    return link instanceof Link.Up;
  }

  /** Whether there is a stream, be it one that nobody has answered on yet. */
  boolean hasStream() {
    return !(link instanceof Link.Waiting);
  }

  /** How often the stream was lost and taken up again. */
  int reconnects() {
    return reconnects;
  }

  /** What was wrong with the way last; empty if nothing ever was. */
  String reason() {
    return reason;
  }

  /** What is wrong with a way that was open; empty if it is, or never was. */
  Optional<String> trouble() {
    return lostSinceNs.isPresent()
        ? Optional.of("control stream lost: " + reason)
        : Optional.empty();
  }

  /** What there is to do by now. */
  Due due(long nowNs) {
    return switch (link) {
      case Link.Waiting(long tryAtNs) -> nowNs >= tryAtNs ? Due.OPEN : Due.NOTHING;
      case Link.Opening(long sinceNs) ->
          nowNs - sinceNs >= OPEN_DEADLINE_NS ? Due.DROP : Due.NOTHING;
      case Link.Up() -> Due.NOTHING;
    };
  }

  /** A stream is being opened. */
  void opening(long nowNs) {
    link = new Link.Opening(nowNs);
    lastOpenedNs = nowNs;
  }

  /** The worker was heard on the stream. */
  void heard() {
    if (isUp()) {
      return;
    }
    link = new Link.Up();
    everUp = true;
    if (lostSinceNs.isPresent()) {
      lostSinceNs = OptionalLong.empty();
      reconnects++;
    }
  }

  /**
   * The stream has broken, or could not be opened.
   *
   * @return as what the worker is to be given up; empty if it goes on
   */
  Optional<Failed> lost(LinkLoss loss, long nowNs) {
    reason = loss.reason();
    if (isUp()) {
      lostSinceNs = OptionalLong.of(nowNs);
      failedTries = 0;
      refusals = 0;
      // Not at once if it broke just after it was opened: the way may be open and the far end ill.
      link = new Link.Waiting(Math.max(nowNs, lastOpenedNs + PAUSES_NS[0]));
      return Optional.empty();
    }
    failedTries++;
    refusals = loss.refused() ? refusals + 1 : 0;
    long pauseNs = PAUSES_NS[Math.min(failedTries, PAUSES_NS.length) - 1];
    link = new Link.Waiting(nowNs + (long) (pauseNs * (0.8 + 0.4 * random.getAsDouble())));
    if (refusals > PAUSES_NS.length) {
      return Optional.of(
          new Failed(
              everUp ? Failed.Kind.FAULT : Failed.Kind.CONNECTION,
              "nobody listens at "
                  + address
                  + (everUp ? " any more" : ": start its worker first, or check host and port")));
    }
    return !everUp && failedTries > PAUSES_NS.length
        ? Optional.of(
            new Failed(
                Failed.Kind.CONNECTION,
                address + " could not be reached in " + failedTries + " tries: " + reason))
        : Optional.empty();
  }

  /** As what a worker is to be given up whose stream was lost too long ago; empty if it was not. */
  Optional<Failed> graceOver(long nowNs) {
    return lostSinceNs.isPresent() && nowNs - lostSinceNs.getAsLong() >= grace.toNanos()
        ? Optional.of(
            new Failed(
                Failed.Kind.FAULT,
                "its control stream was lost and could not be taken up again within "
                    + DurationText.format(grace)
                    + ": "
                    + reason))
        : Optional.empty();
  }
}
