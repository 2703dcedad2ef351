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
              isDamaged ? List.of() : List.of(backup(name, 1, "echo-3fa1b2c4d5e6")),
              isDamaged ? List.of(Node.id(1).text()) : List.of(),
              false);
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
    String text = BackupTable.text(seen());

    assertThat(text)
        .isEqualTo(
            """
            in use: echo-1f2e3d4c5b6a (failed) on node[001-126] (126)
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
}
