package org.carillon.deploy.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.carillon.core.ExitCode;
import org.carillon.ssh.fanout.HostOutcome;
import org.junit.jupiter.api.Test;

class BackupTableTest {

  private static String text(SequencedMap<String, HostOutcome<BackupList>> seen) {
    return BackupTable.text(
        seen, "`deploy resume echo.yaml`", "`rollback echo.yaml --to %s`"::formatted);
  }

  private static BackupHeader backup(String host, int number, String version) {
    return new BackupHeader(
        Node.id(number),
        "echo",
        host,
        number,
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

  /** 128 hosts, of which two are away and two have a damaged backup. */
  private static SequencedMap<String, HostOutcome<BackupList>> seen() {
    SequencedMap<String, HostOutcome<BackupList>> seen = new LinkedHashMap<>();
    for (int i = 1; i <= 128; i++) {
      String name = "node%03d".formatted(i);
      boolean isDamaged = i == 7 || i == 8;
      BackupList there =
          new BackupList(
              Optional.of("echo-1f2e3d4c5b6a"),
              Optional.of("failed"),
              List.of(),
              isDamaged ? List.of() : List.of(backup(name, 1, "echo-3fa1b2c4d5e6")),
              isDamaged ? List.of(Node.id(1).text()) : List.of(),
              Optional.empty(),
              Optional.empty());
      seen.put(
          name,
          i > 126
              ? new HostOutcome.Unreachable<>(name + ": no route to host")
              : new HostOutcome.Ok<>(there));
    }
    return seen;
  }

  @Test
  void hostsThatHaveTheSameAreOneLineOfAnOrdinaryTerminal() {
    String text = text(seen());

    assertThat(text)
        .isEqualTo(
            """
            in use: echo-1f2e3d4c5b6a (failed) on node[001-126] (126)
            last-good: echo-3fa1b2c4d5e6 on node[001-006,009-126] (124)
            previous: echo-3fa1b2c4d5e6 on node[001-006,009-126] (124)
            backup                     release            state  before   hosts
            2026-11-22T10-15-01Z-0000  echo-3fa1b2c4d5e6  good   release  node[001-006,009-126]
            node[007-008] (2): the backup 2026-11-22T10-15-01Z-0000 is damaged
            node[127-128] (2): no route to host
            """);
  }

  @Test
  void soDoesAPlanAndItSaysWhereItCannotBeDone() {
    RollbackPlan plan = Rollback.plan(Goal.parse("last-good"), seen());

    assertThat(BackupTable.text(plan))
        .isEqualTo(
            """
            in use             goes back to       of the backup              hosts
            echo-1f2e3d4c5b6a  echo-3fa1b2c4d5e6  2026-11-22T10-15-01Z-0000  node[001-006,009-126]
            node[007-008] (2): cannot: there is no backup of a good release that can be read (damaged: 2026-11-22T10-15-01Z-0000); rollback --list shows what there is
            node[127-128] (2): cannot: no route to host
            """);
    assertThat(plan.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
  }

  @Test
  void aListTellsWhatIsNotFinishedAndWhatWasTurnedBackFrom() {
    SequencedMap<String, HostOutcome<BackupList>> seen = new LinkedHashMap<>();
    BackupList there =
        new BackupList(
            Optional.of("echo-1"),
            Optional.of("good"),
            List.of(
                ReleaseTrail.parse("echo-1 staged 1 good 2").orElseThrow(),
                ReleaseTrail.parse("echo-2 staged 3 good 4 turned-back 5").orElseThrow()),
            List.of(backup("n1", 1, "echo-2")),
            List.of(),
            Optional.of(Goal.parse("last-good")),
            Optional.of("a change from echo-1 to echo-3 is not finished"));
    seen.put("n1", new HostOutcome.Ok<>(there));

    assertThat(text(seen))
        .isEqualTo(
            """
            in use: echo-1 (good) on n1
            ! on n1 a change from echo-1 to echo-3 is not finished: `deploy resume echo.yaml` finishes it, with --undo it is taken back
            ! on n1 a rollback to last-good is under way, or was cut off: then go on with `rollback echo.yaml --to last-good`
            last-good: echo-1, as it is, on n1
            backup                     release  state        before   hosts
            2026-11-22T10-15-01Z-0000  echo-2   turned-back  release  n1
            """);
    assertThat(BackupTable.json(seen))
        .contains("\"turned_back_from\" : [ \"echo-2\" ]", "echo-3 is not finished");
  }

  @Test
  void whereNoHostCouldBeLookedAtNothingIsSaidOfBackups() {
    SequencedMap<String, HostOutcome<BackupList>> seen = new LinkedHashMap<>();
    seen.put("n1", new HostOutcome.Unreachable<>("n1: no route to host"));
    assertThat(text(seen)).isEqualTo("n1: no route to host\n");
  }
}
