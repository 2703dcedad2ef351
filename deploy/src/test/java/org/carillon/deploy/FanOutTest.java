package org.carillon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CountDownLatch;
import org.carillon.core.ExitCode;
import org.carillon.core.LongEnough;
import org.carillon.core.time.SystemClock;
import org.carillon.ssh.HostException;
import org.junit.jupiter.api.Test;

class FanOutTest {

  private static SequencedMap<String, Outcome<String>> run(
      Duration limit, Cancellation cancellation, Map<String, Runnable> subjects) {
    return FanOut.run(
        "testing",
        subjects,
        new Deadline(new SystemClock(), limit),
        cancellation,
        subject -> {
          subject.run();
          return "done";
        });
  }

  private static void block() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void oneThatFailsOrHangsHoldsUpNoOther() {
    Map<String, Runnable> subjects =
        Map.of(
            "good",
            () -> {},
            "bad",
            () -> {
              throw new HostException(HostException.Kind.UNREACHABLE, "bad", "is away");
            },
            "broken",
            () -> {
              throw new IllegalStateException("oops");
            },
            "stuck",
            FanOutTest::block);
    SequencedMap<String, Outcome<String>> outcomes =
        LongEnough.deadline(
            deadline -> run(deadline, new Cancellation(), subjects),
            them -> them.values().stream().filter(FanOutTest::isLate).count() == 1);

    assertThat(outcomes.get("good")).isEqualTo(new Outcome.Done<>("done"));
    assertThat(outcomes.get("bad"))
        .isEqualTo(new Outcome.Failed<>("bad: is away", ExitCode.CONNECTION));
    assertThat(outcomes.get("broken").result()).isEmpty();
    assertThat(outcomes.get("stuck"))
        .asString()
        .contains("stuck: testing was not done within its deadline of ");
  }

  private static boolean isLate(Outcome<String> outcome) {
    return outcome instanceof Outcome.Failed<String> failed
        && failed.exitCode() == ExitCode.TIMEOUT;
  }

  @Test
  void aWishToStopEndsTheWaiting() {
    Cancellation cancellation = new Cancellation();

    SequencedMap<String, Outcome<String>> outcomes =
        run(
            Duration.ofMinutes(5),
            cancellation,
            Map.of("asks", cancellation::request, "stuck", FanOutTest::block));

    assertThat(outcomes.get("stuck"))
        .isEqualTo(new Outcome.Failed<>("stuck: stopped during testing", ExitCode.ABORTED));
  }
}
