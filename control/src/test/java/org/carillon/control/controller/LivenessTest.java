package org.carillon.control.controller;

import static org.assertj.core.api.Assertions.assertThat;

import org.carillon.control.controller.Liveness.Silence;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LivenessTest {

  private static final long BEGIN_NS = 5_000;

  private final Liveness liveness = new Liveness();
  private long nowNs = BEGIN_NS;

  @BeforeEach
  void heard() {
    liveness.heard(nowNs);
  }

  @Test
  void isFineForTenSecondsWithoutAWord() {
    nowNs += Liveness.SILENCE_NS - 1;
    assertThat(liveness.watch(nowNs)).isEqualTo(Silence.NONE);
    assertThat(liveness.trouble()).isEmpty();
    assertThat(liveness.watch(nowNs + 1)).isEqualTo(Silence.ASK);
    assertThat(liveness.trouble()).hasValue("silent, 1 pings unanswered");
  }

  @Test
  void isAskedThreeTimesWithTimeToAnswerEachAndThenDead() {
    nowNs += Liveness.SILENCE_NS;
    for (int i = 1; i <= Liveness.PINGS; i++) {
      assertThat(liveness.watch(nowNs)).isEqualTo(Silence.ASK);
      assertThat(liveness.ping(nowNs)).isEqualTo(i);
      nowNs += Liveness.PING_DEADLINE_NS - 1;
      assertThat(liveness.watch(nowNs)).isEqualTo(Silence.NONE);
      nowNs++;
    }
    assertThat(liveness.watch(nowNs)).isEqualTo(Silence.DEAD);
    assertThat(liveness.complaint(nowNs))
        .isEqualTo("it is silent: nothing for 25 s, and 3 pings unanswered");
  }

  @Test
  void anyWordEndsTheSilence() {
    nowNs += Liveness.SILENCE_NS;
    assertThat(liveness.watch(nowNs)).isEqualTo(Silence.ASK);
    liveness.heard(nowNs);
    assertThat(liveness.trouble()).isEmpty();
    assertThat(liveness.watch(nowNs + Liveness.SILENCE_NS - 1)).isEqualTo(Silence.NONE);
  }

  @Test
  void itsRoundTripIsThatOfTheLastPing() {
    long old = liveness.ping(nowNs);
    long last = liveness.ping(nowNs + 10);
    assertThat(liveness.answered(old, nowNs + 20)).isFalse();
    assertThat(liveness.roundTripNs()).isEmpty();
    assertThat(liveness.answered(last, nowNs + 50)).isFalse();
    assertThat(liveness.roundTripNs()).hasValue(40);
  }

  @Test
  void theAnswerToAPingThatOpenedAStreamIsWorthAnother() {
    long opening = liveness.openingPing(nowNs);
    assertThat(liveness.answered(opening, nowNs + 70)).isTrue();
    assertThat(liveness.roundTripNs()).hasValue(70);
    long next = liveness.ping(nowNs + 70);
    assertThat(liveness.answered(opening, nowNs + 80)).isFalse();
    assertThat(liveness.answered(next, nowNs + 75)).isFalse();
    assertThat(liveness.roundTripNs()).hasValue(5);
  }
}
