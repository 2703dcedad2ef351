package org.carillon.events.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressDisplaysTest {

  private static final long SECOND_NS = 1_000_000_000L;

  private static Progress running(long sent, long total, long elapsedNs, long scheduledNs) {
    return Progress.of(Progress.State.RUNNING, sent, total, 0, elapsedNs, scheduledNs);
  }

  @Test
  void theTimeLeftFollowsTheScheduleAndTheRateWhenThatIsNotKept() {
    assertThat(running(25, 100, 25 * SECOND_NS, 99 * SECOND_NS).remainingSeconds()).isEqualTo(74);
    assertThat(running(50, 100, 100 * SECOND_NS, 99 * SECOND_NS).remainingSeconds()).isEqualTo(100);
    assertThat(running(100, 100, 100 * SECOND_NS, 99 * SECOND_NS).remainingSeconds()).isZero();
    assertThat(running(0, 100, 0, 99 * SECOND_NS).rateHz()).isZero();
  }

  @Test
  void programsGetOneObjectALineWithTheSameKeysAlways() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ProgressDisplay json =
        ProgressDisplays.json(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    Locale usual = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      json.show(Progress.of(Progress.State.WARMING_UP, 0, 0, 0, 0, 0));
      json.show(Progress.of(Progress.State.ABORTED, 1, 3, 2, 1_500_000_000L, 9 * SECOND_NS));
    } finally {
      Locale.setDefault(usual);
    }
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(2);
    for (String line : lines) {
      JsonNode object = new JsonMapper().readTree(line);
      assertThat(object.fieldNames())
          .toIterable()
          .containsExactly(
              "state", "sent", "total", "failed_sends", "rate_hz", "elapsed_s", "remaining_s");
    }
    assertThat(lines.get(1))
        .isEqualTo(
            "{\"state\":\"aborted\",\"sent\":1,\"total\":3,\"failed_sends\":2,\"rate_hz\":0.667,"
                + "\"elapsed_s\":1.5,\"remaining_s\":0.0}");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 40, 60, 80, 200})
  void aBarNeverFillsTheWholeLineOfTheTerminal(int columns) {
    for (long sent = 0; sent <= 7; sent++) {
      assertThat(ProgressDisplays.bar(running(sent, 7, sent * SECOND_NS, 7 * SECOND_NS), columns))
          .hasSizeLessThan(columns);
    }
  }

  @Test
  void aBarFillsUpAsEventsAreSent() {
    assertThat(ProgressDisplays.bar(running(50, 100, 50 * SECOND_NS, 99 * SECOND_NS), 80))
        .matches("\\[#+ +] 50/100 events \\(1\\.0 events/s, ~0:49 left\\)");
    assertThat(ProgressDisplays.bar(running(100, 100, 99 * SECOND_NS, 99 * SECOND_NS), 80))
        .startsWith("[#")
        .contains("#] 100/100");
    assertThat(
            ProgressDisplays.text(
                Progress.of(Progress.State.FINISHED, 5, 5, 3, 7_200 * SECOND_NS, 0)))
        .isEqualTo("5/5 events (0.0 events/s, done in 2:00:00), 3 sends failed");
  }
}
