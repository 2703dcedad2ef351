package org.carillon.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.carillon.core.ExitCode;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.ForwardingHost;
import org.carillon.ssh.Host;
import org.carillon.ssh.LocalHost;
import org.carillon.ssh.fanout.FailedHosts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which order hosts change, on which, and what becomes of them; four names of this machine. */
class RolloutTest {

  private static final List<String> ALL = List.of("a", "b", "c", "d");

  @TempDir private Path folder;
  private Bench bench;
  private final List<String> waves = new ArrayList<>();
  private final List<String> pieces = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void build() {
    bench = new Bench(folder);
    bench.serve("touch up\nexec sleep 1000\n");
  }

  @AfterEach
  void stop() {
    bench.stopAll();
  }

  private ReleaseAction.Result run(
      ReleaseAction.Kind kind, Iterable<String> names, Optional<Proof> proof, String... settings) {
    Map<String, Host> hosts = new LinkedHashMap<>();
    names.forEach(name -> hosts.put(name, new Counting(new LocalHost(name))));
    List<String> all = new ArrayList<>(List.of("hosts=a,b,c,d", "rollout.soak=0s"));
    all.addAll(List.of(settings));
    return bench.run(kind, hosts, proof, all.toArray(String[]::new));
  }

  /** Notes each wave, and finds the release bad on some hosts. */
  private Optional<Proof> badOn(String... bad) {
    return Optional.of(
        new Proof() {
          @Override
          public void before(Fleet hosts) {}

          @Override
          public Map<String, String> complaints(Fleet hosts, String id) {
            waves.add(hosts.names().toString());
            Map<String, String> complaints = new LinkedHashMap<>();
            List.of(bad).forEach(name -> complaints.put(name, "tests answers: no"));
            complaints.keySet().retainAll(hosts.names().names());
            return complaints;
          }
        });
  }

  private String current(String host) {
    return bench.releases().current(bench.host(host)).orElse("-");
  }

  private Path incoming() {
    return folder.resolve("hosts/.incoming");
  }

  @Test
  void batchesGoOnWhileFewFailAndThoseAreTriedAgainAlone() {
    ReleaseAction.Result result =
        run(
            ReleaseAction.Kind.RELEASE,
            ALL,
            badOn("b"),
            "rollout.canary=1",
            "rollout.batch=50%",
            "rollout.max_fail=25%");
    assertThat(waves).containsExactly("a", "b,c", "d");
    assertThat(result.exitCode()).as(result.sentence()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(current("b")).isEqualTo("-");
    assertThat(current("d")).isEqualTo(current("a")).isEqualTo(current("c")).startsWith("echo-");
    assertThat(result.table()).containsPattern("b +- +- +rolled back");
    assertThat(result.sentence()).contains("ATTENTION", "b has no release");
    assertThat(pieces).as("all hosts see the folder of what is incoming").hasSize(1);
    assertThat(incoming()).isEmptyDirectory();

    waves.clear();
    ReleaseAction.Result again =
        run(
            ReleaseAction.Kind.RELEASE,
            FailedHosts.read(result.folder().resolve(ReleaseAction.FAILED_HOSTS)).names(),
            badOn());
    assertThat(waves).containsExactly("b");
    assertThat(again.exitCode()).as(again.sentence()).isEqualTo(ExitCode.SUCCESS);
    assertThat(current("b")).isEqualTo(current("a"));
    assertThat(again.folder().resolve(ReleaseAction.FAILED_HOSTS)).isEmptyFile();
  }

  @Test
  void oneMoreThanMayFailTakesAllBackAndABadCanaryEndsItAtOnce() {
    ReleaseAction.Result result =
        run(
            ReleaseAction.Kind.RELEASE,
            ALL,
            badOn("b"),
            "rollout.canary=0",
            "rollout.batch=2",
            "rollout.max_fail=0");
    assertThat(waves).containsExactly("a,b");
    assertThat(result.exitCode()).isEqualTo(ExitCode.ALL_FAILED);
    assertThat(result.sentence()).contains("b: validate: tests answers: no", "no release");
    assertThat(result.table()).containsPattern("d +- +- +not begun +-");
    assertThat(ALL).allSatisfy(host -> assertThat(current(host)).isEqualTo("-"));
    assertThat(incoming()).as("of a release that failed").isEmptyDirectory();

    waves.clear();
    run(ReleaseAction.Kind.RELEASE, ALL, badOn("a"), "rollout.canary=1", "rollout.max_fail=4");
    assertThat(waves).containsExactly("a");
  }

  @Test
  void someHostsAloneABackupAloneAndNoTests() throws IOException {
    ReleaseAction.Result result =
        run(ReleaseAction.Kind.RELEASE, List.of("a", "c"), Optional.empty());
    assertThat(result.exitCode()).as(result.sentence()).isEqualTo(ExitCode.SUCCESS);
    assertThat(result.folder().resolve("report.md"))
        .content()
        .contains("The tests were skipped: nobody looked whether " + current("a"));
    assertThat(bench.root("b")).doesNotExist();

    bench.write("build/etc/settings", "a=2\n", false);
    String before = current("a");
    Files.writeString(bench.root("a").resolve("shared/data/kept"), "kept");
    ReleaseAction.Result backup =
        run(ReleaseAction.Kind.BACKUP, List.of("a", "c"), Optional.empty());
    assertThat(backup.sentence()).endsWith("was taken and read back on all hosts.");
    assertThat(current("a")).isEqualTo(before);
    String id = backup.sentence().replaceAll("the backup (\\S+) was.*", "$1");
    assertThat(bench.root("a").resolve("backups/" + id + "/files/shared/data/kept"))
        .hasContent("kept");
    assertThat(bench.root("a").resolve("releases"))
        .isDirectoryNotContaining(path -> !path.getFileName().toString().equals(before));

    String newest =
        run(ReleaseAction.Kind.BACKUP, List.of("a"), Optional.empty(), "backup.keep=1")
            .sentence()
            .replaceAll("the backup (\\S+) was.*", "$1");
    try (Stream<Path> kept = Files.list(bench.root("a").resolve("backups"))) {
      assertThat(kept).containsExactly(bench.root("a").resolve("backups/" + newest));
    }
  }

  /** Counts the pieces of what is uploaded. */
  private final class Counting extends ForwardingHost {
    Counting(Host real) {
      super(real);
    }

    @Override
    public CommandResult run(Command command) {
      if (command.summary().startsWith("append ")) {
        pieces.add(name());
      }
      return super.run(command);
    }
  }
}
