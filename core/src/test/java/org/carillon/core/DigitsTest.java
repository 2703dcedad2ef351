package org.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import org.junit.jupiter.api.Test;

class DigitsTest {

  private static final int AT = 3;

  /** Exactly the room that is promised to be enough, behind bytes that must stay. */
  private static final byte[] BYTES = new byte[AT + Digits.ROOM_BYTES];

  /** As many short numbers as long ones. */
  @Provide
  Arbitrary<Long> ofAnyLength() {
    return Arbitraries.longs()
        .withDistribution(RandomDistribution.uniform())
        .flatMap(value -> Arbitraries.integers().between(0, 63).map(shift -> value >> shift));
  }

  private static void check(long value) {
    assertThat(text(Digits.put(value, BYTES, AT))).isEqualTo(Long.toString(value));
    assertThat(text(Digits.putMilliseconds(value, BYTES, AT)))
        .isEqualTo(BigDecimal.valueOf(value, 6).toPlainString());
    assertThat(BYTES).startsWith(0, 0, 0);
  }

  private static String text(int end) {
    return new String(BYTES, AT, end - AT, StandardCharsets.US_ASCII);
  }

  @Property(tries = 5_000)
  void areThoseOfTheLibrary(@ForAll("ofAnyLength") long value) {
    check(value);
  }

  @Test
  void areThoseOfTheLibraryAroundEveryPowerOfTen() {
    for (long power = 1; power > 0 && power < Long.MAX_VALUE / 10; power *= 10) {
      for (long value : new long[] {power - 1, power, power + 1, 9 * power, 5 * power - 1}) {
        check(value);
        check(-value);
      }
    }
    LongStream.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE, Integer.MIN_VALUE)
        .forEach(DigitsTest::check);
  }

  @Test
  void everyGroupOfFourDigitsIsRight() {
    for (int value = 0; value < 10_000; value++) {
      check(value * 10_000L + 9_999 - value);
    }
  }
}
