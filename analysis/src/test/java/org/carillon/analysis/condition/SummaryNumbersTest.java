package org.carillon.analysis.condition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import org.carillon.analysis.condition.Lookup.Known;
import org.carillon.analysis.condition.Lookup.Missing;
import org.carillon.analysis.condition.Lookup.Unknown;
import org.junit.jupiter.api.Test;

class SummaryNumbersTest {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static SummaryNumbers numbers(String json) throws IOException {
    return SummaryNumbers.of(JSON.readTree(json));
  }

  private static Lookup known(String number) {
    return new Known(new BigDecimal(number));
  }

  @Test
  void totalsThatTheFileHasCountAndTheOthersAreSums() throws IOException {
    SummaryNumbers numbers =
        numbers(
            """
            {"causality":{"bounded":{"n1":{"pairs":4,"ambiguous":1},"n2":{"pairs":4,"ambiguous":2}},
                          "ntp":{"n1":{"pairs":4,"violations":3}}},
             "totals":{"causality":{"bounded":{"pairs":80,"ambiguous_rate_ci":[0.1,0.3]}},
                       "latency":{"bounded":{"p99_ns":7,"p99_ci_ns":[5,9]}}}}
            """);
    assertThat(numbers.find("causality.bounded.pairs")).isEqualTo(known("80"));
    assertThat(numbers.find("totals.causality.bounded.pairs")).isEqualTo(known("80"));
    assertThat(numbers.find("causality.bounded.ambiguous")).isEqualTo(known("3"));
    assertThat(numbers.find("causality.ntp.violation_rate")).isEqualTo(known("0.750000000"));
    assertThat(numbers.find("latency.bounded.p99_ns")).isEqualTo(known("7"));
    assertThat(numbers.interval("latency.bounded.p99_ns").orElseThrow().high())
        .isEqualTo(new BigDecimal("9"));
    assertThat(numbers.interval("causality.bounded.ambiguous_rate").orElseThrow().low())
        .isEqualByComparingTo("0.1");
    assertThat(numbers.interval("causality.ntp.violation_rate")).isEmpty();
  }

  @Test
  void whereNoNodeComparesTheTotalDoesNot() throws IOException {
    SummaryNumbers numbers =
        numbers(
            """
            {"causality":{"bounded":{"n1":{"comparable":false,"why":"n1 recorded none"}}}}
            """);
    assertThat(numbers.find("causality.bounded.violations"))
        .isEqualTo(new Missing("n1 recorded none"));
  }

  @Test
  void incidentsThatWereRecordedNowhereAreNoneWhereClocksWereRecorded() throws IOException {
    assertThat(
            numbers("{\"input\":{\"clock_n1.csv\":{\"bytes\":5}}}")
                .find("incidents.broken_assumptions"))
        .isEqualTo(known("0"));
    assertThat(numbers("{\"input\":{}}").find("incidents.broken_assumptions"))
        .isInstanceOf(Missing.class);
    assertThat(
            numbers(
                    "{\"incidents\":{\"n1\":{\"broken_assumptions\":1,\"counts\":{\"step\":2}},"
                        + "\"n2\":{\"broken_assumptions\":3,\"counts\":{\"step\":5}}}}")
                .find("incidents.counts.step"))
        .isEqualTo(known("7"));
  }

  @Test
  void hindsightIsAClockThatMayBeMissing() throws IOException {
    assertThat(
            numbers("{\"hindsight\":{\"comparable\":false,\"why\":\"no samples\"}}")
                .find("causality.hindsight.violations"))
        .isEqualTo(new Missing("no samples"));
  }

  @Test
  void whatIsNoNumberIsUnknown() throws IOException {
    SummaryNumbers numbers = numbers("{\"a\":{\"b\":true,\"c\":\"x\",\"d\":[1]},\"e\":1e999}");
    for (String path : new String[] {"a", "a.b", "a.c", "a.d", "e", "", ".", "a.b.c.d"}) {
      assertThat(numbers.find(path)).as(path).isInstanceOf(Unknown.class);
    }
  }
}
