package org.carillon.events.receive;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Counts what arrives at a worker: new, repeated, missing, late, of another run, malformed. A pure
 * function of the sequence of arrivals, of bounded memory whatever they contain, and safe for
 * several threads. Whoever has many arrivals at once {@linkplain #hold() holds} the counts
 * meanwhile, which costs one lock for all of them.
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

  private static final class Count {
    private long value;

    long value() {
      return value;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final OptionalLong runId;
  private final int rangesMax;
  private final Map<OptionalLong, SeenIds> runs = new LinkedHashMap<>();
  private final Map<String, Count> malformed = new HashMap<>();

  // Of the event before, whose run is nearly always that of the next one.
  private boolean lastHasRun;
  private long lastRun;
  private SeenIds lastSeen;

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

  /** Lets the calling thread alone count and read, until {@link #release()}. */
  void hold() {
    lock.lock();
  }

  /** Lets the other threads count and read again. */
  void release() {
    lock.unlock();
  }

  /**
   * Notes an event.
   *
   * @param eventRunId as the datagram carried it
   * @param eventId at least 1
   */
  public Verdict event(OptionalLong eventRunId, long eventId) {
    lock.lock();
    try {
      return heldEvent(eventRunId.isPresent(), eventRunId.orElse(0), eventId);
    } finally {
      lock.unlock();
    }
  }

  /** The same for a thread that {@linkplain #hold() holds} the counts. */
  Verdict heldEvent(boolean hasRun, long eventRunId, long eventId) {
    if (runId.isPresent() && hasRun && eventRunId != runId.getAsLong()) {
      foreign++;
      return Verdict.FOREIGN;
    }
    received++;
    // With a run named, an event that carries none, in the JSON form, is taken for one of it.
    SeenIds seen = runId.isPresent() ? seen(true, runId.getAsLong()) : seen(hasRun, eventRunId);
    if (seen == null) {
      undecided++;
      return Verdict.REPEATED;
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

  /** Those of a run; null if there are too many runs. */
  private SeenIds seen(boolean hasRun, long run) {
    if (lastSeen == null || lastHasRun != hasRun || lastRun != run) {
      OptionalLong key = hasRun ? OptionalLong.of(run) : OptionalLong.empty();
      SeenIds seen = runs.get(key);
      if (seen == null && runs.size() < RUNS_MAX) {
        seen = new SeenIds(rangesMax);
        runs.put(key, seen);
      }
      lastHasRun = hasRun;
      lastRun = run;
      lastSeen = seen;
    }
    return lastSeen;
  }

  /**
   * Notes a datagram that is no event.
   *
   * @param reason one of a few fixed texts
   */
  public void malformed(String reason) {
    lock.lock();
    try {
      heldMalformed(reason);
    } finally {
      lock.unlock();
    }
  }

  /** The same for a thread that {@linkplain #hold() holds} the counts. */
  void heldMalformed(String reason) {
    Count count = malformed.get(reason);
    if (count == null) {
      String known = malformed.size() < REASONS_MAX ? reason : OTHER_REASON;
      count = malformed.computeIfAbsent(known, text -> new Count());
    }
    count.value++;
  }

  /**
   * From now on ids up to this one that have not come are missing: a lost tail is counted too. For
   * a worker that names its run.
   *
   * @param eventId the last event that was sent, 0 if none
   */
  public void expectUpTo(long eventId) {
    lock.lock();
    try {
      lastEventId = OptionalLong.of(eventId);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the last event is known, and it and all before it have come. */
  public boolean isComplete() {
    lock.lock();
    try {
      return lastEventId.isPresent() && missing() == 0;
    } finally {
      lock.unlock();
    }
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
  public int runs() {
    lock.lock();
    try {
      return runs.size();
    } finally {
      lock.unlock();
    }
  }

  /** The counts so far. */
  public EventCounts counts() {
    lock.lock();
    try {
      return new EventCounts(
          received,
          duplicates,
          undecided,
          outOfOrder,
          missing(),
          runs.values().stream().mapToLong(SeenIds::highest).max().orElse(0),
          foreign,
          malformed.entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().value())));
    } finally {
      lock.unlock();
    }
  }

  /** The sum, or the largest long: ids are whatever the datagrams say. */
  private static long addUpTo(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }
}
