package org.carillon.core.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultPlanTest {

  private static FaultPlan parse(String... texts) {
    return FaultPlan.parse(List.of(texts), new SplittableRandom(1));
  }

  @Test
  void everyFaultIsReadAndWrittenBack() {
    String text =
        "clock-skew=-5ms,clock-step=3ms@10s,clock-step=-1us@0s,clock-drift=-20.5ppm@1m,loss=1%,"
            + "delay=2ms..5ms,duplicate=0.5%,reorder=100%,die-at-event=500,stall-control=15s@10s,"
            + "slow-disk=50ms,seed=7";
    FaultPlan plan = parse(text);
    assertThat(plan.faults())
        .containsExactly(
            new Fault.ClockSkew(-5_000_000),
            new Fault.ClockStep(3_000_000, Duration.ofSeconds(10)),
            new Fault.ClockStep(-1_000, Duration.ZERO),
            new Fault.ClockDrift(new BigDecimal("-20.5"), Duration.ofMinutes(1)),
            new Fault.Loss(new Share(BigDecimal.ONE)),
            new Fault.Delay(Duration.ofMillis(2), Duration.ofMillis(5)),
            new Fault.Duplicate(new Share(new BigDecimal("0.5"))),
            new Fault.Reorder(new Share(new BigDecimal(100))),
            new Fault.DieAtEvent(500),
            new Fault.StallControl(Duration.ofSeconds(15), Duration.ofSeconds(10)),
            new Fault.SlowDisk(Duration.ofMillis(50)));
    assertThat(plan.seed()).isEqualTo(7);
    assertThat(plan.text()).isEqualTo(text);
    assertThat(parse(plan.text())).isEqualTo(plan);
  }

  @Test
  void severalTextsAreOnePlanAndBlanksDoNotMatter() {
    assertThat(parse("loss=1%, seed=3", " delay = 2ms"))
        .isEqualTo(parse("loss=1%,delay=2ms,seed=3"));
  }

  @Test
  void aShortFormIsWrittenOutInFull() {
    assertThat(parse("clock-drift=20ppm,loss=1.50%,delay=1000us,seed=1").text())
        .isEqualTo("clock-drift=20ppm@0s,loss=1.5%,delay=1ms,seed=1");
  }

  @Test
  void withoutASeedOneIsDrawnAndStandsInTheText() {
    FaultPlan plan = FaultPlan.parse(List.of("loss=1%"), new SplittableRandom(5));
    assertThat(plan.seed()).isPositive();
    assertThat(plan.text()).isEqualTo("loss=1%,seed=" + plan.seed());
    assertThat(FaultPlan.parse(List.of("loss=1%"), new SplittableRandom(6)).seed())
        .isNotEqualTo(plan.seed());
  }

  @Test
  void noPlanIsAnEmptyText() {
    assertThat(FaultPlan.NONE.isEmpty()).isTrue();
    assertThat(FaultPlan.NONE.text()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "los=1% | 'los' is no fault that can be injected; did you mean 'loss'?",
        "clockskew=1ms | did you mean 'clock-skew'?",
        "sed=1 | did you mean 'seed'?",
        "earthquake=9 | there are clock-skew, clock-step,",
        "\"\" | '' is no fault that can be injected",
        "loss=1%, | '' is no fault that can be injected",
        "seed=7 | no fault is named: write one such as loss=1%",
        "loss=1%,seed=x | 'x' is not a seed: write a whole number",
        "loss=1%,seed=1,seed=1 | the seed of the faults is given twice",
        "loss=1%,loss=2% | loss is given twice",
        "loss=1 | loss: '1' is not a share: write a percentage such as 1% or 0.5%",
        "loss=0% | loss: 0% is not a share: it must be above 0% and at most 100%; write loss=1%",
        "loss=100.1% | must be above 0% and at most 100%",
        "loss=-1% | '-1%' is not a share",
        "loss=1%@3s | loss takes no @TIME: write loss=1%",
        "loss | loss: '' is not a share",
        "clock-skew=5 | clock-skew: '5' is not a duration",
        "clock-skew=0s | clock-skew: a clock's error must not be 0",
        "clock-skew=9000d | nor longer than a year",
        "clock-step=3ms | clock-step needs a time after an @: write clock-step=3ms@10s",
        "clock-step=3ms@ | clock-step: '' is not a duration",
        "clock-step=3ms@-1s | clock-step: '-1s' must not be negative",
        "clock-step=3ms@1s@2s | clock-step: '1s@2s' is not a duration",
        "clock-drift=20 | clock-drift: '20' is not a frequency error; write clock-drift=20ppm",
        "clock-drift=0ppm | clock-drift: 0ppm is no drift",
        "clock-drift=200000ppm | nor beyond 100000",
        "delay=5ms..2ms | delay: a delay must be above 0, such as 2ms, or a range that rises",
        "delay=0s | a delay must be above 0",
        "delay=2ms..3ms..4ms | '3ms..4ms' is not a duration",
        "delay=2m | delay: a delay of 2m is too long: at most 1m",
        "die-at-event=0 | die-at-event: events count from 1; there is no event 0",
        "die-at-event=-5 | '-5' is not the number of an event",
        "die-at-event=99999999999999999999 | is not the number of an event",
        "stall-control=15s | stall-control needs a time after an @",
        "stall-control=0s@1s | stall-control: a stall must be longer than 0",
        "slow-disk=0s | slow-disk: a slow disk must take longer than 0",
        "slow-disk=11s | slow-disk: a write of 11s is too long: at most 10s",
      })
  void aFaultyTextIsRefusedInASentenceThatNamesThePart(String text, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(text))
        .withMessageContaining(sentence);
  }

  @Test
  void garbageIsRefusedInAShortSentenceAndNeverByAnotherException() {
    Random random = new Random(11);
    String letters = "abclosdeyk-=%@.,0123456789ms ppm\u00b5\u0000\ud83d\ude00";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      if (random.nextBoolean()) {
        text.append(FaultKind.values()[random.nextInt(10)].word()).append('=');
      }
      for (int i = random.nextInt(40); i > 0; i--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      try {
        FaultPlan plan = parse(text.toString());
        assertThat(parse(plan.text())).isEqualTo(plan);
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(400);
      }
    }
  }

  @Test
  void anEndlessTextIsQuotedInPart() {
    assertThatThrownBy(() -> parse("x".repeat(1_000_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .hasSizeLessThan(400);
  }
}
