package org.carillon.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.carillon.core.ExitCode;
import org.carillon.ssh.Host;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What works on one host and is, or may be, finished on another is not taken back unasked. */
class UndoTest {

  @TempDir private Path folder;
  private Bench bench;
  private Path reports;
  private String old;

  @BeforeEach
  void anOldReleaseIsInUse() throws IOException {
    bench = new Bench(folder);
    reports = bench.load().deployable().reports();
    bench.serve("touch up\nexec sleep 1000\n");
    ReleaseAction.Result first = run(ReleaseAction.Kind.RELEASE, bench.host("a"), bench.host("b"));
    assertThat(first.exitCode()).as(first.sentence()).isEqualTo(ExitCode.SUCCESS);
    old = current("b");
    bench.write("build/etc/settings", "a=2\n", false);
  }

  @AfterEach
  void stop() {
    bench.stopAll();
  }

  private ReleaseAction.Result run(ReleaseAction.Kind kind, Host a, Host b) {
    return run(kind, a, b, Optional.empty());
  }

  private ReleaseAction.Result run(ReleaseAction.Kind kind, Host a, Host b, Optional<Proof> proof) {
    Map<String, Host> hosts = new LinkedHashMap<>();
    hosts.put("a", a);
    hosts.put("b", b);
    return bench.run(kind, hosts, proof, "rollout.canary=0", "rollout.max_fail=1");
  }

  private void isKilledAsItFinishes(Host a) {
    Fault fault = new Fault(Fault.Kind.KILLED, Step.FINISH, "b", 0, reports);
    try {
      run(ReleaseAction.Kind.RELEASE, a, fault.over(bench.host("b")));
    } catch (Fault.Killed e) {
      // Nobody is left to say anything.
    }
    assertThat(fault.struck()).isTrue();
    assertThat(current("b")).isNotEqualTo(old);
    assertThat(bench.root("b").resolve("pending")).exists();
  }

  private String current(String host) {
    return bench.releases().current(bench.host(host)).orElseThrow();
  }

  private void requireLeft(ReleaseAction.Result result) {
    assertThat(current("b")).as(result.sentence()).isNotEqualTo(old);
    assertThat(bench.root("b").resolve("pending")).exists();
    assertThat(bench.root("b").resolve("lock")).doesNotExist();
  }

  @Test
  void whatAResumeHasBegunAndFinishedOnAnotherHostStaysUntilItIsAskedFor() {
    isKilledAsItFinishes(bench.away("a"));
    Fault fault = new Fault(Fault.Kind.CUT, Step.FINISH, "b", 0, reports);
    run(ReleaseAction.Kind.FINISH, bench.host("a"), fault.over(bench.host("b")));
    assertThat(bench.root("a").resolve("pending")).doesNotExist();
    assertThat(current("a")).isEqualTo(current("b"));

    ReleaseAction.Result refused = run(ReleaseAction.Kind.UNDO, bench.host("a"), bench.host("b"));

    requireLeft(refused);
    assertThat(refused.sentence())
        .contains("b: undo: " + current("b") + " is finished on a already", "--undo")
        .contains("--limit b` takes it back here all the same");

    ReleaseAction.Result asked =
        bench.run(ReleaseAction.Kind.UNDO, Map.of("b", bench.host("b")), Optional.empty());

    assertThat(asked.exitCode()).as(asked.sentence()).isEqualTo(ExitCode.SUCCESS);
    assertThat(current("b")).isEqualTo(old);
  }

  @Test
  void whatWasNotProvedHereButFinishedByAResumeWithoutThisHostStaysUntilItIsAskedFor() {
    Fault fault = new Fault(Fault.Kind.KILLED, Step.HEALTH, "b", 0, reports);
    try {
      run(ReleaseAction.Kind.RELEASE, bench.away("a"), fault.over(bench.host("b")));
    } catch (Fault.Killed e) {
      // Nobody is left to say anything.
    }
    ReleaseAction.Result some = run(ReleaseAction.Kind.FINISH, bench.host("a"), bench.away("b"));
    assertThat(some.exitCode()).as(some.sentence()).isEqualTo(ExitCode.SOME_FAILED);

    requireLeft(run(ReleaseAction.Kind.UNDO, bench.host("a"), bench.host("b")));
  }

  @Test
  void whatMayBeFinishedOnAHostThatIsAwayStaysUntilItIsAskedFor() {
    isKilledAsItFinishes(bench.host("a"));

    ReleaseAction.Result refused = run(ReleaseAction.Kind.UNDO, bench.away("a"), bench.host("b"));

    requireLeft(refused);
    assertThat(refused.sentence())
        .contains("b: undo: " + current("b") + " may be finished on a, where nobody could look")
        .contains("--limit b` takes it back here all the same");
  }

  @Test
  void aResumeThatFailsTakesNothingBackThatMayBeFinishedOnAHostThatIsAway() {
    isKilledAsItFinishes(bench.host("a"));

    ReleaseAction.Result failed =
        run(
            ReleaseAction.Kind.FINISH,
            bench.away("a"),
            bench.host("b"),
            Optional.of(new FailingProof("b")));

    requireLeft(failed);
    assertThat(failed.sentence())
        .contains("may be finished on a, where nobody could look, so it was not taken back here");
  }
}
