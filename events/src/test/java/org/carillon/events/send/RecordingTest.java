package org.carillon.events.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.carillon.core.event.WireFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {

  @TempDir private Path folder;

  private Schedule replay(String text) throws IOException {
    return Schedule.replay(Files.writeString(folder.resolve("recorded.csv"), text));
  }

  @Test
  void itsEventsAreAsFarApartAsTheyWere() throws IOException {
    Schedule schedule = replay("send_time_ns\n1000\n1500\n1500\n3000\n");
    Schedule.Cursor cursor = schedule.walk();
    for (int index = 1; index < 4; index++) {
      assertThat(cursor.next()).isEqualTo(schedule.offsetNs(index));
    }
    assertThat(schedule.offsetNs(3)).isEqualTo(2_000);
    assertThat(schedule.events()).hasValue(4);
    assertThat(schedule.meanRateHz()).isCloseTo(3 / 2e-6, within(1e-3));
    assertThat(schedule.text()).endsWith("events/s on average, as in " + folder + "/recorded.csv");
  }

  @Test
  void afterTheLastOneThereIsNoDelay() throws IOException {
    Schedule schedule = replay("send_time_ns\n1000\n1500\n");
    Schedule.Cursor cursor = schedule.walk();
    cursor.next();
    assertThat(cursor.next()).isEqualTo(500);
    assertThat(schedule.delayAfterNs(1)).isZero();
  }

  @Test
  void moreEventsThanItHasCannotBeSent() throws IOException {
    Schedule schedule = replay("send_time_ns\n1000\n1700\n");
    assertThatThrownBy(() -> new EventPlan(3, schedule, WireFormat.BINARY, OptionalInt.empty(), 1))
        .hasMessageContaining("3 events")
        .hasMessageContaining("recorded.csv, which has 2");
  }
}
