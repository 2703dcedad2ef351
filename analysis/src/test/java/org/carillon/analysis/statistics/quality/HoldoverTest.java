package org.carillon.analysis.statistics.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HoldoverTest {

  private static final long SECOND_NS = 1_000_000_000L;

  private static List<Long> every(long stepS, long fromS, long toS) {
    return LongStream.rangeClosed(fromS / stepS, toS / stepS)
        .mapToObj(i -> i * stepS * SECOND_NS)
        .toList();
  }

  private static Holdover of(List<Long> exchangesNs, long fromS, long toS) {
    return Holdover.of(exchangesNs, fromS * SECOND_NS, toS * SECOND_NS);
  }

  @Test
  void aServerThatAnswersLeavesNone() {
    assertThat(of(every(10, 0, 200), 5, 195))
        .isEqualTo(new Holdover(10 * SECOND_NS, 10 * SECOND_NS, 0, 190 * SECOND_NS));
  }

  @Test
  void aSilenceCountsFromThreeUsualIntervalsAndASecondOn() {
    List<Long> silent =
        Stream.concat(every(10, 0, 100).stream(), every(10, 300, 400).stream()).toList();
    // Silent from 100 to 300 s; on its own from 131 s on.
    assertThat(of(silent, 5, 395))
        .isEqualTo(new Holdover(10 * SECOND_NS, 200 * SECOND_NS, 169 * SECOND_NS, 390 * SECOND_NS));
    assertThat(of(silent, 200, 395).totalNs()).as("events from 200 s").isEqualTo(100 * SECOND_NS);
    assertThat(of(silent, 5, 250).totalNs()).as("events to 250 s").isEqualTo(119 * SECOND_NS);
    assertThat(of(silent, 310, 395).totalNs()).as("events after it").isZero();
  }

  @Test
  void aServerThatNeverCameBackCountsToTheLastEvent() {
    assertThat(of(every(10, 0, 100), 5, 500).totalNs()).isEqualTo(369 * SECOND_NS);
    assertThat(of(every(10, 0, 100), 5, 500).longestNs()).isEqualTo(400 * SECOND_NS);
  }

  @Test
  void aNodeThatHadNoneBeforeItsFirstEventIsOnItsOwn() {
    assertThat(of(every(10, 100, 200), 0, 195).totalNs()).isEqualTo(69 * SECOND_NS);
  }
}
