package org.carillon.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.carillon.clock.DriftBound;
import org.carillon.clock.Measurement;
import org.carillon.core.net.PathAsymmetry;
import org.carillon.core.record.SampleRow;
import org.carillon.core.record.TimestampSource;
import org.carillon.ntp.wire.NtpPacket;
import org.carillon.ntp.wire.NtpTimestamp;
import org.junit.jupiter.api.Test;

class InterleavingTest {

  private static final long NOW_NS = 1_800_000_000_000_000_000L;
  private static final long SECOND_NS = 1_000_000_000;
  private static final long COOKIE = 0x1111_2222_3333_4444L;
  private static final long OTHER_COOKIE = 0x5555_6666_7777_8888L;
  private static final InetSocketAddress SERVER = new InetSocketAddress("127.0.0.1", 123);
  private static final InetSocketAddress ANOTHER = new InetSocketAddress("127.0.0.2", 123);

  private final Interleaving interleaving = new Interleaving();

  /** 40 µs each way, and 30 µs at the server, 20 of them after it noted the time. */
  private static Stamp t1(int second) {
    return stamp(NOW_NS + second * SECOND_NS);
  }

  private static long t2Ns(int second) {
    return NOW_NS + second * SECOND_NS + 40_000;
  }

  private static Stamp t4(int second) {
    return stamp(NOW_NS + second * SECOND_NS + 110_000);
  }

  private static Stamp stamp(long ns) {
    return new Stamp(ns, ns, 0, TimestampSource.KERNEL);
  }

  private static NtpPacket answer(long origin, long receiveNs, long transmitNs) {
    return new NtpPacket(
        0,
        4,
        NtpPacket.MODE_SERVER,
        1,
        0,
        -30,
        0,
        0,
        0,
        0,
        origin,
        NtpTimestamp.fromUnixNs(receiveNs),
        NtpTimestamp.fromUnixNs(transmitNs));
  }

  private static NtpPacket basic(int second) {
    return answer(COOKIE, t2Ns(second), t2Ns(second) + 10_000);
  }

  /** Tells when the answer of the second before left. */
  private static NtpPacket interleaved(int second) {
    return answer(OTHER_COOKIE, t2Ns(second), t2Ns(second - 1) + 30_000);
  }

  private Poll.Answered judge(int second, NtpPacket answer) {
    return judge(SERVER, second, answer);
  }

  private Poll.Answered judge(InetSocketAddress server, int second, NtpPacket answer) {
    Exchange exchange =
        new Exchange(
            "a:123", COOKIE, t1(second), 1, new DriftBound(50), PathAsymmetry.parse("a=0"));
    return interleaving.judge(server, exchange, OTHER_COOKIE, answer, t4(second), 0);
  }

  @Test
  void theFirstRequestTellsNothing() {
    assertThat(interleaving.request(SERVER, COOKIE, OTHER_COOKIE))
        .isEqualTo(NtpPacket.request(COOKIE));
  }

  @Test
  void theNextOneNamesTheAnswerBefore() {
    judge(0, basic(0));

    NtpPacket request = interleaving.request(SERVER, COOKIE, OTHER_COOKIE);

    assertThat(request.origin()).isEqualTo(NtpTimestamp.fromUnixNs(t2Ns(0)));
    assertThat(request.receive()).isEqualTo(OTHER_COOKIE);
    assertThat(request.transmit()).isEqualTo(COOKIE);
    assertThat(interleaving.request(ANOTHER, COOKIE, OTHER_COOKIE))
        .isEqualTo(NtpPacket.request(COOKIE));
  }

  @Test
  void anInterleavedAnswerCompletesTheExchangeBeforeAndBoundsItsOwn() {
    Measurement before = measured(judge(0, basic(0))).measurements().getFirst();
    assertThat(before.delayNs()).isEqualTo(100_000);

    Poll.Measured measured = measured(judge(1, interleaved(1)));

    assertThat(measured.sample().mode()).contains(SampleRow.Mode.INTERLEAVED);
    assertThat(measured.sample().t1Ns()).hasValue(t1(0).localNs());
    assertThat(measured.sample().t3Ns()).hasValue(t2Ns(0) + 30_000);
    assertThat(measured.sample().t4Ns()).hasValue(t4(0).localNs());
    Measurement completed = measured.measurements().getFirst();
    assertThat(completed.rawNs()).isEqualTo(t4(0).rawNs());
    assertThat(completed.delayNs()).isEqualTo(80_000);
    assertThat(completed.offsetNs()).isZero();
    assertThat(completed.errorNs()).isLessThan(before.errorNs());
    Measurement own = measured.measurements().getLast();
    assertThat(own.rawNs()).isEqualTo(t4(1).rawNs());
    assertThat(own.delayNs()).isEqualTo(110_000);
    assertThat(Math.abs(own.offsetNs())).isLessThan(own.errorNs());
  }

  @Test
  void oneInterleavedAnswerFollowsTheOther() {
    judge(0, basic(0));
    for (int second = 1; second < 5; second++) {
      Poll.Measured measured = measured(judge(second, interleaved(second)));
      assertThat(measured.sample().delayNs()).hasValue(80_000);
      assertThat(interleaving.request(SERVER, COOKIE, OTHER_COOKIE).origin())
          .isEqualTo(NtpTimestamp.fromUnixNs(t2Ns(second)));
    }
  }

  @Test
  void aServerThatDoesNotKnowTheModeAnswersAsEver() {
    judge(0, basic(0));

    Poll.Measured measured = measured(judge(1, basic(1)));

    assertThat(measured.sample().mode()).contains(SampleRow.Mode.BASIC);
    assertThat(measured.sample().t1Ns()).hasValue(t1(1).localNs());
    assertThat(measured.measurements()).hasSize(1);
  }

  @Test
  void nobodyIsBelievedWhoReturnsNeitherNumber() {
    judge(0, basic(0));

    assertThat(judge(1, answer(COOKIE ^ OTHER_COOKIE, t2Ns(1), t2Ns(0) + 30_000)))
        .isEqualTo(new Poll.Answered.Not("bogus origin"));
  }

  @Test
  void theOtherNumberIsOfNoUseUnlessAnInterleavedAnswerWasAskedFor() {
    assertThat(judge(1, interleaved(1))).isEqualTo(new Poll.Answered.Not("bogus origin"));
    judge(2, basic(2));
    assertThat(judge(ANOTHER, 3, interleaved(3))).isEqualTo(new Poll.Answered.Not("bogus origin"));
  }

  @Test
  void aDepartureThatCannotBeIsRefusedAndTheNextRequestIsPlain() {
    for (long transmitNs : List.of(t2Ns(0) - 1_000, t2Ns(0) + 120_000, t2Ns(1) + 10_000)) {
      judge(0, basic(0));

      assertThat(judge(1, answer(OTHER_COOKIE, t2Ns(1), transmitNs)))
          .isInstanceOf(Poll.Failed.class);

      assertThat(interleaving.request(SERVER, COOKIE, OTHER_COOKIE))
          .isEqualTo(NtpPacket.request(COOKIE));
    }
  }

  @Test
  void aKissOfDeathIsOneInEitherMode() {
    judge(0, basic(0));
    NtpPacket kiss =
        new NtpPacket(
            3, 4, NtpPacket.MODE_SERVER, 0, 0, 0, 0, 0, 0x52415445, 0, OTHER_COOKIE, 1, 1);

    assertThat(judge(1, kiss))
        .isInstanceOfSatisfying(
            Poll.Failed.class,
            failed -> assertThat(failed.kissCode()).isEqualTo(Optional.of("RATE")));
  }

  private static Poll.Measured measured(Poll.Answered answered) {
    assertThat(answered).isInstanceOf(Poll.Measured.class);
    return (Poll.Measured) answered;
  }
}
