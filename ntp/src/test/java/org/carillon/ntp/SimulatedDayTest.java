package org.carillon.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The day of README's figure. */
class SimulatedDayTest {

  private static final double HOUR_NS = 3_600e9;

  private static double widestMs(List<SimulatedDay.Moment> day, double fromHour, double toHour) {
    return day.stream()
        .filter(each -> fromHour * HOUR_NS <= each.atNs() && each.atNs() < toHour * HOUR_NS)
        .mapToDouble(each -> each.latestMs() - each.earliestMs())
        .max()
        .orElseThrow();
  }

  @Test
  void trueTimeIsInsideAllAlongAndOnlyTheLostServerWidensTheInterval() {
    List<SimulatedDay.Moment> day = SimulatedDay.moments();
    assertThat(day).hasSizeGreaterThan(80_000).allMatch(SimulatedDay.Moment::holds);
    double usualMs = widestMs(day, 1, 9);
    assertThat(usualMs).isLessThan(40);
    assertThat(widestMs(day, 9, 16)).as("while the clock is set").isLessThan(usualMs * 1.1);
    assertThat(widestMs(day, 16, 16.5)).as("without a server").isGreaterThan(5 * usualMs);
    assertThat(widestMs(day, 16.52, 24)).as("with it again").isLessThan(usualMs * 1.2);
  }
}
