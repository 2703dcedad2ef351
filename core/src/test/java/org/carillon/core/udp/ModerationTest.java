package org.carillon.core.udp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModerationTest {

  private static final long NOW_NS = 5;

  private final Moderation moderation = new Moderation(NOW_NS);

  @Test
  void theFirstDatagramBeginsNoRest() {
    moderation.fetched(1, NOW_NS);

    assertThat(moderation.rests()).isFalse();
  }

  @Test
  void datagramsThatComeSlowlyAreFetchedAtOnce() {
    for (int i = 0; i < 10; i++) {
      moderation.fetched(1, NOW_NS + i * Moderation.QUICK_NS);
      assertThat(moderation.rests()).isFalse();
    }
  }

  @Test
  void datagramsThatComeQuicklyAreLetGather() {
    moderation.fetched(1, NOW_NS);
    moderation.fetched(1, NOW_NS + Moderation.QUICK_NS - 1);

    assertThat(moderation.rests()).isTrue();
  }

  @Test
  void restingGoesOnHoweverLateTheThreadWakesAsLongAsMoreThanOneHasComeMeanwhile() {
    moderation.fetched(1, NOW_NS);
    moderation.fetched(1, NOW_NS + 1);
    long lateNs = NOW_NS + 100 * Moderation.QUICK_NS;
    moderation.fetched(2, lateNs);
    assertThat(moderation.rests()).isTrue();

    moderation.fetched(1, lateNs + 1);
    assertThat(moderation.rests()).isFalse();
  }

  @Test
  void aFetchThatBringsNothingEndsIt() {
    moderation.fetched(1, NOW_NS);
    moderation.fetched(1, NOW_NS + 1);
    moderation.fetched(0, NOW_NS + 2);

    assertThat(moderation.rests()).isFalse();
  }
}
