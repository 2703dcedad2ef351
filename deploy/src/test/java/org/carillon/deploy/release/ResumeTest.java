package org.carillon.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.core.ExitCode;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.deploy.records.History;
import org.carillon.deploy.records.HistoryEntry;
import org.carillon.deploy.records.HistoryText;
import org.carillon.ssh.Host;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upgrade that was killed is gone on with, or taken back, while one of its hosts is away. */
class ResumeTest {

  @TempDir private Path folder;
  private Bench bench;
  private Path reports;
  private String old;

  @BeforeEach
  void anUpgradeIsKilled() throws IOException {
    bench = new Bench(folder);
    reports = bench.load().deployable().reports();
    bench.serve("touch up\nexec sleep 1000\n");
    ReleaseAction.Result first = run(ReleaseAction.Kind.RELEASE, bench.host("a"), bench.host("b"));
    assertThat(first.exitCode()).as(first.sentence()).isEqualTo(ExitCode.SUCCESS);
    old = bench.releases().current(bench.host("b")).orElseThrow();
    bench.write("build/etc/settings", "a=2\n", false);
    Fault fault = new Fault(Fault.Kind.KILLED, Step.HEALTH, "b", 0, reports);
    try {
      run(ReleaseAction.Kind.RELEASE, fault.over(bench.host("a")), fault.over(bench.host("b")));
    } catch (Fault.Killed e) {
      // Nobody is left to say anything.
    }
    assertThat(fault.struck()).isTrue();
    // Here it could still write down its end; and its process is this one, which lives on.
    Path history = reports.resolve(History.FILE);
    List<String> lines = Files.readAllLines(history);
    lines.removeLast();
    lines.add(lines.removeLast().replaceAll("\"start_ticks\":\\d+", "\"start_ticks\":1"));
    Files.write(history, lines);
  }

  @AfterEach
  void stop() {
    bench.stopAll();
  }

  private ReleaseAction.Result run(ReleaseAction.Kind kind, Host a, Host b) {
    return bench.run(kind, Map.of("a", a, "b", b), Optional.empty(), "rollout.canary=0");
  }

  private Optional<String> current(String host) {
    return bench.releases().current(bench.host(host));
  }

  private String history() {
    try (Fleet fleet = Fleet.of(bench.load().deployable(), Optional.empty())) {
      List<HistoryEntry> all = new History(reports).read().entries();
      return new HistoryText(all, reports, Optional.of(fleet)).json(all);
    }
  }

  @Test
  void anUndoIsDoneWhereItCanBeAndSettledByTheNextOne() {
    ReleaseAction.Result some = run(ReleaseAction.Kind.UNDO, bench.host("a"), bench.away("b"));
    assertThat(some.exitCode()).as(some.sentence()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(some.sentence()).contains("b: ", "nothing was changed there now: run this again");
    assertThat(history())
        .contains("ended without a word")
        .contains("`deploy resume " + bench.file() + "` finishes it, ")
        .contains("`deploy resume " + bench.file() + " --undo` takes it back")
        .doesNotContain("put right by");

    ReleaseAction.Result rest = run(ReleaseAction.Kind.UNDO, bench.host("a"), bench.host("b"));

    assertThat(rest.exitCode()).as(rest.sentence()).isEqualTo(ExitCode.SUCCESS);
    assertThat(current("b")).hasValue(old);
    assertThat(bench.root("b").resolve("pending")).doesNotExist();
    assertThat(bench.root("b").resolve("lock")).doesNotExist();
    assertThat(history()).contains("put right by " + rest.report().id());
  }

  @Test
  void whatCannotBeGoneOnWithIsLeftAsItIs() {
    Optional<String> upgraded = current("b");
    ReleaseAction.Result none = run(ReleaseAction.Kind.FINISH, bench.away("a"), bench.host("b"));
    assertThat(none.exitCode()).as(none.sentence()).isEqualTo(ExitCode.ALL_FAILED);
    assertThat(none.sentence())
        .contains("b: the change that is under way there was left as it is: `deploy resume ");
    assertThat(current("b")).isEqualTo(upgraded).isNotEqualTo(Optional.of(old));
    assertThat(bench.root("b").resolve("pending")).exists();

    ReleaseAction.Result done = run(ReleaseAction.Kind.FINISH, bench.host("a"), bench.host("b"));

    assertThat(done.exitCode()).as(done.sentence()).isEqualTo(ExitCode.SUCCESS);
    assertThat(current("a")).isEqualTo(current("b")).isEqualTo(upgraded);
  }

  @Test
  void whatIsFinishedOnOneHostIsNotTakenBackOnAnotherWhereItFailsNow() throws IOException {
    Optional<String> upgraded = current("b");
    Fault fault = new Fault(Fault.Kind.CUT, Step.FINISH, "b", 0, reports);
    ReleaseAction.Result cut =
        run(ReleaseAction.Kind.FINISH, bench.host("a"), fault.over(bench.host("b")));
    assertThat(cut.exitCode()).as(cut.sentence()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(bench.root("a").resolve("pending")).doesNotExist();

    ReleaseAction.Result failed =
        bench.run(
            ReleaseAction.Kind.FINISH,
            Map.of("a", bench.host("a"), "b", bench.host("b")),
            Optional.of(new FailingProof("b")),
            "rollout.canary=0");

    assertThat(failed.exitCode()).as(failed.sentence()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(failed.sentence())
        .contains("b: validate: ", "is finished on other hosts, so it was not taken back here")
        .doesNotContain("ATTENTION");
    assertThat(current("b")).isEqualTo(upgraded).isNotEqualTo(Optional.of(old));
    assertThat(bench.root("b").resolve("pending")).exists();
  }
}
