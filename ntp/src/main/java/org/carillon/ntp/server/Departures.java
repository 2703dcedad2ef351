package org.carillon.ntp.server;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.carillon.ntp.wire.NtpPacket;
import org.carillon.ntp.wire.NtpTimestamp;

/**
 * When answers really left, for clients that ask for it with their next request (RFC 9769 §2), in
 * bounded memory: the ones kept longest give way to new ones. Safe for several threads.
 *
 * <p>An answer is known by its client's address and its receive timestamp, and told of once: the
 * same request a second time gets an answer in basic mode.
 */
final class Departures {

  /** How many answers are remembered, about 1 MiB. */
  static final int KEPT_MAX = 8_192;

  private final Map<Answer, Long> transmits =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Answer, Long> eldest) {
          return size() > KEPT_MAX;
        }
      };

  private record Answer(InetAddress client, long receive) {}

  /**
   * Whether a request asks when an earlier answer left. One whose two numbers are the same could
   * not tell which kind of answer it got.
   */
  static boolean areAskedFor(NtpPacket request) {
    return request.origin() != NtpTimestamp.UNKNOWN && request.receive() != request.transmit();
  }

  /**
   * Keeps one.
   *
   * @param receive the answer's receive timestamp
   * @param transmit when it left, on the same scale
   */
  synchronized void keep(InetAddress client, long receive, long transmit) {
    transmits.put(new Answer(client, receive), transmit);
  }

  /**
   * When the answer that a request names left.
   *
   * @return empty if it is not known (any more), or not asked for
   */
  synchronized OptionalLong take(InetAddress client, NtpPacket request) {
    Long transmit =
        areAskedFor(request) ? transmits.remove(new Answer(client, request.origin())) : null;
    return transmit == null ? OptionalLong.empty() : OptionalLong.of(transmit);
  }
}
