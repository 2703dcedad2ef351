package org.carillon.ntp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NtpTimestampTest {

  private static final long NOW_NS = 1_800_000_000_000_000_000L;
  private static final long YEARS_60_NS = 60 * 365 * 86_400L * 1_000_000_000L;

  private static long unixNs(String instant) {
    Instant parsed = Instant.parse(instant);
    return parsed.getEpochSecond() * 1_000_000_000L + parsed.getNano();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // RFC 5905 figure 4, "Interesting Historic NTP Dates": seconds within their era.
    "1970-01-01T00:00:00Z, 2208988800",
    "1972-01-01T00:00:00Z, 2272060800",
    "1999-12-31T00:00:00Z, 3155587200",
    "2036-02-08T00:00:00Z, 63104",
  })
  void agreesWithTheDatesOfTheRfc(String instant, long seconds) {
    assertThat(NtpTimestamp.fromUnixNs(unixNs(instant)) >>> 32).isEqualTo(seconds);
    assertThat(NtpTimestamp.toUnixNs(seconds << 32, unixNs(instant) + 12_345))
        .isEqualTo(unixNs(instant));
  }

  @Property
  void aNanosecondComesBackUnchanged(
      @ForAll @LongRange(min = -NOW_NS, max = 4 * NOW_NS) long unixNs,
      @ForAll @LongRange(min = -YEARS_60_NS, max = YEARS_60_NS) long awayNs) {
    assertThat(NtpTimestamp.toUnixNs(NtpTimestamp.fromUnixNs(unixNs), unixNs + awayNs))
        .isEqualTo(unixNs);
  }

  @Property
  void theFractionIsTheNearestOne(@ForAll @LongRange(min = 0, max = 999_999_999) long ns) {
    long fraction = NtpTimestamp.fromUnixNs(NOW_NS + ns) & 0xFFFF_FFFFL;
    BigDecimal errorNs =
        new BigDecimal(BigInteger.valueOf(fraction))
            .multiply(BigDecimal.valueOf(1_000_000_000))
            .divide(BigDecimal.valueOf(1L << 32))
            .subtract(BigDecimal.valueOf(ns));
    // Half a unit: 10⁹/2³³ ns.
    assertThat(errorNs.abs()).isLessThanOrEqualTo(new BigDecimal("0.1165"));
  }

  @Property
  void anyTimestampBecomesTheNearestMoment(@ForAll long ntp) {
    long nearestNs = NtpTimestamp.toUnixNs(ntp, NOW_NS);
    long halfEraNs = (1L << 31) * 1_000_000_000L;
    assertThat(Math.abs(nearestNs - NOW_NS)).isLessThanOrEqualTo(halfEraNs + 1_000_000_000L);
  }

  @Test
  void timeGoesOnAcrossTheEndOfTheEra() {
    long endNs = unixNs("2036-02-07T06:28:16Z");
    long before = NtpTimestamp.fromUnixNs(endNs - 1);
    long after = NtpTimestamp.fromUnixNs(endNs);
    assertThat(after).isZero();
    assertThat(NtpTimestamp.toUnixNs(before, endNs)).isEqualTo(endNs - 1);
    assertThat(NtpTimestamp.toUnixNs(after, endNs - Duration.ofDays(3).toNanos())).isEqualTo(endNs);
  }
}
