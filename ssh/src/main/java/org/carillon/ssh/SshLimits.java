package org.carillon.ssh;

import java.time.Duration;

/**
 * How long the steps of a connection may take. The deadline of a command or a copy stands beside
 * them: a command on a host that is not connected yet may take up to their sum longer.
 *
 * @param connect until the TCP connection stands, for one attempt
 * @param authentication from there until the host has let us in, for one attempt
 * @param silence how long a copy may go without a byte
 * @param keepAlive after which silence the host is asked for a sign of life; it is lost after 3
 *     questions without an answer
 */
public record SshLimits(
    Duration connect, Duration authentication, Duration silence, Duration keepAlive) {

  /** Questions without an answer after which a host is lost. */
  static final int KEEP_ALIVE_COUNT = 3;

  public SshLimits {
    for (Duration limit : new Duration[] {connect, authentication, silence, keepAlive}) {
      if (limit.toMillis() < 1 || limit.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException("a limit lies between 1 ms and a day, not " + limit);
      }
    }
  }

  /** 10 s, 20 s, 30 s and 15 s. */
  public static SshLimits defaults() {
    return new SshLimits(
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        Duration.ofSeconds(30),
        Duration.ofSeconds(15));
  }
}
