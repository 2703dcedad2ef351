package org.carillon.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.core.ExitCode;
import org.carillon.core.time.SystemClock;
import org.carillon.deploy.backup.BackupId;
import org.carillon.deploy.backup.BackupPlan;
import org.carillon.deploy.backup.Backups;
import org.carillon.deploy.backup.Goal;
import org.carillon.deploy.backup.Restore;
import org.carillon.deploy.deployable.DeployableLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A deployment of hosts on one of which a rollback was killed. */
class CutOffRollbackTest {

  private static final String SETTING = "hosts=a,b";

  @TempDir private Path folder;
  private Bench bench;
  private BackupId backup;
  private Restore restore;

  @BeforeEach
  void twoReleasesAndARollbackThatIsPrepared() throws IOException {
    bench = new Bench(folder);
    bench.serve("touch up\nexec sleep 1000\n");
    released();
    bench.write("build/etc/settings", "a=2\n", false);
    released();
    DeployableLoader.Loaded loaded = bench.load(SETTING);
    Backups backups =
        new Backups(BackupPlan.of(loaded.deployable(), loaded.resolvedYaml()), new SystemClock());
    backup = backups.list(bench.host("b")).backups().getFirst().id();
    bench.releases().reserve(bench.host("b"));
    restore = Restore.prepare(backups, bench.host("b"), backup, Goal.parse(backup.text()));
  }

  @AfterEach
  void stop() {
    bench.stopAll();
  }

  private void released() {
    ReleaseAction.Result result = bench.run(ReleaseAction.Kind.RELEASE, SETTING);
    assertThat(result.exitCode()).as(result.sentence()).isEqualTo(ExitCode.SUCCESS);
  }

  private void itIsKilledBeforeTheServiceIsStarted() {
    bench.releases().stop(bench.host("b"));
    restore.swap();
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(bench.root("b"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\.restore-.*|\\.reserve|pending|lock"))
          .toList();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UNDO", "FINISH"})
  void resumeLeavesItToTheRollbackAndSaysHowToGoOn(ReleaseAction.Kind kind) throws IOException {
    itIsKilledBeforeTheServiceIsStarted();
    String before = bench.inUse("b").toString();

    ReleaseAction.Result result = bench.run(kind, SETTING);

    assertThat(result.exitCode()).isNotEqualTo(ExitCode.SUCCESS);
    assertThat(result.table() + result.sentence())
        .contains("a rollback to " + backup + " was cut off there, and its service may be down")
        .contains("`rollback " + bench.file() + " --to " + backup + " --set ");
    assertThat(bench.inUse("b")).hasToString(before);
    assertThat(left()).anyMatch(name -> name.startsWith(".restore-"));
  }

  @Test
  void aReleaseClearsItAwayAndBringsWhatIsAskedFor() throws IOException {
    itIsKilledBeforeTheServiceIsStarted();

    released();

    assertThat(bench.inUse("b")).isEqualTo(bench.inUse("a"));
    assertThat(bench.releases().running(bench.host("b"))).isTrue();
    assertThat(left()).isEmpty();
  }

  @Test
  void aReleaseThatIsInUseAlreadyClearsItAway() throws IOException {
    assertThat(left()).hasSize(2);
    released();
    assertThat(left()).isEmpty();
  }
}
