package org.carillon.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.PerNode;
import org.junit.jupiter.api.Test;

class ByClockTest {

  private static final Table EMPTY =
      Table.of("counts", "Counts", List.of("clock", "node", "n"), List.of());

  @Test
  void whatIsMissingForTheSameReasonIsSaidOnce() {
    Map<Clock, PerNode<Long>> byClock = new LinkedHashMap<>();
    byClock.put(Clock.SYSTEM, PerNode.notComparable("there is only one worker"));
    byClock.put(Clock.NTP, PerNode.notComparable("nobody recorded NTP time"));
    byClock.put(Clock.BOUNDED, PerNode.notComparable("there is only one worker"));

    assertThat(ByClock.blocks(EMPTY, byClock, n -> List.of(n.toString())))
        .containsExactly(
            new Block.Note("Counts: none."),
            new Block.Note("system, bounded: not comparable; there is only one worker."),
            new Block.Note("ntp: not comparable; nobody recorded NTP time."));
  }
}
