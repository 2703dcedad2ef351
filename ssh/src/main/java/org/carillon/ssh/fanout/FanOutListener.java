package org.carillon.ssh.fanout;

import java.time.Duration;

/**
 * Is told how the work goes on; by one thread at a time, and never after the work is over. It holds
 * up the others while it thinks.
 */
public interface FanOutListener {

  /** Listens to nothing. */
  FanOutListener NONE = new FanOutListener() {};

  /** The turn of a host has come. */
  default void began(String host) {}

  /** It failed there and will be tried again after a pause. */
  default void again(String host, HostOutcome<?> failure, Duration pause) {}

  /** A moment has passed, some 20 ms, in which nothing need have happened. */
  default void waiting() {}

  /** It ended there; once for every host, also for those whose turn never came. */
  default void ended(String host, HostOutcome<?> outcome) {}
}
