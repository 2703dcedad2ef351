package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.carillon.cli.Program.Result;
import org.carillon.core.time.SystemClock;
import org.carillon.deploy.backup.BackupId;
import org.carillon.deploy.backup.BackupPlan;
import org.carillon.deploy.backup.BackupReason;
import org.carillon.deploy.backup.Backups;
import org.carillon.deploy.deployable.DeployableLoader;
import org.carillon.deploy.records.ActionKind;
import org.carillon.ssh.LocalHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code rollback} of the distribution. The hosts are this machine, with a root folder for each. A
 * small filesystem can be made by root only; without it that host is not among them.
 */
class RollbackIT {

  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
  private static final Duration DEADLINE = Duration.ofSeconds(300);

  private static final List<String> NAMES = List.of("n1", "n2", "n3", "n4", "n5", "n6");

  @TempDir Path folder;

  @BeforeEach
  void makeTheReleasesFolder() throws IOException {
    Files.createDirectory(folder.resolve("build"));
  }

  @AfterEach
  void endTheServices() {
    for (String name : NAMES) {
      sh("read -r pid rest <'%s/run/service.pid' && kill -KILL \"-$pid\"".formatted(root(name)));
      sh("mountpoint -q '%1$s' && umount --lazy '%1$s'".formatted(root(name)));
    }
  }

  /** A host whose root is a filesystem of its own. */
  private void small(String name, String options) throws IOException {
    Path root = Files.createDirectory(root(name));
    good(Program.command("mount", "-t", "tmpfs", "-o", options, "t", root.toString()));
  }

  private Path root(String name) {
    return folder.resolve("node " + name);
  }

  private static Result sh(String text) {
    return Program.command("sh", "-c", text);
  }

  /**
   * A deployable on these hosts.
   *
   * @param way how they are reached: lines of the file
   */
  private Path deployable(String hosts, String way) throws IOException {
    return Files.writeString(
        folder.resolve("echo.yaml"),
        """
        name: echo
        hosts: "%s"
        %s
        root: "%s/node %%h"
        release: {files: build}
        service:
          start: [./serve]
          stop: {signal: TERM, deadline: 60s}
          health: {command: [test, -f, healthy], window: 20s, interval: 100ms}
        backup: {paths: [shared/data]}
        """
            .formatted(hosts, way, folder));
  }

  /** Lets a release be in use, whose service does not stop while there is a file that says so. */
  private void put(String name, String id, String state) throws IOException {
    Path release = Files.createDirectories(root(name).resolve("releases/" + id));
    Files.writeString(release.resolve("healthy"), id);
    Files.writeString(release.resolve(".state"), state + " 2026-11-22T10:15:30Z\n");
    Files.writeString(
        release.resolve("serve"),
        """
        #!/bin/sh
        end() {
          if [ -e ../../slow ]; then
            : >../../stopping
            while [ -e ../../slow ]; do sleep 0.1; done
          fi
          exit 0
        }
        trap end TERM
        while :; do sleep 0.1; done
        """);
    Files.createDirectories(root(name).resolve("shared/data"));
    Files.writeString(root(name).resolve("shared/data/log"), id + "\n");
    good(
        sh(
            "cd '%s' && chmod 750 releases/%s/serve && ln -sfn releases/%s current"
                .formatted(root(name), id, id)));
  }

  private BackupId backup(Path file, List<String> names) {
    DeployableLoader.Loaded loaded = DeployableLoader.load(file, List.of(), folder);
    Backups backups =
        new Backups(BackupPlan.of(loaded.deployable(), loaded.resolvedYaml()), new SystemClock());
    BackupId id = BackupId.create(new SystemClock());
    for (String name : names) {
      backups.take(
          new LocalHost(name), id, new BackupReason(ActionKind.RELEASE, "alice on tower", "test"));
    }
    return id;
  }

  private static Program rollback(Path file, Object... arguments) {
    return Program.named("rollback").with(file).with(arguments);
  }

  private String picture(String name) {
    return sh("cd '%s' && readlink current && find -L current shared -type f -exec sha256sum {} +"
            .formatted(root(name)))
        .out();
  }

  private static void good(Result result) {
    assertThat(result.exitCode()).as(result.err() + result.out()).isZero();
  }

  /** Without the rights by which root reads what others may not. */
  private static Result asAnyone(Program program) {
    return ROOT
        ? program.behind("setpriv", "--bounding-set=-dac_override,-dac_read_search").run()
        : program.run();
  }

  private static String line(Result result, String host) {
    return result
        .out()
        .lines()
        .filter(line -> line.startsWith(host + " "))
        .findFirst()
        .orElseThrow(() -> new AssertionError(result.out() + result.err()));
  }

  @Test
  void aHostThatCannotGoBackKeepsWhatItHasAndTheOthersGoBack() throws IOException {
    List<String> names = ROOT ? NAMES : List.of("n1", "n2", "n3");
    Path file = deployable("n[1-%d]".formatted(names.size()), "host: local");
    if (ROOT) {
      small("n4", "size=6m");
      small("n5", "size=6m");
      small("n6", "size=6m,nr_inodes=60");
      Files.createDirectories(root("n5").resolve("shared/data"));
      sh("head -c 2000000 /dev/zero >'%s/shared/data/large'".formatted(root("n5")));
    }
    for (String name : names) {
      put(name, "echo-1", "good");
    }
    String before = picture("n1");
    BackupId backup = backup(file, names);
    for (String name : names) {
      put(name, "echo-2", "failed");
    }
    sh("echo x >>'%s/backups/%s/files/shared/data/log'".formatted(root("n2"), backup));
    sh("chmod 0 '%s/shared/data/log'".formatted(root("n3")));
    sh("head -c 3500000 /dev/zero >'%s/shared/data/large'".formatted(root("n4")));
    sh("cd '%s' && mv shared/data/large shared/other".formatted(root("n5")));
    sh("cd '%s/shared/data' && touch 1 2 3 4 5 6 7 8 9".formatted(root("n6")));

    Result asked = rollback(file, "--to", "last-good").run();
    assertThat(asked.exitCode()).isEqualTo(5);
    assertThat(asked.err()).contains("there is no terminal to ask on; --yes", backup.text());

    Result result = asAnyone(rollback(file, "--to", "last-good", "--yes"));
    assertThat(result.exitCode()).as(result.err() + result.out()).isEqualTo(2);
    assertThat(line(result, "n1")).contains("echo-2", "echo-1", "ok");
    assertThat(picture("n1")).isEqualTo(before);
    assertThat(line(result, "n2"))
        .contains("the backup " + backup + " is damaged: shared/data/log has");
    assertThat(line(result, "n3"))
        .contains("shared/data/log", "Permission denied")
        .contains("what was there before is in place and was started again");
    if (ROOT) {
      assertThat(line(result, "n4")).contains("backup: ", "disk full: a copy of shared/data needs");
      assertThat(line(result, "n5"))
          .contains("verify and prepare: ", "disk full: a copy of backups/" + backup);
      assertThat(line(result, "n6")).contains("backup: ", "disk full while copying shared/data");
    }
    for (String name : names.subList(1, names.size())) {
      assertThat(Files.readSymbolicLink(root(name).resolve("current")))
          .hasToString("releases/echo-2");
      assertThat(sh("ls -A '%1$s' '%1$s/backups'".formatted(root(name))).out())
          .doesNotContain(".restore", ".part");
      assertThat(sh("ls '%s/backups'".formatted(root(name))).out().strip())
          .as("the last good one, and no half of another")
          .isEqualTo(backup.text());
    }
    assertThat(Program.named("deploy").with("history", file).run().out())
        .contains("-rollback-echo", "did not go back to last-good");
  }

  @Test
  void whatAnotherAccountKeepsIsRefusedInWordsAndKeepsNobodyFromLooking() throws IOException {
    Path file = deployable("n1", "host: local");
    put("n1", "echo-1", "good");
    Program history = Program.named("deploy").with("history", file);
    Result none = history.run();
    assertThat(none.exitCode()).isEqualTo(7);
    assertThat(none.err()).contains("nothing is recorded in ");
    Files.createDirectories(folder.resolve("reports"));
    Files.writeString(folder.resolve("reports/validate-echo.json"), "another's");
    sh("chmod 0 '%1$s/reports/validate-echo.json' '%1$s/reports'".formatted(folder));

    Result refused = asAnyone(history);
    Result looked = asAnyone(Program.named("validate").with(file, "--check", "versions"));
    sh("chmod 755 '%s/reports'".formatted(folder));

    assertThat(refused.exitCode()).isEqualTo(5);
    assertThat(refused.err()).contains("history.jsonl: permission denied.");
    assertThat(looked.exitCode()).as(looked.err() + looked.out()).isZero();
    assertThat(looked.err()).contains("belongs to another account: nothing is remembered");
    assertThat(folder.resolve("reports")).isDirectoryNotContaining("glob:**/*-validate-echo");
  }

  @Test
  @EnabledIfSystemProperty(named = "user.name", matches = "root")
  void aReleaseThatFillsTheDiskIsTakenBackAndTheServiceRunsAgain() throws IOException {
    small("n1", "size=8m");
    Path file = deployable("n1", "host: local");
    Program release = Program.named("deploy").with("release", file, "--yes", "--skip-tests");
    Files.writeString(folder.resolve("build/healthy"), "");
    serve("exec sleep 1000");
    good(release.run());
    String before = picture("n1");

    Files.delete(folder.resolve("build/healthy"));
    serve("while :; do cat /dev/zero; sleep 0.1; done >>../../shared/full 2>&-");
    Result result = release.with("--set", "service.health.window=3s").run();

    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(1);
    assertThat(line(result, "n1")).contains("rolled back");
    sh("rm '%s/shared/full'".formatted(root("n1")));
    assertThat(picture("n1")).isEqualTo(before);
    good(sh("read -r pid rest <'%s/run/service.pid' && kill -0 \"$pid\"".formatted(root("n1"))));
    assertThat(root("n1").resolve(".reserve")).doesNotExist();
  }

  private void serve(String line) throws IOException {
    Path serve = Files.writeString(folder.resolve("build/serve"), "#!/bin/sh\n" + line + "\n");
    good(sh("chmod 750 '%s'".formatted(serve)));
  }

  @Test
  void oneThatWasKilledIsDoneAgainAndASecondIsRefusedWhileOneIsUnderWay() throws IOException {
    Path keys = Files.createDirectory(folder.resolve("keys"));
    try (PrivateSshd sshd = PrivateSshd.start(keys)) {
      Files.writeString(
          folder.resolve("ssh_config"),
          "Host n1\nHostName 127.0.0.1\nPort %d\nIdentityFile \"%s/id\"\n"
              .formatted(sshd.port(), keys));
      Path file = deployable("n1", "ssh: {config: ssh_config, known_hosts: keys/known_hosts}");
      put("n1", "echo-1", "good");
      String before = picture("n1");
      BackupId backup = backup(file, List.of("n1"));
      put("n1", "echo-2", "good");
      good(rollback(file, "--to", backup, "--yes").run()); // which starts the service
      put("n1", "echo-2", "good");
      sh("touch '%s/slow'".formatted(root("n1")));

      try (Program.Running killed = rollback(file, "--to", backup, "--yes").start()) {
        Program.await("the service is asked to stop", DEADLINE, this::isStopping);
        Result second = rollback(file, "--to", backup, "--yes").run();
        assertThat(second.exitCode()).isEqualTo(5);
        assertThat(second.err())
            .contains("a deployment of echo is under way", "process " + killed.process().pid());
        killed.signal("KILL");
        killed.await(DEADLINE);
      }
      Files.delete(root("n1").resolve("slow"));
      assertThat(Program.named("deploy").with("history", file).run().out())
          .contains("ended without a word at stop on n1; run rollback again");
      Result again = rollback(file, "--to", backup, "--yes").run();
      good(again);
      assertThat(again.err()).contains("takes over the lock of a process that has died");
      assertThat(picture("n1")).isEqualTo(before);
      assertThat(root("n1").resolve("lock")).doesNotExist();
    }
  }

  private boolean isStopping() {
    return Files.exists(root("n1").resolve("stopping"));
  }
}
