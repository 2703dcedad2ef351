package org.carillon.events.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.carillon.events.receive.EventAccounting.Verdict;
import org.junit.jupiter.api.Test;

class EventAccountingTest {

  private static final OptionalLong RUN = OptionalLong.of(7);
  private static final OptionalLong OTHER_RUN = OptionalLong.of(8);
  private static final OptionalLong NO_RUN = OptionalLong.empty();

  /** What happens on networks: mostly in order, with jumps, repetitions and far outliers. */
  @Provide
  Arbitrary<List<Long>> arrivals() {
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(10, Arbitraries.longs().between(1, 40)),
            net.jqwik.api.Tuple.of(3, Arbitraries.longs().between(1, 400)),
            net.jqwik.api.Tuple.of(1, Arbitraries.longs().between(1, 1L << 40)))
        .list()
        .ofMaxSize(120);
  }

  @Property
  void theCountsAreThoseOfAListThatForgetsNothing(@ForAll("arrivals") List<Long> ids) {
    EventAccounting accounting = new EventAccounting(RUN);
    Set<Long> seen = new HashSet<>();
    long highest = 0;
    long duplicates = 0;
    long outOfOrder = 0;
    for (long id : ids) {
      boolean first = seen.add(id);
      assertThat(accounting.event(RUN, id)).isEqualTo(first ? Verdict.FIRST : Verdict.REPEATED);
      duplicates += first ? 0 : 1;
      outOfOrder += first && id < highest ? 1 : 0;
      highest = Math.max(highest, id);
    }
    EventCounts counts = accounting.counts();
    assertThat(counts.received()).isEqualTo(ids.size());
    assertThat(counts.duplicates()).isEqualTo(duplicates);
    assertThat(counts.outOfOrder()).isEqualTo(outOfOrder);
    assertThat(counts.highestEventId()).isEqualTo(highest);
    assertThat(counts.missing()).isEqualTo(highest - seen.size());
    assertThat(counts.undecided()).isZero();
  }

  @Property
  void withLittleMemoryNothingIsCalledWhatItIsNot(@ForAll("arrivals") List<Long> ids) {
    EventAccounting accounting = new EventAccounting(RUN, 3);
    Set<Long> seen = new HashSet<>();
    long firsts = 0;
    for (long id : ids) {
      long undecided = accounting.counts().undecided();
      Verdict verdict = accounting.event(RUN, id);
      boolean first = seen.add(id);
      if (accounting.counts().undecided() == undecided) {
        assertThat(verdict).isEqualTo(first ? Verdict.FIRST : Verdict.REPEATED);
        firsts += first ? 1 : 0;
      }
    }
    EventCounts counts = accounting.counts();
    assertThat(counts.received()).isEqualTo(ids.size());
    assertThat(firsts + counts.duplicates() + counts.undecided()).isEqualTo(ids.size());
    assertThat(counts.missing()).isEqualTo(counts.highestEventId() - firsts);
  }

  @Test
  void gapsCloseWhenTheMissingEventsCome() {
    EventAccounting accounting = new EventAccounting(RUN);
    LongStream.of(1, 2, 5, 9).forEach(id -> accounting.event(RUN, id));
    assertThat(accounting.counts().missing()).isEqualTo(5);
    LongStream.of(3, 4, 8, 6, 7).forEach(id -> accounting.event(RUN, id));
    assertThat(accounting.counts().missing()).isZero();
    assertThat(accounting.counts().outOfOrder()).isEqualTo(5);
    assertThat(accounting.event(RUN, 10)).isEqualTo(Verdict.FIRST);
    assertThat(accounting.event(RUN, 7)).isEqualTo(Verdict.REPEATED);
  }

  @Test
  void anotherRunIsForeignUnlessNoneWasNamed() {
    EventAccounting one = new EventAccounting(RUN);
    assertThat(one.event(OTHER_RUN, 1)).isEqualTo(Verdict.FOREIGN);
    assertThat(one.event(NO_RUN, 1)).isEqualTo(Verdict.FIRST);
    assertThat(one.event(RUN, 1)).isEqualTo(Verdict.REPEATED);
    assertThat(one.event(RUN, 2)).isEqualTo(Verdict.FIRST);
    assertThat(one.counts().foreign()).isEqualTo(1);
    assertThat(one.counts().received()).isEqualTo(3);
    assertThat(one.counts().missing()).isZero();

    EventAccounting any = new EventAccounting(NO_RUN);
    assertThat(any.event(RUN, 1)).isEqualTo(Verdict.FIRST);
    assertThat(any.event(OTHER_RUN, 1)).isEqualTo(Verdict.FIRST);
    assertThat(any.counts().foreign()).isZero();
  }

  @Test
  void manyRunsAndReasonsAndTheHighestIdsCostNoMoreMemory() {
    EventAccounting accounting = new EventAccounting(NO_RUN);
    for (long run = 0; run < 10_000; run++) {
      accounting.event(OptionalLong.of(run), Long.MAX_VALUE);
      accounting.event(OptionalLong.of(run), 1);
      accounting.malformed("reason " + run);
    }
    EventCounts counts = accounting.counts();
    assertThat(accounting.runs()).isEqualTo(8);
    assertThat(counts.received()).isEqualTo(20_000);
    assertThat(counts.undecided()).isEqualTo(2 * (10_000 - 8));
    assertThat(counts.missing()).isEqualTo(Long.MAX_VALUE);
    assertThat(counts.malformedTotal()).isEqualTo(10_000);
    assertThat(counts.malformed()).hasSize(33);
  }

  @Test
  void onceTheLastEventIsKnownALostTailIsMissingToo() {
    EventAccounting accounting = new EventAccounting(RUN);
    assertThat(accounting.isComplete()).isFalse();
    accounting.expectUpTo(3);
    assertThat(accounting.counts().missing()).isEqualTo(3);
    accounting.event(RUN, 1);
    accounting.event(RUN, 3);
    assertThat(accounting.counts().missing()).isEqualTo(1);
    assertThat(accounting.isComplete()).isFalse();
    accounting.event(RUN, 2);
    assertThat(accounting.isComplete()).isTrue();
    accounting.event(RUN, 5);
    assertThat(accounting.isComplete()).as("an id that was never sent").isFalse();
  }
}
