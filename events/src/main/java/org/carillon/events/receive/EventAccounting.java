package org.carillon.events.receive;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Counts what arrives at a worker: new, repeated, missing, late, of another run, malformed. A pure
 * function of the sequence of arrivals, of bounded memory whatever they contain, and safe for
 * several threads.
 */
public final class EventAccounting {

  /** What is to be done with an event. */
  public enum Verdict {
    /** Record it: its id is new. */
    FIRST,
    /** Record it: its id has been seen, or may have been. */
    REPEATED,
    /** Leave it out: it belongs to another run. */
    FOREIGN
  }

  /** Ranges of ids per run; at 1 % loss these are the losses of 1.6 million events. */
  private static final int RANGES_MAX = 1 << 14;

  /** Without a run id every run is accepted, and each needs memory of its own. */
  private static final int RUNS_MAX = 8;

  private static final int REASONS_MAX = 32;
  private static final String OTHER_REASON = "other";

  private final OptionalLong runId;
  private final int rangesMax;
  private final Map<OptionalLong, SeenIds> runs = new LinkedHashMap<>();
  private final Map<String, Long> malformed = new HashMap<>();

  private long received;
  private long duplicates;
  private long undecided;
  private long outOfOrder;
  private long foreign;
  private OptionalLong lastEventId = OptionalLong.empty();

  /**
   * @param runId events of another run are foreign; without one, none is. Events in the JSON form
   *     carry no run id and are never foreign.
   */
  public EventAccounting(OptionalLong runId) {
    this(runId, RANGES_MAX);
  }

  EventAccounting(OptionalLong runId, int rangesMax) {
    this.runId = runId;
    this.rangesMax = rangesMax;
  }

  /**
   * Notes an event.
   *
   * @param eventRunId as the datagram carried it
   * @param eventId at least 1
   */
  public synchronized Verdict event(OptionalLong eventRunId, long eventId) {
    if (runId.isPresent() && eventRunId.isPresent() && !eventRunId.equals(runId)) {
      foreign++;
      return Verdict.FOREIGN;
    }
    received++;
    // With a run named, an event that carries none, in the JSON form, is taken for one of it.
    OptionalLong run = runId.isPresent() ? runId : eventRunId;
    SeenIds seen = runs.get(run);
    if (seen == null) {
      if (runs.size() == RUNS_MAX) {
        undecided++;
        return Verdict.REPEATED;
      }
      seen = new SeenIds(rangesMax);
      runs.put(run, seen);
    }
    boolean late = eventId < seen.highest();
    return switch (seen.add(eventId)) {
      case FIRST -> {
        outOfOrder += late ? 1 : 0;
        yield Verdict.FIRST;
      }
      case AGAIN -> {
        duplicates++;
        yield Verdict.REPEATED;
      }
      case UNKNOWN -> {
        undecided++;
        yield Verdict.REPEATED;
      }
    };
  }

  /**
   * Notes a datagram that is no event.
   *
   * @param reason one of a few fixed texts
   */
  public synchronized void malformed(String reason) {
    boolean known = malformed.containsKey(reason) || malformed.size() < REASONS_MAX;
    malformed.merge(known ? reason : OTHER_REASON, 1L, Long::sum);
  }

  /**
   * From now on ids up to this one that have not come are missing: a lost tail is counted too. For
   * a worker that names its run.
   *
   * @param eventId the last event that was sent, 0 if none
   */
  public synchronized void expectUpTo(long eventId) {
    lastEventId = OptionalLong.of(eventId);
  }

  /** Whether the last event is known, and it and all before it have come. */
  public synchronized boolean isComplete() {
    return lastEventId.isPresent() && missing() == 0;
  }

  private long missing() {
    return runs.values().stream()
        .mapToLong(SeenIds::missing)
        .reduce(missingTail(), EventAccounting::addUpTo);
  }

  private long missingTail() {
    SeenIds seen = runs.get(runId);
    return Math.max(0, lastEventId.orElse(0) - (seen == null ? 0 : seen.highest()));
  }

  /** How many runs have been seen, the one without a run id included; at most 8 are told apart. */
  public synchronized int runs() {
    return runs.size();
  }

  /** The counts so far. */
  public synchronized EventCounts counts() {
    return new EventCounts(
        received,
        duplicates,
        undecided,
        outOfOrder,
        missing(),
        runs.values().stream().mapToLong(SeenIds::highest).max().orElse(0),
        foreign,
        malformed);
  }

  /** The sum, or the largest long: ids are whatever the datagrams say. */
  private static long addUpTo(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }
}
