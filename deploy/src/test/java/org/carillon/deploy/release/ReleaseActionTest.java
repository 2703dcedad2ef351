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
import org.carillon.deploy.deployable.Fleet;
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

    bench.write("build/etc/settings", "a=1\n", false);
    assertThat(bench.run(ReleaseAction.Kind.RELEASE).exitCode()).isEqualTo(ExitCode.SUCCESS);
    assertThat(current("a")).isEqualTo(first);
    assertThat(bench.releases().state(bench.host("a"), old).orElseThrow().state())
        .as("what was replaced by an earlier release was good before it, and last-good leads there")
        .isEqualTo(ReleaseState.GOOD);
    bench.write("build/etc/settings", "a=2\n", false);
    assertThat(bench.run(ReleaseAction.Kind.RELEASE).exitCode()).isEqualTo(ExitCode.SUCCESS);

    Map<String, String> before = bench.inUse("a");
    bench.serve("touch up; echo ERROR; exec sleep 1000\n");
    ReleaseAction.Result bad = bench.run(ReleaseAction.Kind.RELEASE, "rollout.canary=0");
    assertThat(bad.exitCode()).as(bad.sentence()).isEqualTo(ExitCode.ALL_FAILED);
    assertThat(bad.sentence())
        .contains("a,b: validate: patterns errors", "in use everywhere: " + old);
    assertThat(bad.folder().resolve("release.log"))
        .content()
        .as("hosts with one reason share a line")
        .containsOnlyOnce("validate: patterns errors");
    try (Fleet fleet = Fleet.of(bench.load().deployable(), Optional.empty())) {
      assertThat(ReleaseQuestion.text(fleet))
          .startsWith("a,b: " + old + " -> echo-")
          .endsWith("\n2 waves: a (canary), then b\nRelease echo on a,b (2)?");
    }
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
    assertThat(canary.folder().resolve(ReleaseAction.FAILED_HOSTS))
        .content()
        .contains("b # not-done: not begun\n");

    Files.writeString(bench.root("b").resolve("shared/data/poison"), "");
    bench.serve("[ ! -f data/poison ] || exit 1\n" + Bench.GOOD);
    ReleaseAction.Result result = bench.run(ReleaseAction.Kind.RELEASE, "rollout.max_fail=1");
    assertThat(result.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(result.sentence())
        .startsWith("ATTENTION, the hosts differ now: a has " + current("a") + ", b has " + old);
    assertThat(result.folder().resolve(ReleaseAction.FAILED_HOSTS))
        .content()
        .startsWith("b # remote-exit: rolled back: health: ");
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
  void aServiceThatIsDefinedAnewIsStartedAnewWithTheSameFiles() throws IOException {
    bench.serve("echo \"$*\" >said\n" + Bench.GOOD);
    bench.run(ReleaseAction.Kind.RELEASE);
    String id = current("a");
    define("[bin/serve]", "[bin/serve, again]");

    ReleaseAction.Result anew = bench.run(ReleaseAction.Kind.RELEASE);
    assertThat(anew.exitCode()).as(anew.sentence()).isEqualTo(ExitCode.SUCCESS);
    assertThat(anew.table()).contains("released").doesNotContain("unchanged");
    for (String host : List.of("a", "b")) {
      assertThat(current(host)).isEqualTo(id);
      assertThat(bench.root(host).resolve("current/said")).hasContent("again");
    }
    assertThat(bench.run(ReleaseAction.Kind.RELEASE).table())
        .contains("unchanged")
        .doesNotContain("released");

    define("[bin/serve, again]", "[bin/nowhere]");
    Files.delete(bench.root("a").resolve("current/said"));
    ReleaseAction.Result bad = bench.run(ReleaseAction.Kind.RELEASE, "rollout.canary=0");
    assertThat(bad.exitCode()).as(bad.sentence()).isEqualTo(ExitCode.ALL_FAILED);
    assertThat(bad.table()).contains("rolled back").doesNotContain("unsettled");
    assertThat(bench.root("a").resolve("current/said"))
        .as("it runs as it did before")
        .hasContent("again");
    assertThat(bench.releases().complaint(bench.host("a"))).isEmpty();
    assertThat(bench.releases().state(bench.host("a"), id).orElseThrow().state())
        .isEqualTo(ReleaseState.GOOD);

    define("window: 30s", "window: 31s");
    define("[bin/nowhere]", "[bin/serve, again]");
    assertThat(bench.run(ReleaseAction.Kind.RELEASE).table()).contains("released");
  }

  @Test
  void aHealthyServiceOfWhichNobodyKnowsHowItWasStartedRunsOn() throws IOException {
    bench.run(ReleaseAction.Kind.RELEASE);
    String started = Files.readString(bench.root("a").resolve("run/service.pid"));
    for (String host : List.of("a", "b")) {
      Files.delete(bench.root(host).resolve("run/service.json")); // as an earlier version left it
    }

    ReleaseAction.Result again = bench.run(ReleaseAction.Kind.RELEASE);

    assertThat(again.exitCode()).as(again.sentence()).isEqualTo(ExitCode.SUCCESS);
    assertThat(again.table()).contains("unchanged").doesNotContain("released");
    assertThat(bench.root("a").resolve("run/service.pid")).hasContent(started);
  }

  private void define(String old, String now) throws IOException {
    String text = Files.readString(folder.resolve("echo.yaml"));
    bench.write("echo.yaml", text.replace(old, now), false);
  }

  @Test
  void whatIsUnderWayIsRefusedAndCanBeUndone() throws IOException {
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
            Optional.empty(),
            false,
            "somebody",
            Instant.EPOCH);
    bench.releases().pend(bench.host("a"), open);

    ReleaseAction.Result refused = bench.run(ReleaseAction.Kind.RELEASE);
    assertThat(refused.sentence()).contains("a: check: a change from " + old, "deploy resume");
    ReleaseAction.Result other = bench.run(ReleaseAction.Kind.FINISH);
    assertThat(other.sentence()).contains("the files here are another release");
    Path half = bench.root("a").resolve("releases/" + open.to());
    Files.writeString(
        Files.createDirectory(half).resolve(".state"), "active 2026-01-01T00:00:00Z\n");
    bench.releases().swap(bench.host("a"), open.to());
    ReleaseAction.Result undone = bench.run(ReleaseAction.Kind.UNDO);
    assertThat(undone.exitCode()).as(undone.sentence()).isEqualTo(ExitCode.SUCCESS);
    assertThat(current("a")).isEqualTo(old);
    assertThat(undone.table())
        .as("before is what was in use when it began")
        .containsPattern("a +" + open.to() + " +" + old + " +rolled back")
        .containsPattern("b +" + old + " +" + old + " +not begun");
    assertThat(undone.folder().resolve("resume.log")).content().contains("takes a back to");
    assertThat(bench.run(ReleaseAction.Kind.UNDO).sentence()).startsWith("nothing was under way");
  }
}
