package org.carillon.deploy.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import org.carillon.core.CheckVerdict;
import org.junit.jupiter.api.Test;

class WaysTest {

  private static final List<String> FOUR = List.of("n1", "n2", "n3", "n4");

  private static SequencedMap<String, CheckResult> judge(
      List<String> hosts, BiFunction<String, String, long[]> arrivedAndAnswered) {
    List<Way> ways = new ArrayList<>();
    for (String from : hosts) {
      for (String to : hosts) {
        if (!from.equals(to)) {
          long[] found = arrivedAndAnswered.apply(from, to);
          ways.add(
              new Way(
                  from, to, 20, found[0], found[1], OptionalDouble.of(90), OptionalDouble.of(100)));
        }
      }
    }
    return Ways.judge(hosts, ways, Map.of());
  }

  private static long[] all() {
    return new long[] {20, 20};
  }

  @Test
  void allPassWhereAllGetsThrough() {
    assertThat(judge(FOUR, (from, to) -> all()).values())
        .allSatisfy(result -> assertThat(result.verdict()).isEqualTo(CheckVerdict.PASS));
  }

  @Test
  void aHostThatIsCutOffIsToBlameAlone() {
    SequencedMap<String, CheckResult> results =
        judge(FOUR, (from, to) -> from.equals("n3") || to.equals("n3") ? new long[] {0, 0} : all());

    assertThat(results.get("n3").verdict()).isEqualTo(CheckVerdict.FAIL);
    assertThat(results.get("n3").sentence()).contains("only 0 of 3 hosts");
    assertThat(results.get("n1").verdict()).isEqualTo(CheckVerdict.PASS);
    assertThat(results.get("n1").sentence()).contains("2 other hosts");
  }

  @Test
  void aWayThatIsClosedInOneDirectionFailsAtBothItsEndsAndSaysWhere() {
    SequencedMap<String, CheckResult> results =
        judge(
            FOUR, (from, to) -> from.equals("n1") && to.equals("n2") ? new long[] {20, 0} : all());

    assertThat(results.get("n1").sentence())
        .contains("n2", "20 of 20 arrived, and 0 answers came back");
    assertThat(results.get("n2").verdict()).isEqualTo(CheckVerdict.FAIL);
    assertThat(results.get("n3").verdict()).isEqualTo(CheckVerdict.PASS);
    assertThat(judge(List.of("a", "b"), (from, to) -> new long[] {0, 0}).values())
        .allSatisfy(result -> assertThat(result.verdict()).isEqualTo(CheckVerdict.FAIL));
  }

  @Test
  void aLossWarnsWithItsDirection() {
    CheckResult result =
        judge(FOUR, (from, to) -> to.equals("n4") ? new long[] {18, 17} : all()).get("n1");

    assertThat(result.verdict()).isEqualTo(CheckVerdict.WARN);
    assertThat(result.sentence()).contains("n4 (2 lost there and 1 back, of 20)");
    assertThat(result.measurements().getFirst().value().getAsDouble()).isEqualTo(100.0 * 3 / 60);
  }

  @Test
  void whatAHostSaysMayBeAnything() {
    assertThat(
            ConnectivityCheck.parse(
                List.of("", "{", "[]", "{\"to\": 9}", "{\"to\": \"x\"}", "{\"to\":-1}"), FOUR))
        .isEmpty();
    assertThat(
            ConnectivityCheck.parse(
                    List.of("{\"to\": 1, \"sent\": \"many\", \"min_us\": null}"), FOUR)
                .get("n2")
                .sent())
        .isZero();
  }
}
