package org.carillon.events.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  @Test
  void aPatternRepeatsAfterItsLastDelay() {
    Schedule schedule = Schedule.pattern(PatternText.parse("slow,fast,fast,medium"));
    assertThat(List.of(0L, 1L, 2L, 3L, 4L, 5L))
        .extracting(index -> schedule.offsetNs(index) / 1_000_000)
        .containsExactly(0L, 100L, 110L, 120L, 170L, 270L);
    assertThat(schedule.delayAfterNs(3)).isEqualTo(50_000_000);
    assertThat(schedule.delayAfterNs(4)).isEqualTo(100_000_000);
    assertThat(schedule.meanRateHz()).isCloseTo(4 / 0.17, Offset.offset(1e-9)); // rounding alone
  }

  @Property
  void noErrorAddsUpInAPatternOverAMillionEvents(
      @ForAll @Size(min = 1, max = 7) List<@LongRange(min = 0, max = 10_000_000_000L) Long> ns) {
    Schedule schedule = Schedule.pattern(ns.stream().map(Duration::ofNanos).toList());
    long dueNs = 0;
    for (int index = 0; index < 1_000; index++) {
      assertThat(schedule.offsetNs(index)).isEqualTo(dueNs);
      dueNs += ns.get(index % ns.size());
    }
    long cycles = 1_000_000 / ns.size();
    long cycleNs = ns.stream().mapToLong(Long::longValue).sum();
    assertThat(schedule.offsetNs(cycles * ns.size())).isEqualTo(cycles * cycleNs);
  }

  @Property
  void noErrorAddsUpAtAConstantRate(
      @ForAll @BigRange(min = "0.001", max = "1000000") @Scale(3) BigDecimal rate,
      @ForAll @LongRange(min = 0, max = 1_000_000) long index) {
    BigDecimal exactNs =
        BigDecimal.valueOf(index)
            .multiply(new BigDecimal("1e9"))
            .divide(rate, 12, RoundingMode.DOWN);
    assertThat(Schedule.rate(rate).offsetNs(index))
        .isEqualTo(exactNs.setScale(0, RoundingMode.FLOOR).longValueExact());
  }

  @Test
  void aThirdOfASecondIsStillExactAfterAMillionEvents() {
    Schedule schedule = Schedule.rate(new BigDecimal("3"));
    assertThat(schedule.offsetNs(1)).isEqualTo(333_333_333);
    assertThat(schedule.offsetNs(3_000_000)).isEqualTo(1_000_000_000_000_000L);
    assertThat(Schedule.rate(new BigDecimal("1E+1")).offsetNs(1)).isEqualTo(100_000_000);
  }

  @Test
  void aTargetDurationIsSharedByAllEvents() {
    Schedule schedule = Schedule.over(Duration.ofSeconds(1_800), 3_000);
    assertThat(schedule.delayAfterNs(0)).isEqualTo(600_000_000);
    assertThat(Schedule.over(Duration.ofNanos(10), 3).offsetNs(2)).isEqualTo(6);
    assertThat(Schedule.over(Duration.ofNanos(10), 3).offsetNs(3)).isEqualTo(10);
  }

  @Test
  void whatIsBeyondTheRangeOfALongIsRefused() {
    Schedule schedule = Schedule.pattern(List.of(Duration.ofDays(365)));
    BigInteger years = BigInteger.valueOf(292);
    assertThat(schedule.offsetNs(years.longValue())).isPositive();
    assertThatThrownBy(() -> schedule.offsetNs(293)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void nonsenseIsRefusedByName() {
    assertThatThrownBy(() -> PatternText.parse("slow,quick"))
        .hasMessageContaining("'quick'")
        .hasMessageContaining("very_slow");
    assertThatThrownBy(() -> PatternText.parse("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Schedule.rate(BigDecimal.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Schedule.over(Duration.ZERO, 5))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
