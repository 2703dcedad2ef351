package org.carillon.core.udp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModerationTest {

  private static final long START_NS = Long.MAX_VALUE - 5;

  private final Moderation moderation = new Moderation(START_NS);
  private long nowNs = START_NS;

  private boolean restsAfter(int count, long afterNs) {
    nowNs += afterNs;
    moderation.fetched(count, nowNs);
    return moderation.rests();
  }

  @Test
  void nobodyRestsBeforeAnythingHasCome() {
    assertThat(moderation.rests()).isFalse();
  }

  @Test
  void datagramsThatComeSlowlyAreFetchedAtOnce() {
    for (int i = 0; i < 10; i++) {
      assertThat(restsAfter(1, Moderation.QUICK_NS)).isFalse();
    }
  }

  @Test
  void datagramsThatComeQuicklyAreLetGather() {
    assertThat(restsAfter(1, Moderation.QUICK_NS - 1)).isTrue();
    assertThat(restsAfter(20, 20 * Moderation.QUICK_NS - 1)).isTrue();
    assertThat(restsAfter(20, 20 * Moderation.QUICK_NS)).isFalse();
  }

  @Test
  void aFetchThatBringsNothingEndsIt() {
    assertThat(restsAfter(1, 1)).isTrue();
    assertThat(restsAfter(0, 0)).isFalse();
  }

  @Test
  void timeInWhichNothingCameCountsToo() {
    restsAfter(1, 1);
    restsAfter(0, Moderation.QUICK_NS - 1);

    assertThat(restsAfter(1, 1)).isFalse();
  }
}
