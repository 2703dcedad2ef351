package org.carillon.ntp.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RecordedTraceTest {

  private static final String HEADER = "elapsed_seconds,ntp_offset_ms,ntp_delay_ms\n";

  @TempDir private java.nio.file.Path folder;

  private RecordedTrace read(String text) throws IOException {
    return RecordedTrace.read(Files.writeString(folder.resolve("trace.csv"), text));
  }

  @Test
  void theClockGoesThroughEveryOffsetInStraightLines() throws IOException {
    RecordedTrace trace = read(HEADER + "5,1,10\n15,,\n25,3,30\n35,2,20\n");
    assertThat(trace.rows()).hasSize(3);
    assertThat(trace.length()).hasSeconds(30);
    assertThat(trace.poll()).hasSeconds(15);
    assertThat(trace.steepestPpm()).isEqualTo(100);
    ClockError clock = trace.clock();
    assertThat(clock.errorNs(0)).isEqualTo(-1_000_000);
    assertThat(clock.errorNs(10_000_000_000L)).isEqualTo(-2_000_000);
    assertThat(clock.errorNs(20_000_000_000L)).isEqualTo(-3_000_000);
    assertThat(clock.errorNs(30_000_000_000L)).isEqualTo(-2_000_000);
    assertThat(clock.errorNs(40_000_000_000L)).as("goes on").isEqualTo(-1_000_000);
    assertThat(trace.fastestOf(2).rows())
        .extracting(RecordedTrace.Row::delayNs)
        .containsExactly(10_000_000L, 20_000_000L);
  }

  @Test
  void anUncertaintyIsHalfADelay() throws IOException {
    RecordedTrace trace = read("elapsed_seconds,ntp_offset_ms,ntp_uncertainty_ms\n0,1,10\n1,1,3\n");
    assertThat(trace.rows())
        .extracting(RecordedTrace.Row::delayNs)
        .containsExactly(20_000_000L, 6_000_000L);
  }

  @ParameterizedTest
  @EnumSource
  void thereAndBackAreTheDelayHoweverItIsSplit(RecordedTrace.Split split) throws IOException {
    Path path = read(HEADER + "0,0,10\n1,0,30\n").path(split);
    SplittableRandom random = new SplittableRandom(1);
    for (long delayNs : new long[] {10_000_000, 30_000_000, 10_000_000}) {
      long thereNs = path.there().drawNs(random);
      long backNs = path.back().drawNs(random);
      assertThat(thereNs).isBetween(0L, delayNs);
      assertThat(thereNs + backNs).isEqualTo(delayNs);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | a trace of 0 rows shows no motion",
        "'0,1,2\n' | a trace of 1 rows shows no motion",
        "'0,1,2\n0,1,2\n' | not in order of time",
        "'0,1,2\n-1,1,2\n' | time or delay is negative",
        "'0,1,2\n1,1,-2\n' | time or delay is negative",
        "'0,1,2\n1,one,2\n' | line 2: ntp_offset_ms is not a number: one",
        "'0,1,2\n1,NaN,2\n' | line 2: ntp_offset_ms is not a number: NaN",
        "'0,1,2\n1,1,\n' | line 2: ntp_delay_ms is not a number",
        "'0,1,2\n1,1' | line 2 has no ntp_delay_ms",
        "'0,1,2\n\u0000\u00ff' | line 2 has no ntp_offset_ms",
      })
  void whatIsNoTraceIsRefusedWithItsPlace(String rows, String complaint) {
    assertThatThrownBy(() -> read(HEADER + rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("trace.csv: ")
        .hasMessageContaining(complaint);
  }

  @Test
  void aFileWithoutTheColumnsIsRefused() {
    assertThatThrownBy(() -> read("a,b\n1,2\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 1 has no ntp_offset_ms");
  }
}
