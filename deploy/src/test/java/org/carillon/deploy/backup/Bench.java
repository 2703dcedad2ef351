package org.carillon.deploy.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
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
import org.carillon.ssh.Host;
import org.carillon.ssh.fanout.FanOut;
import org.carillon.ssh.fanout.FanOutListener;
import org.carillon.ssh.fanout.FanOutSettings;
import org.carillon.ssh.fanout.HostSource;

/** Several hosts, each a folder of this machine, with a real service on each. */
final class Bench implements AutoCloseable {

  static final ClockSource CLOCK = new SystemClock();

  static final AfterChecks NO_CHECKS =
      new AfterChecks() {
        @Override
        public void before(SequencedMap<String, HostSource> hosts) {}

        @Override
        public Map<String, String> after(
            SequencedMap<String, HostSource> hosts, Map<String, String> versions) {
          return Map.of();
        }
      };

  private final Path folder;
  private final Deployable deployable;
  private final Fleet fleet;
  private final NodeRelease release;

  /** Hosts that run echo-1, which is good. */
  Bench(Path folder, Map<String, ? extends Host> hosts) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("build"));
    Files.writeString(
        folder.resolve("echo.yaml"),
        """
        name: echo
        hosts: "%s"
        host: local
        root: "%s/node %%h"
        release: {files: build}
        service:
          start: [./serve]
          stop: {signal: TERM, deadline: 5s}
          health: {command: [test, -f, healthy], window: 30s, interval: 100ms}
        backup: {paths: [shared/data]}
        validate: {logs: [shared/data/log], patterns: [{name: errors, regex: ERROR}]}
        """
            .formatted(String.join(",", hosts.keySet()), folder));
    deployable = DeployableLoader.load(folder.resolve("echo.yaml"), List.of(), folder).deployable();
    fleet = Fleet.over(deployable, new TreeMap<>(hosts));
    release = new NodeRelease(deployable);
    onAll(
        name -> {
          put(name, "echo-1", "good");
          node(name).write("shared/data/log", "one\n");
          release.start(host(name));
        });
  }

  Host host(String name) {
    return fleet.host(name);
  }

  NodeRelease release() {
    return release;
  }

  Node node(String name) {
    return new Node(folder.resolve("node " + name));
  }

  void onAll(Consumer<String> work) {
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

  private void put(String name, String id, String state) {
    Node node = node(name);
    node.release(id, state, id);
    node.write("releases/" + id + "/healthy", "");
    node.write("releases/" + id + "/serve", "#!/bin/sh\nexec sleep 1000\n");
    node.mode("releases/" + id + "/serve", "rwxr-x---");
  }

  /** As a deployment does it: a backup, and then another release. */
  BackupId upgrade(String id, String state) {
    BackupId backup = BackupId.create(CLOCK);
    onAll(
        name -> {
          new Backups(plan(), CLOCK)
              .take(
                  host(name),
                  backup,
                  new BackupReason(ActionKind.RELEASE, "alice on tower", "before " + id));
          release.stop(host(name));
          put(name, id, state);
          node(name).write("shared/data/log", id + "\n");
          release.start(host(name));
        });
    return backup;
  }

  BackupPlan plan() {
    return BackupPlan.of(deployable, "name: echo\n");
  }

  /** As a rollback makes them. */
  AfterChecks checks() {
    return new ReleaseChecks(fleet, CLOCK, new Cancellation());
  }

  /** What a dry run finds. */
  RollbackPlan look(String goal) {
    Rollback rollback = new Rollback(fleet, plan(), CLOCK, new Cancellation());
    return rollback.verified(Rollback.plan(Goal.parse(goal), rollback.look()));
  }

  ActionReport rollback(String goal) {
    return rollback(goal, NO_CHECKS, LockPolicy.REFUSE);
  }

  ActionReport rollback(String goal, AfterChecks checks, LockPolicy policy) {
    Rollback rollback = new Rollback(fleet, plan(), CLOCK, new Cancellation());
    RollbackPlan todo = Rollback.plan(Goal.parse(goal), rollback.look());
    try (DeployLock lock =
            DeployLock.take(
                deployable.reports(), "echo", "rollback of echo", policy, CLOCK, line -> {});
        ActionRecord record =
            ActionRecord.begin(
                deployable.reports(),
                new ActionRequest(ActionKind.ROLLBACK, "echo", List.of("rollback")),
                CLOCK)) {
      return rollback.run(todo, lock, record, checks, "alice on tower");
    }
  }

  /** What it said. */
  String log(ActionReport report) throws IOException {
    return Files.readString(deployable.reports().resolve(report.id()).resolve("rollback.log"));
  }

  static HostRecord of(ActionReport report, String host) {
    return report.hosts().stream().filter(it -> it.host().equals(host)).findFirst().orElseThrow();
  }

  /** What is in use and what outlives releases, byte for byte. */
  String picture(String name) {
    return node(name)
        .sh("readlink current; find current/ shared -type f -exec sha256sum {} + | sort");
  }

  boolean runs(String name) {
    return release.running(host(name));
  }

  /** Ends the services. */
  @Override
  public void close() {
    onAll(name -> release.stop(host(name)));
    fleet.close();
  }
}
