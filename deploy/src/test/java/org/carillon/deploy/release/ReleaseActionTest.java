package org.carillon.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real services of a shell, started, swapped and taken back on this machine under three names. */
class ReleaseActionTest {

  @TempDir private Path folder;
  private Bench bench;

  @BeforeEach
  void build() {
    bench = new Bench(folder);
  }

  @AfterEach
  void stop() {
    bench.stopAll();
  }

  private String current(String host) {
    return bench.releases().current(bench.host(host)).orElse("none");
  }

  @Test
  void aReleaseIsUpgradedAndABadOneGoesBackEverywhere() throws IOException {
    ReleaseAction.Result begun = bench.run(ReleaseAction.Kind.RELEASE);
    assertThat(begun.exitCode()).as(begun.sentence()).isEqualTo(ExitCode.SUCCESS);
    String first = current("a");
    assertThat(begun.sentence()).isEqualTo(first + " is in use on 2 hosts (a,b).");
    Files.writeString(bench.root("a").resolve("shared/data/kept"), "kept");

    bench.write("build/etc/settings", "a=2\n", false);
    ReleaseAction.Result second = bench.run(ReleaseAction.Kind.RELEASE);
    assertThat(second.exitCode()).as(second.sentence()).isEqualTo(ExitCode.SUCCESS);
    String old = current("b");
    assertThat(old).isNotEqualTo(first);
    assertThat(bench.root("a").resolve("current/data/kept")).hasContent("kept");
    assertThat(bench.root("a").resolve("current/etc/settings")).hasContent("a=2\n");
    assertThat(bench.root("a").resolve("releases").resolve(first).resolve("etc/settings"))
        .hasContent("a=1\n");
    assertThat(bench.run(ReleaseAction.Kind.RELEASE).table())
        .contains("unchanged")
        .doesNotContain("released");

    Map<String, String> before = bench.inUse("a");
    bench.serve("touch up; echo ERROR; exec sleep 1000\n");
    ReleaseAction.Result bad = bench.run(ReleaseAction.Kind.RELEASE, "rollout.canary=0");
    assertThat(bad.exitCode()).as(bad.sentence()).isEqualTo(ExitCode.ALL_FAILED);
    assertThat(bad.sentence()).contains("validate: patterns errors", "in use everywhere: " + old);
    for (String host : List.of("a", "b")) {
      assertThat(current(host)).isEqualTo(old);
      assertThat(bench.inUse(host)).isEqualTo(before);
      assertThat(bench.releases().complaint(bench.host(host))).isEmpty();
      assertThat(bench.releases().pending(bench.host(host))).isEmpty();
    }
    // One good release is kept, and beside it one that was not.
    bench.serve(Bench.GOOD);
    bench.write("build/etc/settings", "a=3\n", false);
    bench.run(ReleaseAction.Kind.RELEASE, "release.keep=1");
    assertThat(bench.releases().releases(bench.host("a")))
        .extracting(StoredRelease::state)
        .containsExactlyInAnyOrder(ReleaseState.GOOD, ReleaseState.FAILED);
    assertThat(bench.root("a").resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void aCanaryProtectsTheOthersAndAToleratedFailureIsSaid() throws IOException {
    bench.run(ReleaseAction.Kind.RELEASE);
    String old = current("b");
    bench.serve("exit 1\n");
    ReleaseAction.Result canary = bench.run(ReleaseAction.Kind.RELEASE, "rollout.max_fail=2");
    assertThat(canary.table()).contains("rolled back").contains("not begun");
    assertThat(canary.exitCode()).isEqualTo(ExitCode.ALL_FAILED);

    Files.writeString(bench.root("b").resolve("shared/data/poison"), "");
    bench.serve("[ ! -f data/poison ] || exit 1\n" + Bench.GOOD);
    ReleaseAction.Result result = bench.run(ReleaseAction.Kind.RELEASE, "rollout.max_fail=1");
    assertThat(result.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(result.sentence())
        .contains("ATTENTION, the hosts differ now: a has " + current("a") + ", b has " + old);
    assertThat(result.report().resolve(ReleaseAction.FAILED_HOSTS)).content().startsWith("b # ");
  }

  @Test
  void whoStopsAReleaseWhileItIsValidatedHasWhatWasThereBefore() throws IOException {
    bench.run(ReleaseAction.Kind.RELEASE);
    String old = current("a");
    Files.writeString(bench.root("a").resolve("current/etc/settings"), "changed by hand\n");
    Path stray = Files.createDirectory(bench.root("a").resolve("releases/notes"));
    bench.write("build/etc/settings", "a=3\n", false);

    ReleaseAction.Result stopped = bench.stoppedAtTheProof();

    assertThat(stopped.exitCode()).as(stopped.sentence()).isEqualTo(ExitCode.ABORTED);
    assertThat(stopped.table()).contains("rolled back").doesNotContain("unsettled");
    for (String host : List.of("a", "b")) {
      assertThat(current(host)).isEqualTo(old);
      assertThat(bench.releases().complaint(bench.host(host))).isEmpty();
      assertThat(bench.releases().pending(bench.host(host))).isEmpty();
      assertThat(bench.root(host).resolve("lock")).doesNotExist();
      assertThat(bench.releases().releases(bench.host(host)))
          .as("nobody has found anything wrong with the new one")
          .extracting(StoredRelease::state)
          .doesNotContain(ReleaseState.FAILED);
    }
    bench.releases().prune(bench.host("a"));
    assertThat(stray).isDirectory();
    assertThat(current("a")).isEqualTo(old);
  }

  @Test
  void whatIsUnderWayIsRefusedAndCanBeUndone() {
    bench.run(ReleaseAction.Kind.RELEASE);
    String old = current("a");
    bench.write("build/etc/settings", "a=3\n", false);
    Pending open =
        new Pending(
            "echo-0123456789ab",
            ReleaseState.VALIDATED,
            Optional.of(old),
            true,
            Optional.empty(),
            false,
            "somebody",
            Instant.EPOCH);
    bench.releases().pend(bench.host("a"), open);

    ReleaseAction.Result refused = bench.run(ReleaseAction.Kind.RELEASE);
    assertThat(refused.sentence()).contains("a: check: a change from " + old, "deploy resume");
    ReleaseAction.Result other = bench.run(ReleaseAction.Kind.FINISH);
    assertThat(other.sentence()).contains("the files here are another release");
    ReleaseAction.Result undone = bench.run(ReleaseAction.Kind.UNDO);
    assertThat(undone.exitCode()).as(undone.sentence()).isEqualTo(ExitCode.SUCCESS);
    assertThat(current("a")).isEqualTo(old);
    assertThat(bench.run(ReleaseAction.Kind.UNDO).sentence()).startsWith("nothing was under way");
  }
}
