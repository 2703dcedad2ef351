package org.carillon.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalDetachedTest extends DetachedContract {
  private final Host host = new LocalHost("here");

  @Override
  Host host() {
    return host;
  }

  private HostException refusal(String setsid, Duration deadline) {
    DetachedSpec spec =
        new DetachedSpec(
            folder.toString(), "w", List.of("true"), Map.of(), Optional.empty(), "out", "err");
    return HostContract.failure(
        () -> Detached.start(new BentHost(host, setsid, false), spec, deadline));
  }

  @Test
  void aStartIsWaitedForAsLongAsAnythingOfItLives() {
    String slow = "setsid() { case $1 in --fork) sleep 60 & ;; *) command setsid \"$@\" ;; esac; }";
    assertThat(refusal(slow, Duration.ofSeconds(4)).kind()).isEqualTo(HostException.Kind.TIMEOUT);
  }

  @Test
  void aStartThatCameToNothingIsToldAtOnce() {
    String nothing = "setsid() { case $1 in --fork) ;; *) command setsid \"$@\" ;; esac; }";
    assertThat(refusal(nothing, Duration.ofSeconds(60)))
        .hasMessageContaining("w ended before it began");
  }

  @Test
  void aStartThatCameToNothingIsToldWithoutAProcessPerProcessOfTheHost() throws IOException {
    Path looks = folder.resolve("looks");
    String counted = "tr() { echo once >>%s; command tr \"$@\"; }\n".formatted(looks);
    String nothing = "setsid() { case $1 in --fork) ;; *) command setsid \"$@\" ;; esac; }";
    refusal(counted + nothing, Duration.ofSeconds(60));
    assertThat(Files.readAllLines(looks)).hasSize(1);
  }

  @Test
  void aHostSoBusyThatItsShellsSleepTooLongStillKillsAfterTheGraceTime() {
    DetachedSpec spec =
        new DetachedSpec(
            folder.toString(),
            "w",
            List.of("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done"),
            Map.of(),
            Optional.empty(),
            "out",
            "err");
    DetachedProcess process = Detached.start(host, spec, Duration.ofSeconds(60));
    Await.until("it is ready", () -> folder.resolve("out").toFile().length() > 0);
    Host busy = new BentHost(host, "sleep() { command sleep 1; }", false);
    assertThat(Detached.stop(busy, process, Duration.ofSeconds(1)))
        .isEqualTo(new DetachedState.Exited(137));
  }

  /** A build under nohup, or in the background of a script, ignores HUP or INT. */
  @Override
  long ignoredByStarter() {
    return ignored(ProcessHandle.current().pid());
  }
}
