package org.carillon.ntp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Moment;
import org.carillon.ntp.ClockPrecision;
import org.carillon.ntp.wire.NtpPacket;
import org.carillon.ntp.wire.NtpTimestamp;
import org.carillon.ntp.wire.ReferenceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {

  private static final long T2_NS = 1_800_000_000_123_456_789L;
  private static final long T3_NS = T2_NS + 20_000;
  private static final long COOKIE = 0x0123456789abcdefL;

  private final Answers answers = new Answers(new ClockPrecision(-24));

  private static NtpPacket request(int version) {
    return new NtpPacket(0, version, NtpPacket.MODE_CLIENT, 0, 6, 0, 0, 0, 0, 0, 0, 0, COOKIE);
  }

  @Test
  void theAnswerCarriesWhatTheServerKnows() {
    ServedTime served =
        new ServedTime(
            ClockStatus.SYNCHRONIZED, 1, 3, 0x0a000001, T2_NS - 500, 250_000_000, 1_000_000, 700);
    NtpPacket answer = answers.answer(request(4), Optional.of(served), T2_NS, T3_NS);
    assertThat(answer.leap()).isEqualTo(1);
    assertThat(answer.mode()).isEqualTo(NtpPacket.MODE_SERVER);
    assertThat(answer.stratum()).isEqualTo(3);
    assertThat(answer.poll()).isEqualTo(6);
    assertThat(answer.precision()).isEqualTo(-24);
    assertThat(answer.rootDelayNs()).isBetween(1_000_000L, 1_015_260L);
    assertThat(answer.rootDispersionNs()).isBetween(700L, 15_960L);
    assertThat(answer.referenceId()).isEqualTo(0x0a000001);
    assertThat(answer.origin()).isEqualTo(COOKIE);
    assertThat(NtpTimestamp.toUnixNs(answer.reference(), T2_NS))
        .isEqualTo(T2_NS - 500 + 250_000_000);
    assertThat(NtpTimestamp.toUnixNs(answer.receive(), T2_NS)).isEqualTo(T2_NS + 250_000_000);
    assertThat(NtpTimestamp.toUnixNs(answer.transmit(), T2_NS)).isEqualTo(T3_NS + 250_000_000);
  }

  @ParameterizedTest(name = "version {0}")
  @ValueSource(ints = {3, 4})
  void theVersionIsTheClients(int version) {
    assertThat(answers.answer(request(version), Optional.empty(), T2_NS, T3_NS).version())
        .isEqualTo(version);
    assertThat(answers.kissOfDeath(request(version)).version()).isEqualTo(version);
  }

  @Test
  void anUnsynchronizedServerSaysSo() {
    NtpPacket answer = answers.answer(request(4), Optional.empty(), T2_NS, T3_NS);
    assertThat(answer.leap()).isEqualTo(NtpPacket.LEAP_UNSYNCHRONIZED);
    assertThat(answer.stratum()).isZero();
    assertThat(answer.kissCode()).isEmpty();
    assertThat(answer.origin()).isEqualTo(COOKIE);
  }

  @Test
  void aKissOfDeathReturnsTheCookieAndNoTime() {
    NtpPacket kiss = answers.kissOfDeath(request(4));
    assertThat(kiss.kissCode()).contains("RATE");
    assertThat(kiss.leap()).isEqualTo(NtpPacket.LEAP_UNSYNCHRONIZED);
    assertThat(kiss.origin()).isEqualTo(COOKIE);
    assertThat(kiss.receive()).isEqualTo(COOKIE);
    assertThat(kiss.transmit()).isEqualTo(COOKIE);
  }

  @Test
  void aLocalClockIsItsOwnReference() {
    ClockPrecision precision = new ClockPrecision(-24);
    ServedTime primary =
        new LocalReference(1, precision).at(new Moment(T2_NS, T2_NS, 5, 0)).orElseThrow();
    assertThat(primary.referenceId()).isEqualTo(ReferenceId.of("LOCL"));
    ServedTime eighth =
        new LocalReference(8, precision).at(new Moment(T2_NS, T2_NS, 5, 0)).orElseThrow();
    assertThat(eighth.referenceId()).isEqualTo(0x7f7f0101);
    assertThat(eighth.stratum()).isEqualTo(8);
    assertThat(eighth.offsetNs()).isZero();
    assertThat(eighth.boundNs()).isEqualTo(60);
    assertThat(eighth.setNs()).isEqualTo(1_800_000_000_000_000_000L);
  }

  private static String kind(byte[] bytes) {
    return Request.of(ByteBuffer.wrap(bytes)).getClass().getSimpleName();
  }

  @ParameterizedTest(name = "first byte {0}")
  @ValueSource(ints = {0x00, 0x13, 0x2b, 0x21, 0x22, 0x24, 0x25, 0x16, 0x17, 0xff})
  void otherModesAndVersionsAreNoRequests(int firstByte) {
    byte[] bytes = new byte[48];
    bytes[0] = (byte) firstByte;
    assertThat(kind(bytes)).isEqualTo("NotFromClient");
  }

  @Test
  void requestsOfVersion3And4AreTakenWithAndWithoutExtensions() {
    assertThat(kind(request(3).bytes())).isEqualTo("FromClient");
    assertThat(kind(request(4).bytes())).isEqualTo("FromClient");
    assertThat(kind(Arrays.copyOf(request(4).bytes(), 68))).isEqualTo("FromClient");
    assertThat(kind(Arrays.copyOf(request(4).bytes(), 49))).isEqualTo("Malformed");
  }

  @Property
  void noBytesMakeTheServerThrow(@ForAll @Size(max = 120) byte[] bytes) {
    if (bytes.length < NtpPacket.SIZE_BYTES) {
      assertThat(kind(bytes)).isEqualTo("Malformed");
    }
    if (Request.of(ByteBuffer.wrap(bytes)) instanceof Request.FromClient(NtpPacket packet)) {
      assertThat(answers.answer(packet, Optional.empty(), T2_NS, T3_NS).bytes())
          .hasSizeLessThanOrEqualTo(bytes.length);
    }
  }
}
