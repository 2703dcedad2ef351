package org.carillon.control.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of the coordinator's deadlines in docs/control.md is that of the code. */
class DocumentedLivenessTest {

  @Test
  void deadlinesAreThoseOfTheMachine() throws IOException {
    String pauses =
        Arrays.stream(WayToWorker.PAUSES_NS)
            .map(TimeUnit.NANOSECONDS::toSeconds)
            .mapToObj(Long::toString)
            .collect(Collectors.joining(", "))
            .replaceFirst(", (?=[0-9]+$)", " and ");
    assertThat(Files.readString(Path.of("../docs/control.md")).lines())
        .contains(
            "| an attempt to open a stream | "
                + seconds(WayToWorker.OPEN_DEADLINE_NS)
                + " | it has failed |",
            "| connecting | "
                + WayToWorker.PAUSES_NS.length
                + " more tries after "
                + pauses
                + " s, each ± 20 % | FAILED, could not be reached |",
            "| from CONFIG to READY | warm-up + "
                + seconds(WorkerMachine.PREPARATION_NS)
                + " | FAILED |",
            "| no status | " + seconds(Liveness.SILENCE_NS) + " | PING |",
            "| a PING without an answer | "
                + seconds(Liveness.PING_DEADLINE_NS)
                + ", three times | FAILED, silent |");
    assertThat(Liveness.PINGS).isEqualTo(3);
  }

  private static String seconds(long ns) {
    return TimeUnit.NANOSECONDS.toSeconds(ns) + " s";
  }
}
