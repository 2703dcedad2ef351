package org.carillon.deploy.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carillon.core.CheckVerdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceCheckTest {

  /** Answers of 1 ms, 2 ms and so on, in any order. */
  private static ServiceCheck.Asked asked(int count) {
    return ServiceCheck.Asked.parse(
        "tool python3\n"
            + IntStream.rangeClosed(1, count)
                .mapToObj(i -> "ok " + (count + 1 - i) * 1000)
                .collect(Collectors.joining("\n")));
  }

  @Test
  void percentilesAreByNearestRankAndThereFromEnoughAnswersOn() {
    assertThat(asked(100).percentileMs(0.99)).isEqualTo(OptionalDouble.of(99));
    assertThat(asked(99).percentileMs(0.99)).isEmpty();
    assertThat(asked(20).percentileMs(0.95)).isEqualTo(OptionalDouble.of(19));
    assertThat(asked(19).percentileMs(0.95)).isEmpty();
    assertThat(asked(2).percentileMs(0.5)).isEqualTo(OptionalDouble.of(1));
  }

  @ParameterizedTest
  @CsvSource({
    "100, 99, PASS", // p99 of 100 is the 99th
    "100, 98, FAIL",
    "99, 200, UNKNOWN",
    "99, 50, FAIL", // of 100 too, p99 would be beyond it
    "0, 50, UNKNOWN"
  })
  void aLimitIsHeldOnlyIfThePercentileIsThere(int count, int limitMs, CheckVerdict verdict) {
    CheckResult result =
        ServiceCheck.response(asked(count), Optional.of(Duration.ofMillis(limitMs)));

    assertThat(result.verdict()).as(result.text()).isEqualTo(verdict);
    assertThat(result.measurements().getFirst()).isEqualTo(Measurement.of("response_count", count));
  }

  @ParameterizedTest
  @CsvSource({"0, PASS", "1, WARN", "9, WARN", "10, FAIL", "20, FAIL"})
  void aServiceThatOftenDoesNotAnswerIsNotWell(int failures, CheckVerdict verdict) {
    String out = "ok 1000\n".repeat(20 - failures) + "failed refused\n".repeat(failures);

    assertThat(ServiceCheck.health(ServiceCheck.Asked.parse(out)).verdict()).isEqualTo(verdict);
  }

  @Test
  void garbageIsNoAnswer() {
    ServiceCheck.Asked asked = ServiceCheck.Asked.parse("ok x\nok -5\nok\n\u0000\nok 1 2\n");

    assertThat(asked.timesMs()).isEmpty();
    assertThat(ServiceCheck.response(asked, Optional.empty()).verdict())
        .isEqualTo(CheckVerdict.UNKNOWN);
  }
}
