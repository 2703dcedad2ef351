package org.carillon.deploy.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.carillon.core.CheckVerdict;
import org.junit.jupiter.api.Test;

class AlarmsTest {

  private static final Instant START = Instant.parse("2026-11-22T20:00:00Z");

  private final Alarms alarms = new Alarms(Duration.ofSeconds(120), Duration.ofSeconds(300));

  private static CheckResult disk(CheckVerdict verdict) {
    return new CheckResult(CheckName.DISK, "", verdict, "disk", "", List.of());
  }

  private List<CheckVerdict> round(int seconds, CheckVerdict verdict) {
    return round(seconds, List.of(disk(verdict)));
  }

  private List<CheckVerdict> round(int seconds, List<CheckResult> results) {
    SequencedMap<String, List<CheckResult>> hosts = new LinkedHashMap<>();
    hosts.put("n1", results);
    return alarms
        .round(
            new ValidationReport("x", START, hosts, List.of(), Map.of(), Map.of(), List.of()),
            START.plusSeconds(seconds))
        .stream()
        .map(change -> change.now().verdict())
        .toList();
  }

  @Test
  void aTroubleThatPassesIsNeverToldAndOneThatStaysOnce() {
    assertThat(round(0, CheckVerdict.PASS)).isEmpty();
    assertThat(round(60, CheckVerdict.FAIL)).isEmpty();
    assertThat(round(120, CheckVerdict.PASS)).isEmpty();
    assertThat(round(180, CheckVerdict.FAIL)).as("the time begins anew").isEmpty();
    assertThat(round(240, CheckVerdict.FAIL)).isEmpty();
    assertThat(round(300, CheckVerdict.FAIL)).containsExactly(CheckVerdict.FAIL);
    assertThat(round(360, CheckVerdict.FAIL)).isEmpty();
  }

  @Test
  void itIsToldToBeOverWhenItHasBeenForTheKeepTime() {
    assertThat(round(0, CheckVerdict.FAIL)).as("the first report tells that").isEmpty();
    assertThat(round(60, CheckVerdict.PASS)).isEmpty();
    assertThat(round(300, CheckVerdict.PASS)).isEmpty();
    assertThat(round(330, CheckVerdict.FAIL)).as("it was told before").isEmpty();
    assertThat(round(400, CheckVerdict.PASS)).isEmpty();
    assertThat(round(700, CheckVerdict.PASS)).containsExactly(CheckVerdict.PASS);
  }

  @Test
  void whatIsNeitherBetterNorWorseIsToldAtOnce() {
    round(0, CheckVerdict.PASS);
    assertThat(round(60, CheckVerdict.WARN)).containsExactly(CheckVerdict.WARN);
    assertThat(round(120, CheckVerdict.PASS)).containsExactly(CheckVerdict.PASS);
  }

  @Test
  void aCheckThatWasNotMadeStaysAsItWasToldAndALateOneMustLastToo() {
    round(0, List.of(disk(CheckVerdict.PASS)));
    assertThat(round(60, List.of())).isEmpty();
    assertThat(round(120, List.of(disk(CheckVerdict.PASS).of("late")))).isEmpty();
    assertThat(round(180, List.of(disk(CheckVerdict.FAIL).of("later")))).isEmpty();
    assertThat(round(300, List.of(disk(CheckVerdict.FAIL).of("later"))))
        .containsExactly(CheckVerdict.FAIL);
  }
}
