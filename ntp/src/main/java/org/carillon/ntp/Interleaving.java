package org.carillon.ntp;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.carillon.core.record.SampleRow;
import org.carillon.ntp.wire.NtpPacket;

/**
 * The client's side of the interleaved mode (RFC 9769 §2): a server that offers it tells with each
 * answer when the one <em>before</em> really left, which it could not know when that one did. For
 * one thread.
 *
 * <p>A request names the answer it wants to know that of by its receive timestamp, and carries two
 * random numbers. An answer in basic mode returns the one, an answer in interleaved mode the other:
 * so it cannot be forged by anybody who did not see the request, and says what it is. A server that
 * does not know the mode answers as ever.
 *
 * <p>An interleaved answer is evidence twice: it completes the exchange before, and of its own
 * exchange it tells when the request came, before which the answer cannot have left.
 */
final class Interleaving {

  private Optional<Past> past = Optional.empty();

  /** The last exchange with a usable answer. */
  private record Past(InetSocketAddress server, Exchange exchange, NtpPacket answer, Stamp t4) {

    /** The same, with the moment at which its answer really left. */
    Exchange.Judgement completed(long transmit, int referenceId) {
      NtpPacket complete = answer.with(answer.origin(), transmit);
      return exchange.judge(complete, t4, referenceId);
    }
  }

  /**
   * A request.
   *
   * @param cookie a random number that an answer in basic mode returns
   * @param interleavedCookie another one that an interleaved answer returns
   */
  NtpPacket request(InetSocketAddress server, long cookie, long interleavedCookie) {
    return past.filter(last -> last.server().equals(server))
        .map(last -> NtpPacket.request(last.answer().receive(), interleavedCookie, cookie))
        .orElseGet(() -> NtpPacket.request(cookie));
  }

  /**
   * Judges an answer to it.
   *
   * @param exchange what was asked
   */
  Poll.Answered judge(
      InetSocketAddress server,
      Exchange exchange,
      long interleavedCookie,
      NtpPacket answer,
      Stamp t4,
      int referenceId) {
    Optional<Past> last = past.filter(known -> known.server().equals(server));
    boolean interleaved = last.isPresent() && answer.origin() == interleavedCookie;
    NtpPacket own = interleaved ? answer.with(exchange.cookie(), answer.receive()) : answer;
    return switch (exchange.judge(own, t4, referenceId)) {
      case Exchange.Judgement.Foreign foreign -> new Poll.Answered.Not(foreign.verdict());
      case Exchange.Judgement.Refused refused -> refused(refused);
      case Exchange.Judgement.Accepted accepted -> {
        past = Optional.of(new Past(server, exchange, own, t4));
        yield interleaved
            ? completed(last.get(), answer, accepted, referenceId)
            : new Poll.Measured(accepted.sample(), List.of(accepted.measurement()));
      }
    };
  }

  private Poll.Answered completed(
      Past last, NtpPacket answer, Exchange.Judgement.Accepted own, int referenceId) {
    return switch (last.completed(answer.transmit(), referenceId)) {
      case Exchange.Judgement.Accepted before ->
          new Poll.Measured(
              before.sample().with(SampleRow.Mode.INTERLEAVED),
              List.of(before.measurement(), own.measurement()));
      case Exchange.Judgement.Refused before -> refused(before);
      case Exchange.Judgement.Foreign impossible ->
          throw new AssertionError("it returned its cookie: " + impossible);
    };
  }

  private Poll.Failed refused(Exchange.Judgement.Refused refused) {
    past = Optional.empty();
    return new Poll.Failed(refused.sample(), refused.kissCode());
  }
}
