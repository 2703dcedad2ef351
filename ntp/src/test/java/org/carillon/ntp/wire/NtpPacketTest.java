package org.carillon.ntp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NtpPacketTest {

  /** Written by hand after the figure in RFC 5905 §7.3: one field or timestamp a line. */
  private static final String ANSWER =
      "240800e6"
          + "00000000"
          + "00000000"
          + "7f7f0101"
          + "ed0102030000000a"
          + "0123456789abcdef"
          + "ed01020480000000"
          + "ed01020480010000";

  private static NtpPacket parse(String hex) {
    return NtpPacket.parse(ByteBuffer.wrap(HexFormat.of().parseHex(hex))).orElseThrow();
  }

  @Test
  void readsTheFieldsWhereTheRfcPutsThem() {
    assertThat(parse(ANSWER))
        .isEqualTo(
            new NtpPacket(
                0,
                4,
                4,
                8,
                0,
                -26,
                0,
                0,
                0x7f7f0101,
                0xed0102030000000aL,
                0x0123456789abcdefL,
                0xed01020480000000L,
                0xed01020480010000L));
  }

  @Test
  void theRequestOfAVersion3ClientIsRead() {
    NtpPacket packet = parse("1b" + "00".repeat(47));
    assertThat(packet.version()).isEqualTo(3);
    assertThat(packet.mode()).isEqualTo(NtpPacket.MODE_CLIENT);
  }

  @Test
  void aRequestTellsNothingButItsCookie() {
    assertThat(HexFormat.of().formatHex(NtpPacket.request(0x1122334455667788L).bytes()))
        .isEqualTo("23" + "00".repeat(39) + "1122334455667788");
  }

  @Property
  void noBytesMakeTheParserThrowAndWhatItReadsItWritesBack(@ForAll @Size(max = 100) byte[] bytes) {
    var packet = NtpPacket.parse(ByteBuffer.wrap(bytes));
    if (bytes.length < NtpPacket.SIZE_BYTES) {
      assertThat(packet).isEmpty();
    } else {
      assertThat(packet.orElseThrow().bytes())
          .isEqualTo(Arrays.copyOf(bytes, NtpPacket.SIZE_BYTES));
    }
  }

  @Property
  void everyDerivedValueOfGarbageIsAValue(@ForAll @Size(48) byte[] bytes) {
    NtpPacket packet = NtpPacket.parse(ByteBuffer.wrap(bytes)).orElseThrow();
    assertThat(packet.rootDelayNs()).isNotNegative();
    assertThat(packet.rootDispersionNs()).isNotNegative();
    assertThat(packet.precisionNs()).isBetween(1L, 1_000_000_000L);
    assertThat(packet.kissCode()).isNotNull();
  }

  @Test
  void aKissCodeIsFourLettersAtStratum0() {
    String rate = "24000000" + "00".repeat(8) + "52415445" + "00".repeat(32);
    assertThat(parse(rate).kissCode()).contains("RATE");
    assertThat(parse(rate.replaceFirst("2400", "2401")).kissCode()).isEmpty();
    assertThat(parse("24000000" + "00".repeat(44)).kissCode()).isEmpty();
  }

  @Test
  void aFieldThatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> new NtpPacket(4, 4, 4, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NtpPacket(0, 4, 4, 256, 0, 0, 0, 0, 0, 0, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NtpPacket(0, 4, 4, 1, 0, 128, 0, 0, 0, 0, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
