package org.carillon.control.controller;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether one worker is alive: since when it is silent, the pings that it was asked, and how long
 * its answers take. Reads no clock and sends nothing: times are given to it (monotonic, ns). For
 * one thread.
 */
final class Liveness {

  /** After so long without a status the worker is asked whether it is there. */
  static final long SILENCE_NS = SECONDS.toNanos(10);

  static final long PING_DEADLINE_NS = SECONDS.toNanos(5);

  /** As many without an answer are the end. */
  static final int PINGS = 3;

  /** What follows from a silence. */
  enum Silence {
    NONE,
    /** It is time to ask. */
    ASK,
    /** It was asked often enough. */
    DEAD
  }

  private long lastHeardNs;
  private int silentPings;
  private long lastPingNs;
  private long pings;
  private long openingPing;
  private OptionalLong roundTripNs = OptionalLong.empty();

  /** Between the last ping and its answer. */
  OptionalLong roundTripNs() {
    return roundTripNs;
  }

  /** What is wrong; empty if nothing is. */
  Optional<String> trouble() {
    return silentPings > 0
        ? Optional.of("silent, " + silentPings + " pings unanswered")
        : Optional.empty();
  }

  /** The number of a ping that is sent now. */
  long ping(long nowNs) {
    lastPingNs = nowNs;
    return ++pings;
  }

  /** The number of a ping that is sent with the opening of a stream. */
  long openingPing(long nowNs) {
    openingPing = ping(nowNs);
    return openingPing;
  }

  /** The worker has said something. */
  void heard(long nowNs) {
    lastHeardNs = nowNs;
    silentPings = 0;
  }

  /**
   * A ping was answered.
   *
   * @return whether to ask again for the round trip: that ping waited for the connection as well
   */
  boolean answered(long number, long nowNs) {
    if (number != pings) {
      return false;
    }
    roundTripNs = OptionalLong.of(nowNs - lastPingNs);
    return number == openingPing;
  }

  /** Looks at a worker whose stream is open. */
  Silence watch(long nowNs) {
    boolean silent = nowNs - lastHeardNs >= SILENCE_NS;
    if (!silent || silentPings > 0 && nowNs - lastPingNs < PING_DEADLINE_NS) {
      return Silence.NONE;
    }
    if (silentPings == PINGS) {
      return Silence.DEAD;
    }
    silentPings++;
    return Silence.ASK;
  }

  /** Why a worker that is {@link Silence#DEAD} is given up. */
  String complaint(long nowNs) {
    return "it is silent: nothing for "
        + NANOSECONDS.toSeconds(nowNs - lastHeardNs)
        + " s, and "
        + PINGS
        + " pings unanswered";
  }
}
