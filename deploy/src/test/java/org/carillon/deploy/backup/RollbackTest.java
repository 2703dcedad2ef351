package org.carillon.deploy.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.SystemClock;
import org.carillon.deploy.Cancellation;
import org.carillon.deploy.deployable.Deployable;
import org.carillon.deploy.deployable.DeployableLoader;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.deploy.records.ActionKind;
import org.carillon.deploy.records.ActionRecord;
import org.carillon.deploy.records.ActionReport;
import org.carillon.deploy.records.ActionRequest;
import org.carillon.deploy.records.DeployLock;
import org.carillon.deploy.records.HostRecord;
import org.carillon.deploy.records.LockPolicy;
import org.carillon.deploy.release.NodeRelease;
import org.carillon.ssh.fanout.FanOut;
import org.carillon.ssh.fanout.FanOutListener;
import org.carillon.ssh.fanout.FanOutSettings;
import org.carillon.ssh.fanout.HostSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several hosts, all of them this machine, with a real service on each. */
class RollbackTest {

  private static final ClockSource CLOCK = new SystemClock();

  private static final AfterChecks NO_CHECKS =
      new AfterChecks() {
        @Override
        public void before(SequencedMap<String, HostSource> hosts) {}

        @Override
        public Map<String, String> after(
            SequencedMap<String, HostSource> hosts, Map<String, String> versions) {
          return Map.of();
        }
      };

  @TempDir Path folder;
  private Deployable deployable;
  private Fleet fleet;
  private NodeRelease release;

  private void hosts(int count) throws IOException {
    Files.createDirectories(folder.resolve("build"));
    Files.writeString(
        folder.resolve("echo.yaml"),
        """
        name: echo
        hosts: "n[1-%d]"
        host: local
        root: "%s/node %%h"
        release: {files: build}
        service:
          start: [./serve]
          stop: {signal: TERM, deadline: 5s}
          health: {command: [test, -f, healthy], window: 1s, interval: 100ms}
        backup: {paths: [shared/data]}
        """
            .formatted(count, folder));
    deployable = DeployableLoader.load(folder.resolve("echo.yaml"), List.of(), folder).deployable();
    fleet = Fleet.of(deployable, Optional.empty());
    release = new NodeRelease(deployable);
    onAll(
        name -> {
          put(name, "echo-1", "good");
          node(name).write("shared/data/log", "one\n");
          release.start(fleet.host(name));
        });
  }

  private void onAll(Consumer<String> work) {
    FanOut.run(
            FanOutSettings.of("a test", Node.DEADLINE),
            fleet.hosts(),
            host -> {
              work.accept(host.name());
              return true;
            },
            FanOutListener.NONE)
        .forEach((name, outcome) -> assertThat(outcome.sentence()).isEqualTo("ok"));
  }

  @AfterEach
  void stopTheServices() {
    onAll(name -> release.stop(fleet.host(name)));
    fleet.close();
  }

  private Node node(String name) {
    return new Node(folder.resolve("node " + name));
  }

  private void put(String name, String id, String state) {
    Node node = node(name);
    node.release(id, state, id);
    node.write("releases/" + id + "/healthy", "");
    node.write("releases/" + id + "/serve", "#!/bin/sh\nexec sleep 1000\n");
    node.mode("releases/" + id + "/serve", "rwxr-x---");
  }

  /** As a deployment does it: a backup, and then another release. */
  private BackupId upgrade(String id, String state) {
    BackupId backup = BackupId.create(CLOCK);
    onAll(
        name -> {
          new Backups(plan(), CLOCK)
              .take(
                  fleet.host(name),
                  backup,
                  new BackupReason(ActionKind.RELEASE, "alice on tower", "before " + id));
          release.stop(fleet.host(name));
          put(name, id, state);
          node(name).write("shared/data/log", id + "\n");
          release.start(fleet.host(name));
        });
    return backup;
  }

  private BackupPlan plan() {
    return BackupPlan.of(deployable, "name: echo\n");
  }

  private ActionReport rollback(String goal) {
    return rollback(goal, NO_CHECKS);
  }

  private ActionReport rollback(String goal, AfterChecks checks) {
    Rollback rollback = new Rollback(fleet, plan(), CLOCK, new Cancellation());
    RollbackPlan todo = Rollback.plan(Goal.parse(goal), rollback.look());
    try (DeployLock lock =
            DeployLock.take(
                deployable.reports(),
                "echo",
                "rollback of echo",
                LockPolicy.REFUSE,
                CLOCK,
                line -> {});
        ActionRecord record =
            ActionRecord.begin(
                deployable.reports(),
                new ActionRequest(ActionKind.ROLLBACK, "echo", List.of("rollback")),
                CLOCK)) {
      return rollback.run(todo, lock, record, checks, "alice on tower");
    }
  }

  private static HostRecord of(ActionReport report, String host) {
    return report.hosts().stream().filter(it -> it.host().equals(host)).findFirst().orElseThrow();
  }

  private String picture(String name) {
    Node node = node(name);
    return node.sh("readlink current; find current/ shared -type f -exec sha256sum {} + | sort");
  }

  private boolean runs(String name) {
    return release.running(fleet.host(name));
  }

  @Test
  void allHostsGoBackByteForByteAndTheRollbackItselfCanBeUndone() throws IOException {
    hosts(2);
    String before = picture("n1");
    upgrade("echo-2", "failed");
    String upgraded = picture("n2");
    onAll(name -> node(name).sh("rm -rf releases/echo-1; echo to echo-3 >pending"));
    ActionReport report = rollback("last-good");
    assertThat(report.exitCode()).isEqualTo(ExitCode.SUCCESS);
    assertThat(report.hosts())
        .hasSize(2)
        .allSatisfy(
            host -> {
              assertThat(host.before()).isEqualTo("echo-2");
              assertThat(host.now()).isEqualTo("echo-1");
              assertThat(runs(host.host())).isTrue();
              assertThat(picture(host.host())).isEqualTo(before);
              assertThat(node(host.host()).litter()).isEmpty();
              assertThat(node(host.host()).root.resolve("lock")).doesNotExist();
              assertThat(node(host.host()).root.resolve("pending")).doesNotExist();
            });
    release.stop(fleet.host("n1")); // as if the rollback had been cut off before the start
    assertThat(rollback("last-good").hosts())
        .allSatisfy(
            host -> {
              assertThat(host.outcome()).isEqualTo("nothing to do");
              assertThat(runs(host.host())).isTrue();
            });
    assertThat(rollback("previous").outcome()).contains("2 of 2 hosts went back to previous");
    assertThat(picture("n2")).isEqualTo(upgraded);
  }

  @Test
  void whatFailsOnAHostIsSaidWithWhatIsWhereThereAndHoldsUpNoOther() throws IOException {
    hosts(5);
    node("n3").sh("rm current/healthy");
    BackupId backup = upgrade("echo-2", "good");
    String before = picture("n1");
    node("n1").sh("echo x >>'backups/" + backup + "/files/shared/data/log'");
    node("n2").sh("mv shared/data shared/moved; ln -s moved shared/data");
    ActionReport report = rollback(backup.text(), complaining("n4"));
    node("n2").sh("rm shared/data; mv shared/moved shared/data");

    assertThat(report.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(of(report, "n1").sentence())
        .contains("the backup " + backup + " is damaged: shared/data/log has 6 bytes, not 4");
    assertThat(of(report, "n2").sentence()).contains("shared/data is a symbolic link");
    assertThat(List.of("n1", "n2"))
        .allSatisfy(
            name -> {
              assertThat(of(report, name).now()).isEqualTo("echo-2");
              assertThat(picture(name)).isEqualTo(before);
              assertThat(runs(name)).isTrue();
              assertThat(node(name).litter()).isEmpty();
            });
    assertThat(of(report, "n3").sentence())
        .contains("not healthy", "echo-1 is in place, byte for byte", "rollback --to ");
    assertThat(of(report, "n3").now()).isEqualTo("echo-1");
    assertThat(of(report, "n4").sentence()).contains("tests answers: exit code 1");
    assertThat(of(report, "n4").now()).isEqualTo("echo-1");
    assertThat(of(report, "n5").succeeded()).isTrue();
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
    String before = picture("n1");
    upgrade("echo-2", "failed");
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

    ActionReport report = rollback("last-good", stopped);

    assertThat(report.exitCode()).isEqualTo(ExitCode.ALL_FAILED);
    assertThat(of(report, "n1").toString())
        .contains("was restored, but not checked: stopped", "is in the backup ");
    assertThat(picture("n1")).isEqualTo(before);
    assertThat(runs("n1")).isTrue();
  }

  @Test
  void aRollbackToNothingTakesTheReleaseOutOfUse() throws IOException {
    hosts(1);
    BackupId empty = BackupId.create(CLOCK);
    node("n1").sh("mkdir ../aside; mv current shared releases ../aside");
    new Backups(plan(), CLOCK)
        .take(fleet.host("n1"), empty, new BackupReason(ActionKind.RELEASE, "alice", "the first"));
    node("n1").sh("mv ../aside/* .");
    ActionReport report = rollback(empty.text());
    assertThat(report.exitCode()).isEqualTo(ExitCode.SUCCESS);
    assertThat(node("n1").root.resolve("current")).doesNotExist();
    assertThat(node("n1").root.resolve("shared/data")).doesNotExist();
    assertThat(runs("n1")).isFalse();
  }
}
