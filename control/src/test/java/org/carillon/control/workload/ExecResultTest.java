package org.carillon.control.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ExecResultTest {

  @Test
  void saysHowTheCommandEnded() {
    assertThat(new ExecResult(OptionalInt.of(0), 1_234_000_000, 5, 0, false, false).sentence())
        .isEqualTo("exit code 0 after 1.2 s");
    assertThat(new ExecResult(OptionalInt.of(137), 2_000_000_000, 5, 0, false, true).sentence())
        .isEqualTo("exit code 137 after 2.0 s, when its time was over");
    assertThat(new ExecResult(OptionalInt.empty(), 0, 0, 0, false, false).sentence())
        .isEqualTo("no exit code after 0.0 s");
  }
}
