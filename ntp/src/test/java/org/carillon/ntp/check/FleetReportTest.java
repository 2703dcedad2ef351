package org.carillon.ntp.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.carillon.core.CheckVerdict;
import org.carillon.core.ExitCode;
import org.carillon.core.time.KernelClock.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetReportTest {

  private static final long MS = 1_000_000;

  /** A node whose clock is ahead by this much, known to ± 100 µs. */
  private static CheckedNode ahead(long ns) {
    OffsetBounds offset = OffsetBounds.around(-ns, MS / 10);
    return CheckedNode.parse(
        ClockJson.text(Samples.report(Samples.findings(Samples.measured(offset, 0)))));
  }

  private static CheckedNode unmeasured() {
    return CheckedNode.parse(
        ClockJson.text(
            Samples.report(
                Samples.findings(
                    Optional.empty(), Optional.of(Samples.kernel(State.OK, 16_000 * MS))))));
  }

  private static FleetReport report(SequencedMap<String, FleetReport.Host> hosts) {
    return new FleetReport(Samples.AT, Duration.ofSeconds(60), "head:123", hosts, MS);
  }

  private static SequencedMap<String, FleetReport.Host> hosts(long... aheadNs) {
    SequencedMap<String, FleetReport.Host> hosts = new LinkedHashMap<>();
    for (int i = 0; i < aheadNs.length; i++) {
      hosts.put("n" + (i + 1), new FleetReport.Host.Checked(ahead(aheadNs[i])));
    }
    return hosts;
  }

  private static FleetReport.Host lost(String name) {
    return new FleetReport.Host.Failed(name + ": cannot connect within 10s");
  }

  @Test
  void aNodesDocumentIsReadBackAsItWas() {
    CheckedNode clock = ahead(MS);

    assertThat(clock.exitCode()).isZero();
    assertThat(clock.offset()).contains(OffsetBounds.around(-MS, MS / 10));
    assertThat(clock.moments()).hasSize(60);
    assertThat(clock.moments().getLast().trueNs()).isEqualTo(Samples.AT_NS);
    assertThat(clock.driftBoundPpm()).isEqualTo(50);
    assertThat(clock.checks())
        .isEqualTo(
            Samples.report(Samples.findings(Samples.measured(OffsetBounds.around(-MS, MS / 10), 0)))
                .checks());
    assertThat(clock.worst()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "no json",
        "{\"format\":\"carillon-clockcheck\",\"version\":2}",
        "{\"format\":\"carillon-clockcheck\",\"version\":1}",
        "{\"format\":\"carillon-clockcheck\",\"version\":1,\"exit_code\":\"0\"}",
        "{\"format\":\"carillon-clockcheck\",\"version\":1,\"exit_code\":99999999999}",
        "{\"format\":\"carillon-clockcheck\",\"version\":1,\"exit_code\":0,\"checks\":[{}]}",
        "{\"format\":\"carillon-clockcheck\",\"version\":1,\"exit_code\":0,\"measured\":{\"moments\":[1]}}",
        "{\"format\":\"carillon-clockcheck\",\"version\":1,\"exit_code\":0,"
            + "\"measured\":{\"offset\":{\"lowest_ns\":2,\"best_ns\":1,\"highest_ns\":0}}}"
      })
  void whatIsNoDocumentOfANodeIsRefused(String text) {
    assertThatThrownBy(() -> CheckedNode.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingThatANodeSaysMovesTheCursor() throws IOException {
    JsonNode document =
        new ObjectMapper()
            .readTree(
                ClockJson.text(
                    Samples.report(
                        Samples.findings(Samples.measured(OffsetBounds.around(0, 9), 0)))));
    ((com.fasterxml.jackson.databind.node.ObjectNode) document.at("/checks/0"))
        .put("measured", "a\033[2Jb\nc");
    assertThat(CheckedNode.parse(document.toString()).checks().getFirst().measured())
        .isEqualTo("a?[2Jb?c");
  }

  /** Each clock's truth is within its interval, and the two are measured some time apart. */
  @Property
  void theDifferenceOfTwoClocksIsWithinItsBounds(
      @ForAll @LongRange(min = -1_000_000_000, max = 1_000_000_000) long first,
      @ForAll @LongRange(min = -1_000_000_000, max = 1_000_000_000) long second,
      @ForAll @IntRange(max = 100_000) int below,
      @ForAll @IntRange(max = 100_000) int above,
      @ForAll @IntRange(min = -9_000, max = 9_000) int apartMs) {
    // The clocks drift at their bounds, 50 ppm, in opposite directions.
    double drifted = Math.abs(apartMs) * MS * 50e-6;
    CheckedNode one = clock(0, new OffsetBounds(-first - below, -first, -first + above));
    CheckedNode other =
        clock(apartMs * MS, new OffsetBounds(-second - above, -second, -second + below));

    ClockDifference difference = ClockDifference.between(one, other).orElseThrow();

    assertThat((double) (first - second) + drifted)
        .isBetween(
            (double) difference.ahead().lowestNs(), difference.ahead().highestNs() + drifted);
    assertThat((double) (first - second))
        .isBetween(
            difference.ahead().lowestNs() + drifted, difference.ahead().highestNs() - drifted);
    assertThat(difference.reversed().reversed()).isEqualTo(difference);
  }

  private static CheckedNode clock(long trueNs, OffsetBounds offset) {
    return new CheckedNode(
        0,
        List.of(),
        Optional.of(offset),
        List.of(new TimedOffset(trueNs, offset)),
        50,
        new ObjectMapper().createObjectNode());
  }

  @Test
  void clocksAreComparedAtTheLastSecondThatBothMeasured() {
    OffsetBounds early = OffsetBounds.around(0, 10);
    OffsetBounds late = OffsetBounds.around(500, 10);
    long second = 1_000 * MS;
    CheckedNode one =
        moments(new TimedOffset(10 * second, early), new TimedOffset(11 * second, late));
    CheckedNode other =
        moments(
            new TimedOffset(10 * second + 3_000, early),
            new TimedOffset(11 * second - 2_000, early),
            new TimedOffset(11 * second + 700 * MS, late));

    ClockDifference difference = ClockDifference.between(one, other).orElseThrow();

    assertThat(difference.trueNs()).isEqualTo(11 * second);
    assertThat(difference.ahead().bestNs()).isEqualTo(-500);
    assertThat(ClockDifference.between(one, moments())).isEmpty();
    assertThat(ClockDifference.between(one, moments(new TimedOffset(60 * second, early))))
        .isEmpty();
  }

  private static CheckedNode moments(TimedOffset... moments) {
    return new CheckedNode(
        0,
        List.of(),
        Optional.empty(),
        List.of(moments),
        50,
        new ObjectMapper().createObjectNode());
  }

  @Test
  void clocksThatAgreeAreGoodEnough() {
    FleetReport report = report(hosts(0, 300_000, -200_000));
    assertThat(report.pairs()).hasSize(3);
    assertThat(report.difference().orElseThrow().verdict()).isEqualTo(CheckVerdict.PASS);
    assertThat(report.exitCode()).isEqualTo(ExitCode.SUCCESS);
  }

  @Test
  void aDifferenceFailsIfItIsProvenAndWarnsIfItIsPossible() {
    FleetReport possible = report(hosts(0, MS));
    assertThat(possible.difference().orElseThrow().verdict()).isEqualTo(CheckVerdict.WARN);
    assertThat(possible.exitCode()).isEqualTo(ExitCode.SUCCESS);

    FleetReport proven = report(hosts(-1_400_000, 0, 1_400_000));
    assertThat(proven.difference().orElseThrow())
        .satisfies(
            check -> {
              assertThat(check.verdict()).isEqualTo(CheckVerdict.FAIL);
              assertThat(check.measured()).isEqualTo("at least 2.59ms");
              assertThat(check.sentence()).contains("n1 and n3");
            });
    assertThat(proven.exitCode()).isEqualTo(ExitCode.CLOCKS);
  }

  @Test
  void theExitCodeTellsWhoCouldNotBeMeasured() {
    SequencedMap<String, FleetReport.Host> hosts = hosts(0, 0);
    hosts.put("n3", lost("n3"));
    assertThat(report(hosts).exitCode()).isEqualTo(ExitCode.SOME_FAILED);

    SequencedMap<String, FleetReport.Host> bad = hosts(0, 20 * MS);
    bad.put("n3", lost("n3"));
    assertThat(report(bad).exitCode()).isEqualTo(ExitCode.CLOCKS);

    SequencedMap<String, FleetReport.Host> none = new LinkedHashMap<>();
    none.put("n1", lost("n1"));
    assertThat(report(none).exitCode()).isEqualTo(ExitCode.ALL_FAILED);
    assertThat(report(none).difference()).isEmpty();
  }

  @Test
  void whereNoServerHasAnsweredAnyHostThatIsWhatItEndsWith() {
    SequencedMap<String, FleetReport.Host> hosts = new LinkedHashMap<>();
    hosts.put("n1", new FleetReport.Host.Checked(unanswered()));
    hosts.put("n2", new FleetReport.Host.Checked(unanswered()));
    assertThat(report(hosts).exitCode()).isEqualTo(ExitCode.CONNECTION);
    assertThat(new FleetText(false, 80).text(report(hosts)))
        .contains("FAIL     bound none: no server has answered: head:123: timeout");

    hosts.put("n3", lost("n3"));
    assertThat(report(hosts).exitCode()).isEqualTo(ExitCode.ALL_FAILED);
    hosts.put("n4", new FleetReport.Host.Checked(ahead(0)));
    assertThat(report(hosts).exitCode()).isEqualTo(ExitCode.SOME_FAILED);
  }

  private static CheckedNode unanswered() {
    return CheckedNode.parse(
        ClockJson.text(
            Samples.report(Samples.findings(Samples.unanswered(Samples.silent("head:123"))))));
  }

  @Test
  void theReportHasALinePerHostAndAMatrixOfDifferences() {
    SequencedMap<String, FleetReport.Host> hosts = hosts(0, 300_000, 20 * MS);
    hosts.put("far", lost("far"));
    hosts.put("bare", new FleetReport.Host.Checked(unmeasured()));

    assertThat(new FleetText(false, 80).text(report(hosts)))
        .isEqualTo(
            """
            System clocks of 5 hosts, 2026-11-22 10:15:30 UTC: measured for 1m against head:123

            host  offset                    worst check
            n1    +0ns [-100us, +100us]     PASS
            n2    -300us [-400us, -200us]   PASS
            n3    -20ms [-20.1ms, -19.9ms]  FAIL     offset -20ms [-20.1ms, -19.9ms]: the system clock is at least 19.9ms ahead
            far   -                         UNKNOWN  cannot connect within 10s
            bare  -                         FAIL     kernel claims ±16s: the time daemon claims no better than that
            Offset: true time minus the system clock, + if it is behind; [the edges it lies between].

            By how much the clock of the row is ahead of the clock of the column (! provably too far, ? possibly):

                  n1                            n2
            n1    -                             -300us [-501us, -99.9us]
            n2    +300us [+99.9us, +501us]      -
            n3    +20ms [+19.79ms, +20.21ms] !  +19.7ms [+19.49ms, +19.91ms] !
            bare  unknown                       unknown

                  n3                              bare
            n1    -20ms [-20.21ms, -19.79ms] !    unknown
            n2    -19.7ms [-19.91ms, -19.49ms] !  unknown
            n3    -                               unknown
            bare  unknown                         -

            FAIL     difference  at least 19.79ms  within 1ms
                     the clocks of n1 and n3 are that far apart; let one time daemon on each
                     follow the same servers
            exit code 8: clocks not good enough
            """);
  }

  @Test
  void aMatrixThatIsTooWideComesInBlocksOfColumns() {
    String text = new FleetText(false, 70).text(report(hosts(0, 10_000, 20_000, 30_000)));
    assertThat(
            text.lines()
                .filter(line -> line.startsWith("  "))
                .map(line -> line.strip().replaceAll(" +", " ")))
        .containsExactly("n1 n2", "n3 n4");
    assertThat(text.lines().filter(line -> line.startsWith("n4"))).hasSize(3);
  }

  @Test
  void coloursStandAroundCellsAndVerdictsOnly() {
    FleetReport report = report(hosts(0, MS, 20 * MS));
    String coloured = new FleetText(true, 80).text(report);
    assertThat(coloured).contains("\033[1;31m").contains("\033[33m");
    assertThat(coloured.replaceAll("\033\\[[0-9;]*m", ""))
        .isEqualTo(new FleetText(false, 80).text(report));
  }

  @Test
  void theDocumentHoldsEveryHostAndEveryPair() throws IOException {
    SequencedMap<String, FleetReport.Host> hosts = hosts(0, 3 * MS);
    hosts.put("far", lost("far"));

    JsonNode json = new ObjectMapper().readTree(ClockJson.text(report(hosts)));

    assertThat(json.path("format").asText()).isEqualTo("carillon-clockcheck-fleet");
    assertThat(json.path("exit_code").asInt()).isEqualTo(8);
    assertThat(json.at("/hosts/0/report/measured/offset/best_ns").asLong()).isZero();
    assertThat(json.at("/hosts/2/error").asText()).startsWith("far: ");
    assertThat(json.path("differences").size()).isEqualTo(1);
    assertThat(json.at("/differences/0/ahead").asText()).isEqualTo("n1");
    assertThat(json.at("/differences/0/of").asText()).isEqualTo("n2");
    assertThat(json.at("/differences/0/best_ns").asLong()).isEqualTo(-3 * MS);
    assertThat(json.at("/differences/0/verdict").asText()).isEqualTo("fail");
  }
}
