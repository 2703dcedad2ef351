package org.carillon.core.libc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadSettingsTest {

  /** On a thread that ends afterwards, so that no other test runs with its settings. */
  private static <T> T onAThreadOfItsOwn(Callable<T> task) throws Exception {
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      return thread.submit(task).get();
    }
  }

  /** A line of what Linux tells about the calling thread, proc_pid_status(5). */
  private static String status(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
        .filter(line -> line.startsWith(key + ":"))
        .map(line -> line.substring(key.length() + 1).strip())
        .findFirst()
        .orElseThrow();
  }

  private static int[] allowed() throws IOException {
    return Arrays.stream(status("Cpus_allowed_list").split(","))
        .map(range -> range.split("-"))
        .flatMapToInt(
            ends ->
                IntStream.rangeClosed(
                    Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])))
        .toArray();
  }

  /** Linux tells it of every thread as if that were a process, and not under the process's. */
  private static long timerSlackNs() throws IOException {
    Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName();
    return Long.parseLong(
        Files.readString(Path.of("/proc").resolve(thread).resolve("timerslack_ns")).strip());
  }

  @Test
  void aPinnedThreadMayUseThatProcessorAlone() throws Exception {
    for (int processor : allowed()) {
      String list =
          onAThreadOfItsOwn(
              () -> {
                assertThat(ThreadSettings.pin(processor)).isEmpty();
                return status("Cpus_allowed_list");
              });
      assertThat(list).isEqualTo(String.valueOf(processor));
    }
  }

  @Test
  void otherThreadsStayAsTheyAre() throws Exception {
    String before = status("Cpus_allowed_list");
    int processor = allowed()[0];

    onAThreadOfItsOwn(() -> ThreadSettings.pin(processor));

    assertThat(status("Cpus_allowed_list")).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1_023, 1_024, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void aProcessorThatIsNotThereIsRefused(int processor) throws Exception {
    String before = status("Cpus_allowed_list");

    assertThat(ThreadSettings.pin(processor))
        .hasValue("there is no processor " + processor + ", or this process may not use it");

    assertThat(status("Cpus_allowed_list")).isEqualTo(before);
  }

  @Test
  void aTimerSlackIsTheCallingThreadsOwn() throws Exception {
    assertThat(
            onAThreadOfItsOwn(
                () -> {
                  ThreadSettings.timerSlack(1_234);
                  return timerSlackNs();
                }))
        .isEqualTo(1_234);
    assertThat(timerSlackNs()).isNotEqualTo(1_234);
    assertThatIllegalArgumentException().isThrownBy(() -> ThreadSettings.timerSlack(0));
  }
}
