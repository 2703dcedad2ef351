package org.carillon.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnderWayTest {

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
        Instant.EPOCH);
  }

  @Test
  void whatIsFinishedElsewhereIsNotTakenBackButWhatFailedHereIs() {
    UnderWay underWay = new UnderWay("`deploy resume`", "`rollback`");
    underWay.finished("a", "this");
    underWay.open("b", change("this", true));
    underWay.open("c", change("this", false)); // where going back was cut off
    underWay.open("d", change("another", true));
    assertThat(underWay.mayGoBack("a")).isFalse();
    assertThat(underWay.mayGoBack("b")).isFalse();
    assertThat(underWay.mayGoBack("c")).isTrue();
    assertThat(underWay.mayGoBack("d")).isTrue();
    assertThat(underWay.refusals()).containsOnlyKeys("b");
    assertThat(underWay.refusals().get("b"))
        .isEqualTo(
            "undo: echo-2 was found to work everywhere and is finished on a already, so going back"
                + " here would leave two releases: `deploy resume` finishes it here, too, or"
                + " `rollback` leads all back");
  }
}
