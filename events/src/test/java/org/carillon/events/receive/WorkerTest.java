package org.carillon.events.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class WorkerTest {

  private static WorkerTotals totals(long received) {
    EventCounts counts = new EventCounts(received, 0, 0, 0, 0, received, 0, Map.of());
    return new WorkerTotals(
        "n1", counts, received, 0, 0, OptionalLong.of(0), 0, 0, Optional.empty());
  }

  @Test
  void aStatusLineIsInformationOnlyIfACountHasChanged() {
    assertThat(Worker.levelOf(Optional.empty(), totals(1))).isEqualTo(Level.INFO);
    assertThat(Worker.levelOf(Optional.of(totals(1)), totals(2))).isEqualTo(Level.INFO);
    assertThat(Worker.levelOf(Optional.of(totals(2)), totals(2))).isEqualTo(Level.DEBUG);
  }
}
