package org.carillon.core.fault;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * What is under way on a line: things that are due at a time, in the order in which they are due,
 * and at most one that is held back until the next one has passed. No clock and no thread of its
 * own; not for several threads.
 *
 * @param <T> what is under way
 */
final class DelayQueue<T> {

  /** If nothing comes that could overtake it, a thing held back goes on after this time. */
  static final long HOLD_NS_MAX = 1_000_000_000L;

  /**
   * @param dueNs after the queue's origin, so that times can be compared
   * @param number tells things apart that are due at the same time
   */
  private record Entry<T>(long dueNs, long number, T thing) {}

  private final long originNs;
  private final PriorityQueue<Entry<T>> entries =
      new PriorityQueue<>(
          Comparator.<Entry<T>>comparingLong(Entry::dueNs).thenComparingLong(Entry::number));
  private long numbers;
  private Optional<Entry<T>> held = Optional.empty();

  /**
   * @param originNs a time of the clock by which things are due
   */
  DelayQueue(long originNs) {
    this.originNs = originNs;
  }

  /** Adds a thing that is due at a time; what was held back follows it. */
  void add(T thing, long dueNs) {
    put(thing, dueNs - originNs);
    held.ifPresent(entry -> put(entry.thing(), Math.max(entry.dueNs(), dueNs - originNs)));
    held = Optional.empty();
  }

  /** Adds a thing that holds nothing up and overtakes nothing. */
  void addCopy(T thing, long dueNs) {
    put(thing, dueNs - originNs);
  }

  /**
   * Adds a thing that lets the next one pass, unless it is itself the next one of another.
   *
   * @return whether it is held back
   */
  boolean hold(T thing, long dueNs) {
    if (held.isPresent()) {
      add(thing, dueNs);
      return false;
    }
    held = Optional.of(new Entry<>(dueNs - originNs, numbers++, thing));
    return true;
  }

  private void put(T thing, long dueNs) {
    entries.add(new Entry<>(dueNs, numbers++, thing));
  }

  /** Takes out the next thing that is due. */
  Optional<T> poll(long nowNs) {
    long now = nowNs - originNs;
    if (held.isPresent() && held.get().dueNs() + HOLD_NS_MAX <= now) {
      entries.add(held.get());
      held = Optional.empty();
    }
    if (entries.isEmpty() || entries.peek().dueNs() > now) {
      return Optional.empty();
    }
    return Optional.of(entries.remove().thing());
  }

  /** When {@link #poll} may have something; empty if nothing is under way. */
  OptionalLong nextNs() {
    long firstNs = entries.isEmpty() ? Long.MAX_VALUE : entries.peek().dueNs();
    long heldNs = held.map(entry -> entry.dueNs() + HOLD_NS_MAX).orElse(Long.MAX_VALUE);
    return size() == 0
        ? OptionalLong.empty()
        : OptionalLong.of(originNs + Math.min(firstNs, heldNs));
  }

  /** How many things are under way. */
  int size() {
    return entries.size() + (held.isPresent() ? 1 : 0);
  }
}
