package org.carillon.core.udp;

import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the calls that are using a resource, so that closing frees it only when the last of them
 * has come out: a file descriptor freed under a call may already be somebody else's. Nobody waits
 * here for anybody.
 */
final class Gate {

  /** The sign says that the gate is closed, the rest how many are inside. */
  private static final int CLOSED = Integer.MIN_VALUE;

  private final Runnable free;
  private final AtomicInteger state = new AtomicInteger();

  /**
   * @param free frees the resource; is run once
   */
  Gate(Runnable free) {
    this.free = free;
  }

  /**
   * Begins a use; {@link #leave()} must follow.
   *
   * @throws ClosedChannelException if the gate is closed
   */
  void enter() throws ClosedChannelException {
    if (!tryEnter()) {
      throw new ClosedChannelException();
    }
  }

  /** Begins a use, which {@link #leave()} must follow, unless the gate is closed. */
  boolean tryEnter() {
    int seen;
    do {
      seen = state.get();
      if (seen < 0) {
        return false;
      }
    } while (!state.compareAndSet(seen, seen + 1));
    return true;
  }

  /** Ends a use. */
  void leave() {
    if (state.decrementAndGet() == CLOSED) {
      free.run();
    }
  }

  /** Lets nobody in any more; to be called from inside. */
  void close() {
    state.getAndUpdate(seen -> seen | CLOSED);
  }

  boolean isClosed() {
    return state.get() < 0;
  }
}
