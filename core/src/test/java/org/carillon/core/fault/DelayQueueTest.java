package org.carillon.core.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DelayQueueTest {

  // Monotonic times may be near the overflow.
  private static final long ORIGIN_NS = Long.MAX_VALUE - 50;

  private final DelayQueue<String> queue = new DelayQueue<>(ORIGIN_NS);

  private List<String> drainAt(long ns) {
    List<String> things = new ArrayList<>();
    Optional<String> thing;
    while ((thing = queue.poll(ORIGIN_NS + ns)).isPresent()) {
      things.add(thing.get());
    }
    return things;
  }

  @Test
  void thingsComeWhenTheyAreDueInThatOrderAndTiesInTheOrderTheyCame() {
    queue.add("late", ORIGIN_NS + 100);
    queue.add("early", ORIGIN_NS + 20);
    queue.add("early, too", ORIGIN_NS + 20);
    assertThat(queue.nextNs()).hasValue(ORIGIN_NS + 20);
    assertThat(drainAt(19)).isEmpty();
    assertThat(drainAt(20)).containsExactly("early", "early, too");
    assertThat(queue.nextNs()).hasValue(ORIGIN_NS + 100);
    assertThat(drainAt(1_000)).containsExactly("late");
    assertThat(queue.nextNs()).isEmpty();
  }

  @Test
  void whatIsHeldBackComesRightAfterTheNext() {
    assertThat(queue.hold("1", ORIGIN_NS)).isTrue();
    assertThat(drainAt(10)).isEmpty();
    queue.add("2", ORIGIN_NS + 10);
    queue.add("3", ORIGIN_NS + 20);
    assertThat(drainAt(20)).containsExactly("2", "1", "3");
  }

  @Test
  void ifAllAreHeldBackTheyChangePlacesInPairs() {
    for (int i = 1; i <= 6; i++) {
      assertThat(queue.hold(String.valueOf(i), ORIGIN_NS + i)).isEqualTo(i % 2 == 1);
    }
    assertThat(drainAt(10)).containsExactly("2", "1", "4", "3", "6", "5");
  }

  @Test
  void aCopyOvertakesNothing() {
    queue.hold("1", ORIGIN_NS);
    queue.addCopy("copy of 1", ORIGIN_NS);
    assertThat(drainAt(1)).containsExactly("copy of 1");
    queue.add("2", ORIGIN_NS + 2);
    assertThat(drainAt(2)).containsExactly("2", "1");
  }

  @Test
  void theLastOneIsNotHeldBackForEver() {
    queue.hold("last", ORIGIN_NS + 5);
    assertThat(queue.size()).isEqualTo(1);
    assertThat(queue.nextNs()).hasValue(ORIGIN_NS + 5 + DelayQueue.HOLD_NS_MAX);
    assertThat(drainAt(4 + DelayQueue.HOLD_NS_MAX)).isEmpty();
    assertThat(drainAt(5 + DelayQueue.HOLD_NS_MAX)).containsExactly("last");
    assertThat(queue.size()).isZero();
  }

  @Test
  void whatIsHeldBackAndDelayedMoreThanTheNextKeepsItsDelay() {
    queue.hold("slow", ORIGIN_NS + 100);
    queue.add("fast", ORIGIN_NS + 10);
    assertThat(drainAt(99)).containsExactly("fast");
    assertThat(drainAt(100)).containsExactly("slow");
  }
}
