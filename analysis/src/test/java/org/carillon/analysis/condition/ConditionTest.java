package org.carillon.analysis.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.carillon.analysis.condition.Outcome.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {

  private static final String SUMMARY =
      """
      {"schema":1,
       "events":{"sent":10,"workers":{"n1":{"received":9,"lost":1},"node-2.lab.org":{"received":7,"lost":3}}},
       "latency":{"bounded":{"n1":{"n":9,"p50_ns":4000000,"p99_ns":null,"max_ns":7000000}}},
       "causality":{"bounded":{"n1":{"pairs":9,"proven":6,"ambiguous":2,"violations":1},
                               "node-2.lab.org":{"pairs":7,"proven":7,"ambiguous":0,"violations":0}},
                    "chronotick":{"comparable":false,"why":"nobody recorded it"}},
       "windows":{"100ms":{"bounded":{"n1,node-2.lab.org":{"pairs":8,"confident":6,"agree":6,"ambiguous":2}}}},
       "input":{"worker_n1.csv":{"refused":0}},
       "models":{"ntp":{"n1":{"n":5,"coverage_low":0.25}}},
       "findings":["x"],"version":"1"}
      """;

  private static SummaryNumbers numbers(String json) {
    try {
      return SummaryNumbers.of(new ObjectMapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static final Numbers NO_BASELINE = _ -> new Lookup.Missing("there is no baseline");

  private static Outcome judge(String condition) {
    return Condition.parse(condition).judge(numbers(SUMMARY), NO_BASELINE);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "causality.bounded.n1.violations > 0 | FAILED",
        "causality.bounded.n1.violations > 1 | PASSED",
        "causality.bounded.violations == 1 | FAILED",
        "causality.bounded.n1.violations == 1 | FAILED",
        "causality.bounded.violations != 1 | PASSED",
        "events.lost >= 4 and events.workers.n1.lost <= 1 | FAILED",
        "events.lost < 4 or events.sent < 5 | PASSED",
        "not events.lost < 4 | FAILED",
        "not (events.lost < 4 or events.sent > 5) | PASSED",
        "events.workers.node-2.lab.org.lost - events.workers.n1.lost == 2 | FAILED",
        "events.workers.\"node-2.lab.org\".lost*2==6 | FAILED",
        "windows.100ms.bounded.ambiguous_rate > 24% | FAILED",
        "windows.100ms.bounded.ambiguous_rate > 0.25 | PASSED",
        "windows.100ms.bounded.n1,node-2.lab.org.ambiguous == 2 | FAILED",
        "events.loss_rate == 4 / 20 | FAILED",
        "latency.bounded.n1.p50_ns > 3.9ms | FAILED",
        "latency.bounded.n1.p50_ns > 4ms | PASSED",
        "latency.bounded.n1.p50_ns == 4e6 | FAILED",
        "latency.bounded.n1.p50_ns > 2ms + 1999us + 999ns | FAILED",
        "latency.bounded.n1.max_ns / latency.bounded.n1.p50_ns > 1.74 | FAILED",
        "latency.bounded.n1.max_ns − latency.bounded.n1.p50_ns > 3ms | PASSED",
        "-events.lost < -3 | FAILED",
        "1 + 2 * 3 == 7 and (1 + 2) * 3 == 9 and 7 - 2 - 1 == 4 and 8 / 4 / 2 == 1 | FAILED",
        "1 / 3 * 3 > 0.999999 | FAILED",
        "input.worker_n1.csv.refused > 0 | PASSED",
        "latency.bounded.n1.p99_ns > 5ms | CANNOT_BE_TOLD",
        "latency.bounded.n1.p99_ns > 5ms or events.lost > 0 | FAILED",
        "latency.bounded.n1.p99_ns > 5ms and events.lost < 0 | PASSED",
        "not latency.bounded.n1.p99_ns > 5ms | CANNOT_BE_TOLD",
        "causality.chronotick.violations > 0 | CANNOT_BE_TOLD",
        "causality.chronotick.n1.violations > 0 | CANNOT_BE_TOLD",
        "coverage.bounded.n1.inside < 5 | CANNOT_BE_TOLD",
        "events.lost / 0 > 1 | CANNOT_BE_TOLD",
        "incidents.broken_assumptions > 0 | CANNOT_BE_TOLD",
        "events.lost > baseline | CANNOT_BE_TOLD",
      })
  void aRunIsJudged(String condition, Verdict verdict) {
    assertThat(judge(condition).verdict()).as(judge(condition).line()).isEqualTo(verdict);
  }

  @Test
  void theLineHasTheNumbers() {
    assertThat(judge("causality.bounded.violations > 0").line())
        .isEqualTo("failed: causality.bounded.violations > 0 – causality.bounded.violations = 1");
    assertThat(judge("latency.bounded.n1.p50_ns > 5ms").line())
        .isEqualTo(
            "passed: latency.bounded.n1.p50_ns > 5ms – latency.bounded.n1.p50_ns = 4000000 (4 ms)");
    assertThat(judge("causality.chronotick.violations > 0").line())
        .isEqualTo(
            "cannot be told: causality.chronotick.violations > 0 –"
                + " causality.chronotick.violations: nobody recorded it");
    assertThat(judge("latency.bounded.n1.p99_ns > 5ms").line()).contains("is null");
  }

  @Test
  void baselineIsTheSamePathInAnotherRun() {
    Numbers other = numbers(SUMMARY.replace("\"lost\":3", "\"lost\":1"));
    assertThat(
            Condition.parse("events.lost > baseline * 1.9").judge(numbers(SUMMARY), other).line())
        .isEqualTo(
            "failed: events.lost > baseline * 1.9 – events.lost = 4; baseline(events.lost) = 2");
    assertThat(
            Condition.parse("events.sent + events.lost > baseline(events.sent) + 4")
                .judge(numbers(SUMMARY), other)
                .verdict())
        .isEqualTo(Verdict.PASSED);
    assertThat(Condition.parse("events.lost > baseline").needsBaseline()).isTrue();
    assertThat(Condition.parse("events.lost > 3").needsBaseline()).isFalse();
    Numbers without = numbers("{\"schema\":1}");
    assertThat(Condition.parse("events.lost > baseline").judge(numbers(SUMMARY), without).line())
        .endsWith("baseline(events.lost): the baseline has no such number");
  }

  @Test
  void aPathThatIsNotThereIsRefusedWithTheNearestOnes() {
    assertThatThrownBy(() -> judge("causality.bounded.violation > 0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no number causality.bounded.violation in summary.json")
        .hasMessageContaining("the nearest are causality.bounded.violations, ");
    assertThatThrownBy(() -> judge("latency.bounded.p50_ns > 0"))
        .hasMessageContaining("the nearest are latency.bounded.n1.p50_ns");
    assertThatThrownBy(() -> judge("events.lost-1 > 0"))
        .hasMessageContaining("put blanks around the minus");
    assertThatThrownBy(() -> judge("findings > 0")).hasMessageContaining("no number findings");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | character 1: expected a path, a number, a duration or '(', found the end",
        "a > | character 4: expected a path, a number, a duration or '(', found the end",
        "a | character 2: expected a comparison such as > 0 behind 'a', found the end",
        "a b | character 3: expected a comparison such as > 0, found 'b'",
        "a > 1 b | character 7: expected 'and', 'or' or the end, found 'b'",
        "a > 1 && b > 2 | character 7: expected 'and', 'or' or the end, found '&&'",
        "a > 1 > 2 | character 7: expected 'and', 'or' or the end, found '>'",
        "a = 3 | character 3: expected '==' to compare, found '='",
        "(a > 1 | character 7: expected ')', found the end",
        "a > 5mss | character 5: expected a number such as 0.05, 5% or 1e6, or a duration such as 5ms, found '5mss'",
        "a > 1.2.3 | character 5: expected a number such as",
        "a > 0.1ns | character 5: expected a duration from 1 ns to 292 years, found '0.1ns'",
        "a > and | character 5: expected a path, a number",
        "a and b > 1 | character 3: expected a comparison such as > 0 behind 'a', found 'and'",
        "(a > 1) + 2 > 3 | character 1: expected something with a number, not a comparison",
        "a > (b > 1) | character 5: expected something with a number, not a comparison",
        "not a | character 6: expected a comparison such as > 0 behind 'a', found the end",
        "a..b > 1 | character 2: expected a number, a path or a sign, found '.'",
        "\"a > 1 | character 1: expected a closing quote, found '\"'",
        "a > baseline + b | character 3: expected one path beside 'baseline', or baseline(PATH), found a and b",
        "1 > baseline | character 3: expected one path beside 'baseline', or baseline(PATH), found none",
        "a > baseline(1) | character 14: expected a path, found '1'",
        "a > baseline(b | character 15: expected ')' behind the path, found the end",
        "a.count > 5ms | character 9: expected times on both sides, or on neither",
        "a.p50_ns > b.count | character 10: expected times on both sides, or on neither",
        "a.p50_ns + b > 1 | character 14: expected times on both sides, or on neither",
        "a ! b | character 3: expected a number, a path or a sign, found '!'",
        "% | character 1: expected a number, a path or a sign, found '%'",
        "🎉 > 1 > | character 8: expected 'and', 'or' or the end, found '>'",
      })
  void whatIsNoConditionIsRefusedWithItsPlace(String text, String complaint) {
    assertThatThrownBy(() -> Condition.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no condition: " + complaint);
  }

  @Test
  void depthAndLengthHaveLimits() {
    String deep = "(".repeat(101) + "a > 1" + ")".repeat(101);
    assertThatThrownBy(() -> Condition.parse(deep)).hasMessageContaining("100 levels of brackets");
    assertThatThrownBy(() -> Condition.parse("not ".repeat(200) + "a > 1"))
        .hasMessageContaining("100 levels");
    String longest = "a" + " + a".repeat(498) + " > 1";
    assertThat(Condition.parse(longest).text()).isEqualTo(longest);
    assertThatThrownBy(() -> Condition.parse("a" + " + a".repeat(600) + " > 1"))
        .hasMessageContaining("at most 2000 characters");
  }
}
