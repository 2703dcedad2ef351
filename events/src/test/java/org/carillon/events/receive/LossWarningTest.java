package org.carillon.events.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.carillon.events.receive.ReceptionLog.Counts;
import org.junit.jupiter.api.Test;

class LossWarningTest {

  private static final long START_NS = Long.MAX_VALUE - 5;

  private final LossWarning warning = new LossWarning(START_NS);

  private static Counts counts(long kernelDrops, long rowsLost) {
    return new Counts(1_000, 0, 0, OptionalLong.of(kernelDrops), rowsLost);
  }

  private static long after(long seconds) {
    return START_NS + TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void lossesAreToldAtOnceAndThenEveryTenSecondsAtMost() {
    assertThat(warning.after(counts(0, 0), after(0))).isEmpty();
    assertThat(warning.after(counts(7, 0), after(1)).orElseThrow())
        .contains("7 datagrams", "--receive-buffer", "net.core.rmem_max")
        .doesNotContain("rows");
    assertThat(warning.after(counts(9, 3), after(2))).isEmpty();
    assertThat(warning.after(counts(12, 3), after(10))).isEmpty();
    assertThat(warning.after(counts(12, 4), after(11)).orElseThrow())
        .contains("5 datagrams", "4 rows", "--output");
    assertThat(warning.after(counts(12, 4), after(60))).isEmpty();
    assertThat(warning.after(counts(12, 5), after(61)).orElseThrow())
        .contains("1 rows")
        .doesNotContain("datagrams");
  }

  @Test
  void whatTheKernelDoesNotTellIsNoLoss() {
    assertThat(warning.after(new Counts(1, 2, 3, OptionalLong.empty(), 0), after(1))).isEmpty();
  }
}
