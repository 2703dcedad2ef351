package org.carillon.deploy.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.deploy.records.ActionKind;
import org.carillon.deploy.records.ActionReport;
import org.carillon.deploy.records.HostRecord;
import org.carillon.deploy.records.LockPolicy;
import org.carillon.ssh.Host;
import org.carillon.ssh.LocalHost;
import org.carillon.ssh.fanout.HostSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several hosts, all of them this machine, with a real service on each. */
class RollbackTest {

  @TempDir Path folder;
  private Bench bench;

  private void hosts(int count) throws IOException {
    Map<String, Host> hosts = new TreeMap<>();
    for (int i = 1; i <= count; i++) {
      hosts.put("n" + i, new LocalHost("n" + i));
    }
    bench = new Bench(folder, hosts);
  }

  @AfterEach
  void stopTheServices() {
    bench.close();
  }

  @Test
  void allHostsGoBackByteForByteAndTheRollbackItselfCanBeUndone() throws IOException {
    hosts(2);
    String before = bench.picture("n1");
    bench.upgrade("echo-2", "failed");
    String upgraded = bench.picture("n2");
    bench.onAll(name -> bench.node(name).sh("rm -rf releases/echo-1; echo to echo-3 >pending"));
    ActionReport report = bench.rollback("last-good");
    assertThat(report.exitCode()).isEqualTo(ExitCode.SUCCESS);
    assertThat(report.hosts())
        .hasSize(2)
        .allSatisfy(
            host -> {
              assertThat(host.before()).isEqualTo("echo-2");
              assertThat(host.now()).isEqualTo("echo-1");
              assertThat(bench.runs(host.host())).isTrue();
              assertThat(bench.picture(host.host())).isEqualTo(before);
              assertThat(bench.node(host.host()).litter()).isEmpty();
              assertThat(bench.node(host.host()).root.resolve("lock")).doesNotExist();
              assertThat(bench.node(host.host()).root.resolve("pending")).doesNotExist();
            });
    bench.release().stop(bench.host("n1")); // as if the rollback had been cut off before the start
    assertThat(bench.rollback("last-good").hosts())
        .allSatisfy(
            host -> {
              assertThat(host.outcome())
                  .isEqualTo(host.host().equals("n1") ? "started" : "nothing to do");
              assertThat(bench.runs(host.host())).isTrue();
            });
    assertThat(bench.rollback("previous").outcome()).contains("2 of 2 hosts went back to previous");
    assertThat(bench.picture("n2")).isEqualTo(upgraded);
  }

  @Test
  void whatFailsOnAHostIsSaidWithWhatIsWhereThereAndHoldsUpNoOther() throws IOException {
    hosts(5);
    bench.node("n3").sh("rm current/healthy; printf '#!/bin/sh\\nexit 3\\n' >current/serve");
    BackupId backup = bench.upgrade("echo-2", "good");
    String before = bench.picture("n1");
    bench.node("n1").sh("echo x >>'backups/" + backup + "/files/shared/data/log'");
    bench.node("n2").sh("mv shared/data shared/moved; ln -s moved shared/data");
    ActionReport report = bench.rollback(backup.text(), complaining("n4"), LockPolicy.REFUSE);
    bench.node("n2").sh("rm shared/data; mv shared/moved shared/data");

    assertThat(report.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(Bench.of(report, "n1").sentence())
        .contains("the backup " + backup + " is damaged: shared/data/log has 6 bytes, not 4");
    assertThat(Bench.of(report, "n2").sentence()).contains("shared/data is a symbolic link");
    assertThat(List.of("n1", "n2"))
        .allSatisfy(
            name -> {
              assertThat(Bench.of(report, name).now()).isEqualTo("echo-2");
              assertThat(bench.picture(name)).isEqualTo(before);
              assertThat(bench.runs(name)).isTrue();
              assertThat(bench.node(name).litter()).isEmpty();
            });
    assertThat(Bench.of(report, "n3").sentence())
        .contains(
            "has ended with exit code 3", "echo-1 is in place, byte for byte", "is in the backup ");
    assertThat(Bench.of(report, "n3").now()).isEqualTo("echo-1");
    assertThat(Bench.of(report, "n4").sentence()).contains("tests answers: exit code 1");
    assertThat(Bench.of(report, "n4").now()).isEqualTo("echo-1");
    assertThat(Bench.of(report, "n5").succeeded()).isTrue();
    assertThat(report.outcome())
        .startsWith(
            "ATTENTION, the hosts differ now: n[3-5] have echo-1, n[1-2] have echo-2; 2 of 5 hosts"
                + " did not go back to "
                + backup)
        .containsPattern(
            "go on with `rollback \\S*/echo.yaml --to "
                + backup
                + " --limit 'n\\[1-2]'`; 2 of 5 hosts went back to ")
        .containsPattern(
            "; undo the others with `rollback \\S*/echo.yaml --to \\S+ --limit 'n\\[3-5]'`\\.$");
  }

  private static AfterChecks complaining(String host) {
    return new AfterChecks() {
      @Override
      public void before(SequencedMap<String, HostSource> hosts) {}

      @Override
      public Map<String, String> after(
          SequencedMap<String, HostSource> hosts, Map<String, String> versions) {
        assertThat(versions).containsOnlyKeys("n4", "n5").containsEntry(host, "echo-1");
        return Map.of(host, "tests answers: exit code 1");
      }
    };
  }

  @Test
  void checksThatAreStoppedTakeNothingBackAndHideNothing() throws IOException {
    hosts(1);
    String before = bench.picture("n1");
    bench.upgrade("echo-2", "failed");
    AfterChecks stopped =
        new AfterChecks() {
          @Override
          public void before(SequencedMap<String, HostSource> hosts) {}

          @Override
          public Map<String, String> after(
              SequencedMap<String, HostSource> hosts, Map<String, String> versions) {
            throw new CarillonException(ExitCode.ABORTED, "stopped.");
          }
        };

    ActionReport report = bench.rollback("last-good", stopped, LockPolicy.REFUSE);

    assertThat(report.exitCode()).isEqualTo(ExitCode.ALL_FAILED);
    assertThat(Bench.of(report, "n1").toString())
        .contains("was restored, but not checked: stopped", "is in the backup ");
    assertThat(bench.picture("n1")).isEqualTo(before);
    assertThat(bench.runs("n1")).isTrue();
  }

  @Test
  void aRollbackToNothingTakesTheReleaseOutOfUse() throws IOException {
    hosts(1);
    BackupId empty = BackupId.create(Bench.CLOCK);
    bench.node("n1").sh("mkdir ../aside; mv current shared releases ../aside");
    new Backups(bench.plan(), Bench.CLOCK)
        .take(bench.host("n1"), empty, new BackupReason(ActionKind.RELEASE, "alice", "the first"));
    bench.node("n1").sh("mv ../aside/* .");
    ActionReport report = bench.rollback(empty.text());
    assertThat(report.exitCode()).isEqualTo(ExitCode.SUCCESS);
    assertThat(bench.node("n1").root.resolve("current")).doesNotExist();
    assertThat(bench.node("n1").root.resolve("shared/data")).doesNotExist();
    assertThat(bench.runs("n1")).isFalse();
  }

  @Test
  void aDryRunEndsAsTheRollbackWouldWhereAHostIsLostWhileItsBackupIsRead() throws IOException {
    CutHost host = new CutHost("n1", "read the backup", CutHost.Cut.FOR_GOOD);
    bench = new Bench(folder, Map.of("n1", host));
    bench.upgrade("echo-2", "good");
    assertThat(bench.look("last-good").exitCode()).isEqualTo(ExitCode.SUCCESS);
    host.arm();
    ExitCode cut = bench.look("last-good").exitCode();
    host.heal();
    assertThat(cut).isEqualTo(ExitCode.CONNECTION);
  }

  @Test
  void whatWasTurnedBackFromIsNotGoneBackToAndOldLinesOfARestoredLogDoNotCount()
      throws IOException {
    hosts(1);
    bench.node("n1").write("shared/data/log", "ERROR old trouble\n");
    bench.upgrade("echo-2", "good");
    ActionReport report = bench.rollback("last-good", bench.checks(), LockPolicy.REFUSE);
    assertThat(report.outcome()).startsWith("1 of 1 host went back to last-good; undo it");
    assertThat(bench.node("n1").sh("cat releases/echo-2/.state")).contains("\nturned-back ");
    assertThat(bench.rollback("last-good").outcome())
        .isEqualTo("nothing was to be restored: last-good is in use already.");
    String before = bench.picture("n1");
    BackupId damaged = bench.upgrade("echo-3", "good");
    bench.node("n1").sh("echo x >>'backups/" + damaged + "/files/releases/echo-1/serve'");
    assertThat(Bench.of(bench.rollback("last-good"), "n1").now()).isEqualTo("echo-1");
    assertThat(bench.picture("n1")).as("from releases/, where it is whole").isEqualTo(before);
  }

  @Test
  void aRollbackThatIsRefusedLeavesTheReserveToAChangeUnderWay() throws IOException {
    hosts(2);
    BackupId backup = bench.upgrade("echo-2", "good");
    bench.onAll(
        name -> bench.node(name).sh("echo x >>'backups/" + backup + "/files/shared/data/log'"));
    bench.node("n1").write("pending", "to echo-3\n");
    bench.release().reserve(bench.host("n1"));

    ActionReport report = bench.rollback(backup.text());

    assertThat(report.exitCode()).as(report.outcome()).isEqualTo(ExitCode.ALL_FAILED);
    assertThat(bench.node("n1").root.resolve(".reserve")).hasSize(1 << 20);
    assertThat(bench.node("n2").root.resolve(".reserve")).doesNotExist();
  }

  @Test
  void whereNothingIsToBeRestoredAChangeUnderWayIsGivenUp() throws IOException {
    hosts(2);
    bench.upgrade("echo-2", "failed");
    bench.rollback("last-good");
    bench
        .node("n1")
        .write(
            "pending",
            """
            to echo-2
            to_state validated
            from echo-1
            running true
            backup -
            proved false
            by alice on tower
            since 2026-11-22T10:00:00Z
            """);
    bench.node("n2").write("pending", "damaged\n");
    bench.release().stop(bench.host("n2"));

    ActionReport report = bench.rollback("last-good");

    assertThat(report.exitCode()).isEqualTo(ExitCode.SUCCESS);
    assertThat(Bench.of(report, "n1").outcome()).isEqualTo("nothing to do");
    for (String name : List.of("n1", "n2")) {
      assertThat(bench.node(name).root.resolve("pending")).doesNotExist();
      assertThat(bench.runs(name)).isTrue();
    }
    assertThat(bench.log(report))
        .contains(
            "n1: a change from echo-1 to echo-2, begun 2026-11-22T10:00:00Z by alice on tower, is"
                + " not finished: it is given up");
  }

  @Test
  void allThatWasTurnedBackFromIsGoodAgainWhenTheRollbackIsUndone() throws IOException {
    hosts(1);
    BackupId first = bench.upgrade("echo-2", "good");
    bench.upgrade("echo-3", "good");
    String undo = undoOf(bench.rollback(first.text()));
    assertThat(states()).isEqualTo("good turned-back turned-back");
    // As if it had been cut off before it noted that: the next one does.
    bench.node("n1").sh("sed -i /turned-back/d releases/*/.state");
    bench.rollback("last-good");
    assertThat(states()).isEqualTo("good turned-back turned-back");

    assertThat(bench.rollback(undo).exitCode()).isEqualTo(ExitCode.SUCCESS);

    assertThat(states()).isEqualTo("good good good");
    assertThat(Bench.of(bench.rollback("last-good"), "n1").now()).isEqualTo("echo-2");
    assertThat(states()).isEqualTo("good good turned-back");
  }

  @Test
  void whoFollowsTheAdviceAfterAFailureHasAllHostsAtTheSameRelease() throws IOException {
    hosts(3);
    bench.upgrade("echo-2", "good");
    bench.upgrade("echo-3", "good");
    bench.node("n2").sh("mv shared/data shared/moved; ln -s moved shared/data");
    ActionReport partial = bench.rollback("last-good");
    assertThat(partial.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    bench.node("n2").sh("rm shared/data; mv shared/moved shared/data");

    Matcher advice =
        Pattern.compile("go on with `rollback \\S+ --to (\\S+)`; ").matcher(partial.outcome());
    assertThat(advice.find()).as(partial.outcome()).isTrue();
    ActionReport rest = bench.rollback(advice.group(1));

    assertThat(rest.exitCode()).as(rest.outcome()).isEqualTo(ExitCode.SUCCESS);
    assertThat(rest.hosts()).extracting(HostRecord::now).containsOnly("echo-2");
  }

  private static String undoOf(ActionReport report) {
    return report
        .outcome()
        .replaceFirst("(?s).*; undo it with `rollback \\S+ --to (\\S+)`\\.$", "$1");
  }

  /** Of all releases there, in their order. */
  private String states() {
    return bench
        .node("n1")
        .sh("for f in releases/*/.state; do tail -n 1 $f | cut -d ' ' -f 1; done")
        .strip()
        .replace('\n', ' ');
  }
}
