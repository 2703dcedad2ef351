package org.carillon.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.carillon.deploy.deployable.Fleet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnderWayTest {

  private static final Instant BEGUN = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir private Path folder;
  private Fleet fleet;
  private UnderWay underWay;

  @BeforeEach
  void aFleet() {
    fleet = Fleet.of(new Bench(folder).load("hosts=n[1-4]").deployable(), Optional.empty());
    underWay = new UnderWay(fleet);
  }

  @AfterEach
  void leave() {
    fleet.close();
  }

  private static Pending change(String backup, boolean proved) {
    return new Pending(
        "echo-2",
        ReleaseState.VALIDATED,
        Optional.of("echo-1"),
        true,
        Optional.empty(),
        Optional.of(backup),
        proved,
        "alice on tower",
        BEGUN);
  }

  private static FinishedRelease finished(String id, int secondsLater, String change) {
    return new FinishedRelease(id, BEGUN.plusSeconds(secondsLater), change);
  }

  @Test
  void whatIsFinishedElsewhereIsNotTakenBack() {
    underWay.finished("n1", finished("echo-2", 10, "this"));
    underWay.open("n2", change("this", true));
    underWay.open("n3", change("this", false));
    assertThat(underWay.isOn("n1")).isFalse();
    assertThat(underWay.isOn("n2")).isTrue();
    String file = folder.resolve("echo.yaml") + " ";
    String sentence =
        "undo: echo-2 is finished on n1 already, so going back here would leave two releases:"
            + (" `deploy resume " + file + "--set 'hosts=n[1-4]'` finishes it here, too,")
            + (" `rollback " + file + "--to last-good --set 'hosts=n[1-4]'` leads all back,")
            + (" or `deploy resume " + file + "--undo --set 'hosts=n[1-4]' --limit 'n[2-3]'`")
            + " takes it back here all the same";
    assertThat(underWay.refusals(List.of()))
        .containsOnlyKeys("n2", "n3")
        .containsEntry("n2", sentence)
        .containsEntry("n3", sentence);
  }

  @Test
  void itIsFinishedByAnotherChangeThatBeganLaterAndBySameOneWhateverTheClocks() {
    underWay.open("n2", change("this", true));
    underWay.finished("n1", finished("echo-2", -3600, "this"));
    assertThat(underWay.refusals(List.of())).containsOnlyKeys("n2");
    underWay.finished("n1", finished("echo-2", 10, "another"));
    assertThat(underWay.refusals(List.of())).containsOnlyKeys("n2");
  }

  @Test
  void whatWasInUseElsewhereBeforeDoesNotKeepAnybodyFromGoingBack() {
    underWay.open("n2", change("this", true));
    underWay.finished("n1", finished("echo-2", -10, "another"));
    underWay.finished("n3", finished("echo-1", 10, "another"));
    assertThat(underWay.refusals(List.of())).isEmpty();
  }

  @Test
  void whereNobodyCouldLookItMayBeFinishedUnlessSomeHostHadNotProvedIt() {
    underWay.open("n2", change("this", true));
    assertThat(underWay.refusals(List.of("n1", "n4")).get("n2"))
        .startsWith(
            "undo: echo-2 may be finished on n[1,4], where nobody could look, so going back here could"
                + " leave two releases: run this again when that is mended, or `deploy resume ")
        .endsWith(" --limit n2` takes it back here all the same");
    underWay.open("n3", change("this", false));
    assertThat(underWay.refusals(List.of("n1", "n4"))).isEmpty();
  }
}
