package org.carillon.ssh;

import com.jcraft.jsch.JSchException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The channels that one connection may have open at once, and patience when the host has fewer. */
final class ChannelPlaces {
  /** Below OpenSSH's MaxSessions of 10: one is left for cleaning up. */
  private static final int AT_ONCE = 8;

  /** sshd counts a session for a moment longer than its channel lives. */
  private static final Duration SCARCITY = Duration.ofSeconds(3);

  private final String host;
  private final Semaphore places = new Semaphore(AT_ONCE, true);
  private final AtomicInteger running = new AtomicInteger();

  ChannelPlaces(String host) {
    this.host = host;
  }

  /** Waits for a place. */
  void enter(String what, Deadline deadline) {
    try {
      if (!places.tryAcquire(deadline.remainingNs(), TimeUnit.NANOSECONDS)) {
        throw new HostException(
            HostException.Kind.TIMEOUT,
            host,
            "`%s` did not begin within %s, since %d others were running"
                .formatted(what, deadline, AT_ONCE));
      }
    } catch (InterruptedException e) {
      throw CommandWatch.interrupted(host, "`" + what + "`", e);
    }
  }

  /** Gives the place back. */
  void leave() {
    places.release();
  }

  /** A command runs in its channel. */
  void opened() {
    running.incrementAndGet();
  }

  /** It no longer does. */
  void closed() {
    running.decrementAndGet();
  }

  /**
   * Tries again when the host refuses a channel, since nothing was begun then: as long as commands
   * of ours hold channels there, and for a moment after that.
   */
  <T> T open(String what, Deadline deadline, Supplier<T> attempt) {
    Deadline patience = deadline.orIn(SCARCITY);
    while (true) {
      try {
        return attempt.get();
      } catch (HostException e) {
        boolean noChannel =
            e.kind() == HostException.Kind.REFUSED && e.getCause() instanceof JSchException;
        if (running.get() > 0) {
          patience = deadline.orIn(SCARCITY);
        }
        if (!noChannel || patience.passed()) {
          throw e;
        }
      }
      try {
        patience.pause();
      } catch (InterruptedException e) {
        throw CommandWatch.interrupted(host, "`" + what + "`", e);
      }
    }
  }
}
