package org.carillon.events.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.carillon.events.ClockOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerOptionsTest {

  private static WorkerOptions worker(String node, int port, List<Duration> commitWaits) {
    return worker(node, port, commitWaits, Path.of("out/worker.csv"));
  }

  private static WorkerOptions worker(
      String node, int port, List<Duration> commitWaits, Path output) {
    return new WorkerOptions(
        node,
        port,
        ClockOptions.NONE,
        output,
        Duration.ZERO,
        commitWaits,
        OptionalLong.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a/b", "../x", ".x", "-x", "a,b", "a\nb", "ä"})
  void aNodeIdThatIsNoFileNameIsRefused(String node) {
    assertThatThrownBy(() -> worker(node, 1, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a node id");
  }

  @Test
  void theOtherFilesOfAWorkerStandBesideItsOutput() {
    WorkerOptions options = worker("comp-11.x", 0, List.of());
    assertThat(options.clockFiles().samples())
        .endsWithRaw(Path.of("out/samples_comp-11.x.csv"))
        .isAbsolute();
    assertThat(options.commitWaitFile()).endsWithRaw(Path.of("out/commit_wait_comp-11.x.csv"));
  }

  @Test
  void besideWhatIsNoFileNothingIsMadeThatNobodyAskedFor() {
    assertThat(worker("n", 0, List.of()).receptionFile())
        .endsWithRaw(Path.of("out/reception_n.csv"))
        .isAbsolute();
    assertThat(worker("n", 0, List.of(), Path.of("/dev/zero")).receptionFile())
        .isEqualTo(Path.of("/dev/null"));
  }

  @Test
  void portsAndCommitWaitsAreChecked() {
    assertThatThrownBy(() -> worker("n", 65_536, List.of())).hasMessageContaining("65536");
    assertThatThrownBy(() -> worker("n", -1, List.of())).hasMessageContaining("-1");
    assertThatThrownBy(() -> worker("n", 1, List.of(Duration.ZERO)))
        .hasMessageContaining("commit wait");
    assertThat(
            worker(
                    "n",
                    1,
                    List.of(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(2)))
                .commitWaits())
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }
}
