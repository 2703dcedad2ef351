package org.carillon.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.carillon.clock.Assumptions;
import org.carillon.core.record.ClockRow;
import org.carillon.core.record.SampleRow;
import org.carillon.core.time.ManualClock;
import org.junit.jupiter.api.Test;

class ClockNoticesTest {

  private final List<ClockRow> rows = new ArrayList<>();
  private final ClockNotices notices =
      new ClockNotices(
          new ManualClock(1_800_000_000_000_000_000L),
          new TimeKeeper.Listener() {
            @Override
            public void sampled(SampleRow sample) {}

            @Override
            public void noticed(ClockRow row) {
              rows.add(row);
            }
          });

  @Test
  void aServerThatIsBelievedAgainIsNamedWithThoseThatAreNot() {
    notices.falsetickers(List.of("a", "b"), List.of("b"));
    notices.falsetickers(List.of("b"), List.of());
    assertThat(rows)
        .allMatch(row -> row.kind() == ClockRow.Kind.AGREEMENT)
        .extracting(ClockRow::detail)
        .containsExactly("believed again: a; not believed: b", "believed again: b");
  }

  @Test
  void whatStaysAsItWasIsNotTold() {
    notices.falsetickers(List.of(), List.of());
    notices.falsetickers(List.of("a"), List.of("a"));
    assertThat(rows).isEmpty();
  }

  @Test
  void assumptionsAreToldInTheFormThatProgramsRead() {
    notices.assumptions(Assumptions.defaults());
    notices.assumptions(Assumptions.defaults().steered());
    assertThat(rows)
        .extracting(ClockRow::detail)
        .containsExactly(
            "drift_bound_ppm=50.0 wander_bound_ppm_per_s=0.02", "drift_bound_ppm=50.0");
  }
}
