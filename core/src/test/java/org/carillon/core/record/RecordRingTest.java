package org.carillon.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RecordRingTest {

  private static final int LONGS = 3;

  private final RecordRing ring = new RecordRing(4, LONGS);

  private void put(RecordRing into, long value) {
    int at = into.claim();
    into.values()[at] = value;
    into.values()[at + LONGS - 1] = -value;
  }

  private List<Long> takeAll() {
    List<Long> taken = new ArrayList<>();
    while (ring.hasNext()) {
      taken.add(ring.values()[ring.at()]);
      ring.take();
    }
    return taken;
  }

  @Test
  void whatIsClaimedIsSeenOnceItIsPublished() {
    put(ring, 1);
    put(ring, 2);
    assertThat(ring.hasNext()).isFalse();
    assertThat(ring.waiting()).isZero();
    ring.publish();
    put(ring, 3);
    assertThat(ring.waiting()).isEqualTo(2);
    assertThat(takeAll()).containsExactly(1L, 2L);
    ring.publish();
    assertThat(takeAll()).containsExactly(3L);
  }

  @Test
  void aFullRingHasRoomAgainOnceTakenPlacesAreGivenBack() {
    for (int round = 0; round < 10; round++) {
      for (long value = 0; value < 4; value++) {
        put(ring, value);
      }
      ring.publish();
      assertThat(ring.claim()).isEqualTo(-1);
      assertThat(takeAll()).hasSize(4);
      assertThat(ring.claim()).isEqualTo(-1);
      ring.release();
      assertThat(ring.waiting()).isZero();
    }
  }

  @Test
  void aNoteGoesWithItsRecordAndWithNoOther() {
    for (int round = 0; round < 3; round++) {
      put(ring, 1);
      put(ring, 2);
      ring.note("of the second");
      put(ring, 3);
      ring.publish();
      assertThat(ring.hasNext()).isTrue();
      assertThat(ring.note()).isNull();
      ring.take();
      assertThat(ring.note()).isEqualTo("of the second");
      ring.take();
      assertThat(ring.note()).isNull();
      ring.take();
      ring.release();
    }
  }

  @Test
  void onlyPowersOfTwoCanBePlaces() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RecordRing(3, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new RecordRing(0, 1));
  }

  /** In batches of every size; a record that is seen too early or overwritten breaks the order. */
  @Test
  void betweenTwoThreadsNothingIsLostTornOrOutOfOrder() {
    long count = 3_000_000;
    RecordRing shared = new RecordRing(1 << 10, LONGS);
    CompletableFuture<Void> producer =
        CompletableFuture.runAsync(
            () -> {
              long next = 1;
              while (next <= count) {
                int at = shared.claim();
                if (at < 0) {
                  shared.publish();
                  Thread.yield();
                  continue;
                }
                shared.values()[at] = next;
                shared.values()[at + LONGS - 1] = -next;
                if (next % 1_000 == 0) {
                  shared.note(next);
                }
                if (next % (next % 61 + 1) == 0) {
                  shared.publish();
                }
                next++;
              }
              shared.publish();
            });
    long expected = 1;
    while (expected <= count) {
      while (shared.hasNext()) {
        int at = shared.at();
        long[] values = shared.values();
        Object note = shared.note();
        // Compared without the library, which would take most of the time.
        if (values[at] != expected
            || values[at + LONGS - 1] != -expected
            || (note == null) != (expected % 1_000 != 0)
            || note != null && (long) note != expected) {
          throw new AssertionError(expected + " came as " + values[at] + " with " + note);
        }
        shared.take();
        if (expected % 7 == 0) {
          shared.release();
        }
        expected++;
      }
      shared.release();
      Thread.yield();
    }
    producer.join();
    assertThat(shared.hasNext()).isFalse();
    assertThat(shared.waiting()).isZero();
  }
}
