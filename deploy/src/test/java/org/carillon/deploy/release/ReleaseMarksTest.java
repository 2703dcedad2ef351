package org.carillon.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.carillon.core.ExitCode;
import org.carillon.ssh.Host;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of two releases when the earlier one was to be released again, and was not. */
class ReleaseMarksTest {

  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;
  private Bench bench;
  private String first;
  private String second;

  @BeforeEach
  void releaseTwoAndTheFirstIsMeantAgain() throws IOException {
    bench = new Bench(folder);
    release();
    first = bench.releases().current(bench.host("b")).orElseThrow();
    for (String host : new String[] {"a", "b"}) {
      Path state = bench.root(host).resolve("releases/" + first + "/.state");
      String text = Files.readString(state);
      Files.writeString(state, text.replaceAll("good \\S+", "good " + LONG_AGO));
    }
    bench.write("build/etc/settings", "a=2\n", false);
    release();
    second = bench.releases().current(bench.host("b")).orElseThrow();
    bench.write("build/etc/settings", "a=1\n", false);
  }

  @AfterEach
  void stop() {
    bench.stopAll();
  }

  private void release() {
    ReleaseAction.Result result = bench.run(ReleaseAction.Kind.RELEASE);
    assertThat(result.exitCode()).as(result.sentence()).isEqualTo(ExitCode.SUCCESS);
  }

  private ReleaseAction.Result run(ReleaseAction.Kind kind, Host host) {
    return bench.run(kind, Map.of("b", host), Optional.empty(), "hosts=b");
  }

  private StoredRelease state(String id) {
    return bench.releases().state(bench.host("b"), id).orElseThrow();
  }

  @Test
  void whatIsTakenBackUnprovenIsNoNewerThanItWas() {
    ReleaseAction.Result stopped = bench.stoppedAtTheProof();
    assertThat(stopped.exitCode()).as(stopped.sentence()).isEqualTo(ExitCode.ABORTED);
    assertThat(state(first).state()).isEqualTo(ReleaseState.GOOD);
    assertThat(state(first).since()).isEqualTo(LONG_AGO);
  }

  @Test
  void whatWasAllButFinishedAndIsTakenBackIsNoNewerThanItWas() {
    Fault fault =
        new Fault(
            Fault.Kind.KILLED, Step.FINISH, "b", 2, bench.load("hosts=b").deployable().reports());
    try {
      run(ReleaseAction.Kind.RELEASE, fault.over(bench.host("b")));
    } catch (Fault.Killed e) {
      // Nobody is left to say anything.
    }
    assertThat(state(first).state()).as("all but settled").isEqualTo(ReleaseState.GOOD);

    ReleaseAction.Result undone = run(ReleaseAction.Kind.UNDO, bench.host("b"));

    assertThat(undone.exitCode()).as(undone.sentence()).isEqualTo(ExitCode.SUCCESS);
    assertThat(state(second).state()).isEqualTo(ReleaseState.GOOD);
    assertThat(state(first).state()).isEqualTo(ReleaseState.GOOD);
    assertThat(state(first).since()).isEqualTo(LONG_AGO);
  }
}
