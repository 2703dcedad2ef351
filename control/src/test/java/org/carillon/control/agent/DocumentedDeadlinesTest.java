package org.carillon.control.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.carillon.control.wire.State;
import org.junit.jupiter.api.Test;

/** The table of a worker's states in docs/control.md is that of the code. */
class DocumentedDeadlinesTest {

  private static List<List<String>> rows() throws IOException {
    String text = Files.readString(Path.of("../docs/control.md"));
    String section = text.split("## A worker's states", 2)[1].split("\n## ", 2)[0];
    return section
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| state"))
        .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).skip(1).toList())
        .toList();
  }

  private static String deadline(String state) throws IOException {
    return rows().stream()
        .filter(row -> row.getFirst().contains(state))
        .map(row -> row.get(3))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row of " + state));
  }

  private static String text(Duration duration) {
    return duration.toSeconds() + " s";
  }

  @Test
  void everyStateOfTheMessagesHasItsRow() throws IOException {
    String states = String.join(" ", rows().stream().map(List::getFirst).toList());
    for (State state : State.values()) {
      if (state != State.STATE_UNSPECIFIED && state != State.UNRECOGNIZED) {
        assertThat(states).contains(state.name().substring("STATE_".length()));
      }
    }
  }

  @Test
  void deadlinesAreThoseOfTheMachine() throws IOException {
    assertThat(deadline("IDLE")).startsWith(text(AgentMachine.IDLE) + ",");
    assertThat(deadline("CONFIG_RECEIVED"))
        .startsWith("warm-up + " + text(AgentMachine.PREPARATION) + ",");
    assertThat(deadline("READY")).startsWith(text(AgentMachine.READY) + ",");
    assertThat(deadline("ABORTED")).isEqualTo(text(AgentMachine.FINAL));
  }
}
