package org.carillon.deploy.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GoalTest {

  private static final long DAY_NS = Duration.ofDays(1).toNanos();

  private final List<BackupHeader> backups = new ArrayList<>();

  /** Adds one that is newer than all others. */
  private BackupHeader took(String version, String state, String before) {
    int number = backups.size() + 1;
    BackupHeader header =
        new BackupHeader(
            Node.id(number),
            "echo",
            "here",
            number * DAY_NS,
            "alice on tower",
            before,
            "",
            Optional.of(version).filter(text -> !text.isEmpty()),
            Optional.of(state).filter(text -> !text.isEmpty()),
            List.of(),
            List.of(),
            0,
            0,
            List.of(),
            Optional.empty());
    backups.addFirst(header);
    return header;
  }

  private Choice choose(String goal, String version, String state) {
    return Goal.parse(goal)
        .choose(
            new BackupList(
                Optional.of(version),
                Optional.of(state),
                List.of(),
                backups,
                List.of(Node.id(59).text()),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void previousIsTheNewestBackupOfAnotherRelease() {
    took("", "", "release");
    BackupHeader one = took("echo-1", "active", "release");
    took("echo-2", "good", "backup");
    assertThat(choose("previous", "echo-2", "good")).isEqualTo(new Choice.Restore(one));
  }

  @Test
  void previousAfterARollbackUndoesIt() {
    took("echo-1", "good", "release");
    BackupHeader two = took("echo-2", "good", "rollback");
    assertThat(choose("previous", "echo-1", "good")).isEqualTo(new Choice.Restore(two));
  }

  @Test
  void previousIsNotGuessedWhereARollbackWasCutOff() {
    took("echo-2", "good", "rollback");
    BackupList there =
        new BackupList(
            Optional.of("echo-1"),
            Optional.empty(),
            List.of(),
            backups,
            List.of(),
            Optional.of(Goal.parse("last-good")),
            Optional.empty());
    Goal goal = new Goal.Previous().among(List.of(there));
    assertThat(goal.again()).isEqualTo(Goal.parse("last-good"));
    assertThat(goal.choose(there))
        .isInstanceOfSatisfying(
            Choice.Impossible.class,
            none -> assertThat(none.sentence()).contains("cut off", "say --to last-good"));
  }

  @Test
  void lastGoodPassesOverReleasesThatFailedAndThoseThatSomebodyTurnedBackFrom() {
    BackupHeader one = took("echo-1", "good", "release");
    took("echo-2", "failed", "release");
    took("echo-3", "good", "rollback");
    assertThat(choose("last-good", "echo-4", "failed")).isEqualTo(new Choice.Restore(one));
  }

  @Test
  void whereThereIsNoneASentenceSaysSo() {
    assertThat(choose("last-good", "echo-1", "active"))
        .isEqualTo(
            new Choice.Impossible(
                "there is no backup of a good release that can be read (damaged: "
                    + Node.id(59)
                    + "); rollback --list shows what there is"));
    assertThat(
            new Goal.LastGood(Optional.empty())
                .choose(
                    new BackupList(
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty())))
        .isEqualTo(
            new Choice.Impossible("there is no backup of a good release; there is none at all"));
    took("echo-1", "good", "release");
    assertThat(choose("previous", "echo-1", "good"))
        .isInstanceOfSatisfying(
            Choice.Impossible.class,
            none -> assertThat(none.sentence()).contains("rollback --list"));
    assertThat(choose(Node.id(7).text(), "echo-1", "good"))
        .isEqualTo(
            new Choice.Impossible(
                "there is no backup " + Node.id(7) + "; leave the host out with --limit"));
    assertThat(choose(Node.id(59).text(), "echo-1", "good"))
        .isInstanceOfSatisfying(
            Choice.Impossible.class, none -> assertThat(none.sentence()).contains("is damaged"));
  }

  @Test
  void whatIsNoGoalIsRefusedInOneSentence() {
    for (String text : new String[] {"", "last", "../x", "2026-11-22T10-15-30Z-3fa1x", "a\nb"}) {
      assertThatThrownBy(() -> Goal.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("neither previous nor last-good");
    }
  }

  private List<BackupId> expired(Duration retention, int keep, ReleaseTrail... releases) {
    return Retention.expired(there(releases), retention, keep, 10 * DAY_NS).stream()
        .map(BackupHeader::id)
        .toList();
  }

  private BackupList there(ReleaseTrail... releases) {
    return new BackupList(
        Optional.empty(),
        Optional.empty(),
        List.of(releases),
        backups,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** Two releases that took turns had the backup of a third one removed, where they led back to. */
  @Test
  void whereLastGoodMayLeadIsKept() {
    took("echo-0", "good", "release");
    took("echo-1", "good", "release");
    took("echo-2", "good", "release");
    took("echo-1", "good", "release");
    took("echo-2", "good", "rollback");
    ReleaseTrail good = ReleaseTrail.parse("echo-0 good 2026-11-22T10:00:00Z").orElseThrow();
    ReleaseTrail turned =
        ReleaseTrail.parse("echo-2 good 2026-11-22T11:00:00Z turned-back 2026-11-22T12:00:00Z")
            .orElseThrow();
    assertThat(expired(Duration.ofDays(30), 2)).containsExactly(Node.id(2), Node.id(1));
    assertThat(expired(Duration.ofDays(30), 2, good, turned)).containsExactly(Node.id(2));
  }

  @Test
  void tooOldAndTooManyGoButNotTheNewestNorTheLastGoodOne() {
    took("echo-1", "good", "release");
    took("echo-2", "good", "release");
    took("echo-3", "failed", "release");
    took("echo-4", "good", "rollback");
    took("echo-5", "active", "release");
    assertThat(expired(Duration.ofDays(30), 9)).isEmpty();
    assertThat(expired(Duration.ofDays(30), 2)).containsExactly(Node.id(3));
    assertThat(expired(Duration.ofDays(6), 9)).containsExactly(Node.id(3));
    assertThat(expired(Duration.ZERO, 1)).containsExactly(Node.id(4), Node.id(3));
  }

  @Test
  void aClockThatWentBackRemovesNothing() {
    took("echo-1", "failed", "release");
    took("echo-2", "failed", "release");
    assertThat(Retention.expired(there(), Duration.ofDays(1), 9, 0)).isEmpty();
  }
}
