package org.carillon.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.carillon.core.time.KernelClock.Flag;
import org.carillon.core.time.KernelClock.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelClockTest {

  private static ByteBuffer timex() {
    return ByteBuffer.allocate(KernelClock.BYTES)
        .order(ByteOrder.nativeOrder())
        .putLong(KernelClock.TICK, 10_000);
  }

  @Test
  void aClockThatADaemonSteersInNanosecondsIsRead() {
    ByteBuffer timex =
        timex()
            .putLong(KernelClock.OFFSET, -1_234)
            .putLong(KernelClock.FREQUENCY, -(3 << 16) - (1 << 15))
            .putLong(KernelClock.MAX_ERROR, 1_500)
            .putLong(KernelClock.ESTIMATED_ERROR, 20)
            .putInt(KernelClock.STATUS, 0x2001)
            .putLong(KernelClock.TICK, 10_001)
            .putInt(KernelClock.TAI, 37);

    KernelClock clock = KernelClock.decode(0, timex);

    assertThat(clock.state()).isEqualTo(State.OK);
    assertThat(clock.flags()).containsExactlyInAnyOrder(Flag.PLL, Flag.NANO);
    assertThat(clock.isSynchronized()).isTrue();
    assertThat(clock.offsetNs()).isEqualTo(-1_234);
    assertThat(clock.frequencyPpm()).isEqualTo(-3.5);
    assertThat(clock.correctionPpm()).isEqualTo(96.5);
    assertThat(clock.maxErrorNs()).isEqualTo(1_500_000);
    assertThat(clock.estimatedErrorNs()).isEqualTo(20_000);
    assertThat(clock.taiOffsetS()).isEqualTo(37);
  }

  @Test
  void withoutTheFlagNanoTheOffsetIsInMicroseconds() {
    assertThat(KernelClock.decode(0, timex().putLong(KernelClock.OFFSET, 5)).offsetNs())
        .isEqualTo(5_000);
  }

  /** As `adjtimex` answered on a Linux 6.18 virtual machine, x86-64, whose clock nobody steers. */
  @Test
  void theAnswerOfARealKernelIsRead() {
    ByteBuffer timex =
        ByteBuffer.wrap(
                HexFormat.of()
                    .parseHex(
                        "0000000000000000" // modes
                            + "0000000000000000" // offset
                            + "0000000000000000" // frequency
                            + "0024f40000000000" // maximum error
                            + "0024f40000000000" // estimated error
                            + "4000000000000000" // status
                            + "0200000000000000" // constant
                            + "0100000000000000" // precision
                            + "0000f40100000000" // tolerance
                            + "f97a026b00000000" // seconds
                            + "941c010000000000" // microseconds
                            + "1027000000000000" // tick
                            + "00".repeat(112)))
            .order(ByteOrder.LITTLE_ENDIAN);

    KernelClock clock = KernelClock.decode(5, timex);

    assertThat(timex.capacity()).isEqualTo(KernelClock.BYTES);
    assertThat(clock.state()).isEqualTo(State.ERROR);
    assertThat(clock.flags()).containsExactly(Flag.UNSYNC);
    assertThat(clock.isSynchronized()).isFalse();
    assertThat(clock.maxErrorNs()).isEqualTo(16_000_000_000L);
    assertThat(clock.tickUs()).isEqualTo(10_000);
    assertThat(clock.correctionPpm()).isZero();
  }

  @Test
  void theFlagAloneMakesItUnsynchronized() {
    ByteBuffer timex = timex().putInt(KernelClock.STATUS, 0x40);
    assertThat(KernelClock.decode(0, timex).isSynchronized()).isFalse();
  }

  @Test
  void everyBitHasItsName() {
    ByteBuffer timex = timex().putInt(KernelClock.STATUS, 0xffff);
    assertThat(KernelClock.decode(0, timex).flags()).containsExactlyInAnyOrder(Flag.values());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 6, Integer.MAX_VALUE})
  void aStateThatDoesNotExistIsRefused(int state) {
    assertThatThrownBy(() -> KernelClock.decode(state, timex()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Where it answers, it does so about this machine's clock, and twice alike. */
  @Test
  void thisKernelAnswersInRangeOrNotAtAll() {
    KernelClock.read()
        .ifPresent(
            clock -> {
              assertThat(clock.tickUs()).isBetween(9_000L, 11_000L);
              assertThat(clock.frequencyPpm()).isCloseTo(0, within(500.0));
              assertThat(clock.maxErrorNs()).isBetween(0L, 20_000_000_000L);
              assertThat(KernelClock.read())
                  .map(KernelClock::taiOffsetS)
                  .hasValue(clock.taiOffsetS());
            });
  }
}
