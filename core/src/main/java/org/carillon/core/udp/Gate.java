package org.carillon.core.udp;

import java.nio.channels.ClosedChannelException;

/**
 * Counts the calls that are using a resource, so that closing frees it only when the last of them
 * has come out: a file descriptor freed under a call may already be somebody else's.
 */
final class Gate {

  private final Runnable free;
  private int inside;
  private boolean closed;

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
  synchronized void enter() throws ClosedChannelException {
    if (!tryEnter()) {
      throw new ClosedChannelException();
    }
  }

  /** Begins a use, which {@link #leave()} must follow, unless the gate is closed. */
  synchronized boolean tryEnter() {
    if (closed) {
      return false;
    }
    inside++;
    return true;
  }

  /** Ends a use. */
  synchronized void leave() {
    if (--inside == 0 && closed) {
      free.run();
    }
  }

  /** Lets nobody in any more; to be called from inside. */
  synchronized void close() {
    closed = true;
  }

  synchronized boolean isClosed() {
    return closed;
  }
}
