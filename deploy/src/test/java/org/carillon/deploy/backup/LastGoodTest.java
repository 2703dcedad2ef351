package org.carillon.deploy.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.carillon.ssh.fanout.HostOutcome;
import org.junit.jupiter.api.Test;

/** Where {@code last-good} leads is told by the releases of the hosts, not by their backups. */
class LastGoodTest {

  private final SequencedMap<String, HostOutcome<BackupList>> seen = new LinkedHashMap<>();

  /**
   * Adds a host.
   *
   * @param releases their trails; the first is in use
   * @param backups their releases, the newest first
   */
  private LastGoodTest host(String name, String releases, String... backups) {
    List<ReleaseTrail> trails =
        releases.lines().map(line -> ReleaseTrail.parse(line).orElseThrow()).toList();
    seen.put(
        name,
        new HostOutcome.Ok<>(
            new BackupList(
                Optional.of(trails.getFirst().id()),
                Optional.of(trails.getFirst().state()),
                trails,
                Arrays.stream(backups).map(version -> backup(name, version)).toList(),
                List.of(),
                Optional.empty(),
                Optional.empty())));
    return this;
  }

  private static BackupHeader backup(String host, String version) {
    return new BackupHeader(
        Node.id(1),
        "echo",
        host,
        1,
        "alice on tower",
        "release",
        "",
        Optional.of(version),
        Optional.of("good"),
        List.of(),
        List.of(),
        0,
        0,
        List.of(),
        Optional.empty());
  }

  /** By host: the release that is gone back to, {@code stays}, or {@code none}. */
  private Map<String, String> chosen() {
    Map<String, String> chosen = new TreeMap<>();
    Rollback.plan(Goal.parse("last-good"), seen)
        .entries()
        .forEach(
            (name, entry) ->
                chosen.put(
                    name,
                    switch (entry.choice()) {
                      case Choice.Restore restore -> entry.target();
                      case Choice.Nothing nothing -> "stays";
                      case Choice.Impossible impossible -> "none";
                    }));
    return chosen;
  }

  private static final String ONE = "v1 staged 10 active 11 good 12";
  private static final String TWO = "v2 staged 20 active 21 good 22";

  @Test
  void aBackupOfWhatIsInUseMakesNoDifference() {
    host("n1", TWO + "\n" + ONE, "v1").host("n2", TWO + "\n" + ONE, "v2", "v1");
    assertThat(chosen()).containsEntry("n1", "v1").containsEntry("n2", "v1");
  }

  @Test
  void afterAReleaseThatFailedAndWasTakenBackAllHostsStay() {
    host("n1", TWO + "\n" + ONE + "\nv3 staged 30 active 31 failed 32", "v2", "v1")
        .host("n2", TWO + "\n" + ONE + "\nv3 staged 30 validated 33", "v1")
        .host("n3", TWO + "\n" + ONE, "v1");
    assertThat(chosen().values()).containsOnly("stays");
  }

  @Test
  void ofAReleaseThatIsInUseOnSomeHostsAllComeToTheOneBeforeIt() {
    String three = "v3 staged 30 active 31 good 32\n";
    host("n1", three + TWO, "v2").host("n2", TWO + "\nv3 staged 30 failed 31", "v2", "v1");
    assertThat(chosen()).containsEntry("n1", "v2").containsEntry("n2", "stays");
  }

  @Test
  void doneTwiceItGoesNoFurtherBackAndNeverForward() {
    host("n1", "v2 staged 20 good 22\n" + ONE + "\nv3 staged 30 good 32 turned-back 40", "v3", "v1")
        .host("n2", "v2 staged 20 good 22\n" + ONE + "\nv3 staged 30 good 32", "v3", "v1");
    assertThat(chosen().values()).as("also where it was cut off").containsOnly("stays");
  }

  @Test
  void whatSomebodyTurnedBackFromIsPassedOverLater() {
    host("n1", "v3 staged 30 good 32\nv2 good 22 turned-back 25\n" + ONE, "v2", "v1");
    assertThat(chosen()).containsEntry("n1", "v1");
  }

  @Test
  void aReleaseThatWasRemovedIsKnownByItsBackup() {
    host("n1", TWO, "v2", "v1");
    assertThat(chosen()).containsEntry("n1", "v1");
  }

  @Test
  void whatIsTriedButNotGoodGoesBackToTheNewestGoodOne() {
    host("n1", "v3 staged 30 active 31\n" + TWO + "\n" + ONE, "v1", "v2");
    assertThat(chosen()).containsEntry("n1", "v2");
  }

  @Test
  void theOnlyGoodReleaseHasNoneBeforeIt() {
    host("n1", ONE, "v1");
    assertThat(chosen()).containsEntry("n1", "none");
  }

  @Test
  void afterARollbackTheNewerGoodOnesAreThoseThatWereTurnedBackFrom() {
    host("n1", ONE + "\n" + TWO + "\nv3 staged 30 failed 31\nv0 staged 01 good 02");
    assertThat(seen.get("n1").yielded().orElseThrow().goodAfter()).containsExactly("v2");
  }
}
