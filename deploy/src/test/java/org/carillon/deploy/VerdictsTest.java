package org.carillon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictsTest {

  @ParameterizedTest
  @CsvSource({"3, 0, SUCCESS", "3, 1, SOME_FAILED", "3, 3, ALL_FAILED", "1, 1, ALL_FAILED"})
  void afterARunTheNumberOfFailuresCounts(int workers, int failed, ExitCode code) {
    assertThat(Verdicts.afterRun(workers, failed)).isEqualTo(code);
  }

  @Test
  void beforeARunOneCommonReasonCounts() {
    assertThat(Verdicts.beforeRun(3, List.of(ExitCode.TIMEOUT, ExitCode.TIMEOUT)))
        .isEqualTo(ExitCode.TIMEOUT);
    assertThat(Verdicts.beforeRun(3, List.of(ExitCode.TIMEOUT, ExitCode.CONNECTION)))
        .isEqualTo(ExitCode.SOME_FAILED);
  }

  @ParameterizedTest
  @CsvSource({
    "0, ended by itself",
    "5, ended with exit code 5",
    "127, could not be executed (exit code 127)",
    "137, was killed by signal 9 (SIGKILL)",
    "158, was killed by signal 30"
  })
  void endingsAreToldInWords(int exitCode, String words) {
    assertThat(Verdicts.ending(exitCode)).isEqualTo(words);
  }
}
