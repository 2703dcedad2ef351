package org.carillon.control.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartSpreadTest {

  @Test
  void overlappingReadingsMayHaveBeenOneInstant() {
    assertThat(StartSpread.of(List.of(reading(100, 150, 200), reading(120, 180, 260))))
        .isEqualTo(new StartSpread(2, 30, 0, 160));
  }

  @Test
  void readingsThatDoNotOverlapProveADistance() {
    assertThat(StartSpread.of(List.of(reading(300, 310, 320), reading(100, 150, 200))))
        .isEqualTo(new StartSpread(2, 160, 100, 220));
  }

  @Test
  void ofOneWorkerOnlyTheMomentCanBeUncertain() {
    assertThat(StartSpread.of(List.of(reading(100, 150, 200))).sentence())
        .isEqualTo("1 worker started, at a moment that its clock knows to within 100 ns");
  }

  @Test
  void theSentenceNamesWorkersSpreadAndBounds() {
    assertThat(new StartSpread(12, 41_200, 0, 163_000).sentence())
        .isEqualTo("12 workers started within 41.2 µs (between 0 and 163 µs, by their bounds)");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7 ns",
    "999, 999 ns",
    "1000, 1 µs",
    "41000, 41 µs",
    "41230, 41.2 µs",
    "999499, 999 µs",
    "1500000, 1.5 ms",
    "12340000, 12.3 ms",
    "1000000000, 1 s",
    "90000000000, 90 s"
  })
  void timesAreShort(long ns, String text) {
    assertThat(ShortTime.text(ns)).isEqualTo(text);
  }

  private static Reading reading(long earliest, long best, long latest) {
    return new Reading(earliest, best, latest, ClockStatus.SYNCHRONIZED);
  }
}
