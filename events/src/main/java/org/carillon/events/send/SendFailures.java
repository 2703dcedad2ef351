package org.carillon.events.send;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.carillon.core.udp.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the sends that failed, worker by worker, and says each reason once. Any thread may tell of
 * a failure; the one that sends asks for those of an event.
 */
final class SendFailures implements Broadcast.Failures {

  private static final Logger LOG = LoggerFactory.getLogger(SendFailures.class);

  private static final int REASONS_MAX = 8;

  private final List<String> workers;
  private final long[] counts;
  private final List<Set<String>> reasons = new ArrayList<>();

  /** Whether each has failed since {@link #begin}. */
  private final boolean[] failedNow;

  private volatile boolean anyFailedNow;

  /**
   * @param workers HOST:PORT of all, as the user wrote it
   */
  SendFailures(List<String> workers) {
    this.workers = List.copyOf(workers);
    this.counts = new long[workers.size()];
    this.failedNow = new boolean[workers.size()];
    workers.forEach(worker -> reasons.add(new LinkedHashSet<>()));
  }

  @Override
  public synchronized void failed(int worker, String reason) {
    counts[worker]++;
    failedNow[worker] = true;
    anyFailedNow = true;
    Set<String> known = reasons.get(worker);
    if (known.size() < REASONS_MAX && known.add(reason)) {
      LOG.warn(
          "sending to worker {} failed: {}; the rest goes on, and this is counted from now on and"
              + " not said again",
          workers.get(worker),
          reason);
    }
  }

  /** An event is about to be sent; what fails from now on is its. */
  void begin() {
    if (anyFailedNow) {
      forget();
    }
  }

  private synchronized void forget() {
    Arrays.fill(failedNow, false);
    anyFailedNow = false;
  }

  /** Whether a send of the event has failed. */
  boolean any() {
    return anyFailedNow;
  }

  /** The workers that the event could not be sent to, ascending. */
  synchronized int[] ofEvent() {
    int[] failed = new int[workers.size()];
    int count = 0;
    for (int worker = 0; worker < failed.length; worker++) {
      if (failedNow[worker]) {
        failed[count++] = worker;
      }
    }
    return Arrays.copyOf(failed, count);
  }

  /** How many sends to a worker have failed. */
  synchronized long count(int worker) {
    return counts[worker];
  }

  /** How many sends have failed. */
  synchronized long total() {
    return Arrays.stream(counts).sum();
  }

  /** Why sends to a worker have failed, in a few words each. */
  synchronized Set<String> reasons(int worker) {
    return new LinkedHashSet<>(reasons.get(worker));
  }
}
