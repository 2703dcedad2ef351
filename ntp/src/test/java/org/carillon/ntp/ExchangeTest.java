package org.carillon.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.carillon.clock.DriftBound;
import org.carillon.clock.Measurement;
import org.carillon.core.net.PathAsymmetry;
import org.carillon.core.record.SampleRow;
import org.carillon.core.record.TimestampSource;
import org.carillon.ntp.wire.NtpPacket;
import org.carillon.ntp.wire.NtpShort;
import org.carillon.ntp.wire.NtpTimestamp;
import org.carillon.ntp.wire.ReferenceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExchangeTest {

  private static final long T1_NS = 1_800_000_000_000_000_000L;
  private static final long T4_NS = T1_NS + 1_000_000;

  /** Raw minus local time. */
  private static final long RAW_NS = -1_700_000_000_000_000_000L;

  private static final long COOKIE = 0x0123456789abcdefL;
  private static final Exchange EXCHANGE = exchange(T1_NS, PathAsymmetry.parse("ntp1=0"));

  /** An answer whose fields a test may change. */
  private static final class Answer {
    private int leap;
    private int version = 4;
    private int mode = NtpPacket.MODE_SERVER;
    private int stratum = 2;
    private int precision = -20;
    private int rootDelay = NtpShort.fromNs(2_000_000);
    private int rootDispersion = NtpShort.fromNs(500_000);
    private int referenceId;
    private long origin = COOKIE;
    private long receive = NtpTimestamp.fromUnixNs(T1_NS + 3_300_000);
    private long transmit = NtpTimestamp.fromUnixNs(T1_NS + 3_400_000);

    Answer with(java.util.function.Consumer<Answer> change) {
      change.accept(this);
      return this;
    }

    byte[] bytes() {
      return new NtpPacket(
              leap,
              version,
              mode,
              stratum,
              0,
              precision,
              rootDelay,
              rootDispersion,
              referenceId,
              0,
              origin,
              receive,
              transmit)
          .bytes();
    }
  }

  private static Stamp stamp(long localNs) {
    return new Stamp(localNs, localNs + RAW_NS, 0, TimestampSource.KERNEL);
  }

  private static Exchange exchange(long t1Ns, PathAsymmetry asymmetry) {
    return new Exchange("ntp1:123", COOKIE, stamp(t1Ns), 50, new DriftBound(50), asymmetry);
  }

  private static Exchange.Judgement judge(String asymmetry) {
    return exchange(T1_NS, PathAsymmetry.parse("ntp1=" + asymmetry))
        .judge(ByteBuffer.wrap(new Answer().bytes()), stamp(T4_NS), 77);
  }

  private static Measurement measured(String asymmetry) {
    return ((Exchange.Judgement.Accepted) judge(asymmetry)).measurement();
  }

  private static Exchange.Judgement judge(byte[] bytes) {
    return EXCHANGE.judge(ByteBuffer.wrap(bytes), stamp(T4_NS), 77);
  }

  private static String verdict(Exchange.Judgement judgement) {
    return switch (judgement) {
      case Exchange.Judgement.Foreign foreign -> "foreign: " + foreign.verdict();
      case Exchange.Judgement.Refused refused -> refused.sample().verdict();
      case Exchange.Judgement.Accepted accepted -> accepted.sample().verdict();
    };
  }

  @Test
  void aKnownAsymmetryMovesTheBestGuessByHalfAndNoBound() {
    Measurement plain = measured("0");
    assertThat(plain.likelyOffsetNs()).isEqualTo(plain.offsetNs());

    // The request took 0.2 ms longer than the answer, so true time is 0.1 ms less ahead.
    Measurement there = measured("200us");
    assertThat(there.likelyOffsetNs()).isEqualTo(plain.offsetNs() - 100_000);
    Measurement back = measured("-200us");
    assertThat(back.likelyOffsetNs()).isEqualTo(plain.offsetNs() + 100_000);
    for (Measurement one : List.of(there, back)) {
      assertThat(one.offsetNs()).isEqualTo(plain.offsetNs());
      assertThat(one.errorNs()).isEqualTo(plain.errorNs());
    }

    Measurement impossible = measured("10s");
    assertThat(impossible.likelyOffsetNs()).isEqualTo(plain.offsetNs() - plain.errorNs());
  }

  @Test
  void oneThatIsVouchedForMovesTheEdgeItProves() {
    Measurement plain = measured("0");
    long lowNs = plain.offsetNs() - plain.errorNs();
    long highNs = plain.offsetNs() + plain.errorNs();

    Measurement there = measured("200us+-20us");
    assertThat(there.offsetNs() - there.errorNs()).isEqualTo(lowNs);
    assertThat(there.offsetNs() + there.errorNs()).isEqualTo(highNs - 180_000);
    assertThat(there.likelyOffsetNs()).isEqualTo(plain.offsetNs() - 100_000);

    Measurement back = measured("-200us+-20us");
    assertThat(back.offsetNs() - back.errorNs()).isEqualTo(lowNs + 180_000);
    assertThat(back.offsetNs() + back.errorNs()).isEqualTo(highNs);

    Measurement vague = measured("20us+-30us");
    assertThat(vague.errorNs()).isEqualTo(plain.errorNs());
    // The delay is 0.9 ms.
    assertThat(verdict(judge("901us+-0"))).isEqualTo(SampleRow.ACCEPTED);
    assertThat(verdict(judge("903us+-0"))).isEqualTo("asymmetry larger than the delay");
  }

  @Test
  void offsetAndDelayComeFromAllFourTimestamps() {
    // T2 − T1 = 3.3 ms, T3 − T4 = 2.4 ms: θ = 2.85 ms; δ = 1 ms − 0.1 ms.
    assertThat(judge(new Answer().bytes()))
        .isInstanceOfSatisfying(
            Exchange.Judgement.Accepted.class,
            accepted -> {
              SampleRow sample = accepted.sample();
              assertThat(sample.accepted()).isTrue();
              assertThat(sample.t1Ns()).isEqualTo(OptionalLong.of(T1_NS));
              assertThat(sample.t2Ns()).isEqualTo(OptionalLong.of(T1_NS + 3_300_000));
              assertThat(sample.t3Ns()).isEqualTo(OptionalLong.of(T1_NS + 3_400_000));
              assertThat(sample.t4Ns()).isEqualTo(OptionalLong.of(T4_NS));
              assertThat(sample.offsetNs()).isEqualTo(OptionalLong.of(2_850_000));
              assertThat(sample.delayNs()).isEqualTo(OptionalLong.of(900_000));
              assertThat(sample.stratum()).isEqualTo(OptionalInt.of(2));
              assertThat(sample.leap()).isEqualTo(OptionalInt.of(0));
            });
  }

  @Test
  void aMomentThatWasReadWhileSomethingElseRanIsNoStep() {
    long busyNs = 5_000_000;
    Stamp late = new Stamp(T4_NS, T4_NS + RAW_NS + busyNs, busyNs, TimestampSource.USER);
    Stamp wrong = new Stamp(T4_NS, T4_NS + RAW_NS + busyNs, 0, TimestampSource.USER);
    ByteBuffer answer = ByteBuffer.wrap(new Answer().bytes());
    assertThat(verdict(EXCHANGE.judge(answer.duplicate(), late, 0))).isEqualTo(SampleRow.ACCEPTED);
    assertThat(verdict(EXCHANGE.judge(answer.duplicate(), wrong, 0)))
        .isEqualTo("local clock stepped");
  }

  @Test
  void theErrorIsTheRootDistance() {
    assertThat(judge(new Answer().bytes()))
        .isInstanceOfSatisfying(
            Exchange.Judgement.Accepted.class,
            accepted -> {
              Measurement measurement = accepted.measurement();
              // δ/2, root delay/2 (2 ms + at most one unit of 15.3 µs), root dispersion, 2⁻²⁰ s,
              // 50 ns, 50 ppm of 1 ms (51 ns as it is rounded up), 2 ns.
              long leastNs = 450_000 + 1_000_000 + 500_000 + 954 + 50 + 51 + 2;
              assertThat(measurement.errorNs()).isBetween(leastNs, leastNs + 7_700 + 15_300);
              assertThat(measurement.rootDelayNs()).isBetween(2_900_000L, 2_915_300L);
              assertThat(measurement.rawNs()).isEqualTo(T4_NS + RAW_NS);
              assertThat(measurement.referenceId()).isEqualTo(77);
            });
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refusal("unsynchronized server", "leap 3", a -> a.leap = 3),
        refusal("unsynchronized server", "stratum 0 without a code", a -> a.stratum = 0),
        refusal("unsynchronized server", "stratum 16", a -> a.stratum = 16),
        refusal("unsynchronized server", "stratum 255", a -> a.stratum = 255),
        refusal("version 2", "version 2", a -> a.version = 2),
        refusal("timestamps missing", "no T2", a -> a.receive = 0),
        refusal("timestamps missing", "no T3", a -> a.transmit = 0),
        refusal(
            "answered before asked",
            "T3 before T2",
            a -> a.transmit = NtpTimestamp.fromUnixNs(T1_NS + 3_299_000)),
        refusal(
            "negative delay",
            "more time at the server than in all",
            a -> a.transmit = NtpTimestamp.fromUnixNs(T1_NS + 3_300_000 + 1_010_000)),
        refusal(
            "root distance too large", "delay", a -> a.rootDelay = NtpShort.fromNs(3_000_000_000L)),
        refusal("root distance too large", "dispersion", a -> a.rootDispersion = -1),
        refusal("foreign: bogus origin", "another cookie", a -> a.origin = COOKIE + 1),
        refusal("foreign: bogus origin", "no cookie", a -> a.origin = 0),
        refusal("foreign: not a server's answer", "the request, echoed", a -> a.mode = 3),
        refusal("foreign: not a server's answer", "broadcast", a -> a.mode = 5),
        refusal(
            "kiss of death RATE",
            "kiss",
            a -> {
              a.leap = 3;
              a.stratum = 0;
              a.referenceId = ReferenceId.of("RATE");
            }),
        refusal(
            "foreign: bogus origin",
            "forged kiss",
            a -> {
              a.stratum = 0;
              a.referenceId = ReferenceId.of("DENY");
              a.origin = 1;
            }));
  }

  private static Arguments refusal(
      String verdict, String name, java.util.function.Consumer<Answer> change) {
    return Arguments.of(verdict, name, change);
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("refusals")
  void refusesWhatIsOfNoUse(
      String verdict, String name, java.util.function.Consumer<Answer> change) {
    assertThat(verdict(judge(new Answer().with(change).bytes()))).isEqualTo(verdict);
  }

  @Test
  void aKissNamesItsDemand() {
    byte[] kiss =
        new Answer()
            .with(
                a -> {
                  a.stratum = 0;
                  a.referenceId = ReferenceId.of("DENY");
                })
            .bytes();
    assertThat(judge(kiss))
        .isInstanceOfSatisfying(
            Exchange.Judgement.Refused.class,
            refused -> assertThat(refused.kissCode()).contains("DENY"));
  }

  @Test
  void anAnswerThatCameBeforeTheRequestShowsAStepOfTheLocalClock() {
    assertThat(verdict(EXCHANGE.judge(ByteBuffer.wrap(new Answer().bytes()), stamp(T1_NS - 1), 0)))
        .isEqualTo("local clock stepped");
  }

  @Test
  void aDelaySlightlyBelowZeroIsTheClocksResolution() {
    byte[] quick =
        new Answer()
            .with(a -> a.transmit = NtpTimestamp.fromUnixNs(T1_NS + 3_300_000 + 1_000_500))
            .bytes();
    assertThat(judge(quick))
        .isInstanceOfSatisfying(
            Exchange.Judgement.Accepted.class,
            accepted -> {
              assertThat(accepted.sample().delayNs()).isEqualTo(OptionalLong.of(-500));
              assertThat(accepted.measurement().errorNs()).isGreaterThan(1_500_000);
            });
  }

  @Test
  void extensionFieldsAreIgnored() {
    byte[] longer = java.util.Arrays.copyOf(new Answer().bytes(), 96);
    assertThat(verdict(judge(longer))).isEqualTo(SampleRow.ACCEPTED);
  }

  @Property
  void noBytesMakeItThrowNorDoTheyPass(@ForAll @Size(max = 100) byte[] bytes) {
    assertThat(verdict(judge(bytes))).startsWith("foreign: ");
  }

  @Property
  void anyAnswerWithTheRightCookieIsJudgedWithoutAFault(
      @ForAll @Size(48) byte[] bytes,
      @ForAll @LongRange(min = 0, max = 10_000_000_000L) long waitedNs) {
    byte[] answer = bytes.clone();
    answer[0] = (byte) (answer[0] & ~7 | NtpPacket.MODE_SERVER);
    ByteBuffer.wrap(answer).putLong(24, COOKIE);
    Exchange.Judgement judgement =
        EXCHANGE.judge(ByteBuffer.wrap(answer), stamp(T1_NS + waitedNs), 0);
    assertThat(judgement).isNotInstanceOf(Exchange.Judgement.Foreign.class);
    if (judgement instanceof Exchange.Judgement.Accepted accepted) {
      assertThat(accepted.measurement().errorNs()).isBetween(1L, Exchange.ROOT_DISTANCE_MAX_NS);
    }
  }

  @Test
  void timeIsExactAcrossTheEndOfTheEra() {
    long endOfEraNs = 2_085_978_496_000_000_000L;
    Exchange exchange = exchange(endOfEraNs - 500_000, PathAsymmetry.parse("ntp1=0"));
    UnaryOperator<Answer> acrossTheEnd =
        a -> {
          a.receive = NtpTimestamp.fromUnixNs(endOfEraNs - 1);
          a.transmit = NtpTimestamp.fromUnixNs(endOfEraNs + 1);
          return a;
        };
    Exchange.Judgement judgement =
        exchange.judge(
            ByteBuffer.wrap(acrossTheEnd.apply(new Answer()).bytes()),
            stamp(endOfEraNs + 500_000),
            0);
    assertThat(judgement)
        .isInstanceOfSatisfying(
            Exchange.Judgement.Accepted.class,
            accepted -> assertThat(accepted.sample().offsetNs()).isEqualTo(OptionalLong.of(0)));
  }
}
