package org.carillon.events.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ArrivalRingTest {

  private static final int PLACES = 8;

  @Property(tries = 200)
  void itIsAQueueThatTakesNoMoreThanItHasPlacesFor(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ArrivalRing ring = new ArrivalRing(PLACES);
    ArrayDeque<Long> queue = new ArrayDeque<>();
    for (long id = 1; id < 200; id++) {
      if (random.nextInt(5) < 3) {
        assertThat(ring.offer(id, -id)).isEqualTo(queue.size() < PLACES);
        if (queue.size() < PLACES) {
          queue.add(id);
        }
      } else if (!queue.isEmpty()) {
        assertThat(ring.eventId()).isEqualTo(queue.peek());
        assertThat(ring.monotonicNs()).isEqualTo(-queue.remove());
        ring.take();
      }
      assertThat(ring.isEmpty()).isEqualTo(queue.isEmpty());
    }
    assertThat(ring.takeAll()).isEqualTo(queue.size());
    assertThat(ring.takeAll()).isZero();
    assertThat(ring.isEmpty()).isTrue();
  }

  @Test
  void whatOneThreadAddsAnotherTakesInOrderAndWhole() throws InterruptedException {
    int arrivals = 200_000;
    ArrivalRing ring = new ArrivalRing(PLACES);
    Thread receiving =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (long id = 1; id <= arrivals; id++) {
                    while (!ring.offer(id, 3 * id)) {
                      Thread.yield();
                    }
                  }
                });
    for (long id = 1; id <= arrivals; id++) {
      while (ring.isEmpty()) {
        Thread.yield();
      }
      assertThat(ring.eventId() == id && ring.monotonicNs() == 3 * id)
          .as("arrival %s", id)
          .isTrue();
      ring.take();
    }
    receiving.join();
  }
}
