package org.carillon.ntp.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.carillon.core.time.KernelClock.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockTextTest {

  private static final OffsetBounds GOOD = OffsetBounds.around(12_345, 81_234);

  private static ClockReport warned() {
    return Samples.report(
        Samples.findings(
            Optional.of(
                Samples.measured(
                    GOOD, 1.25, Samples.server("10.0.0.1:123", GOOD), Samples.silent("head:123"))),
            Optional.of(Samples.kernel(State.OK, 1_500_000))));
  }

  @Test
  void theReportIsAlignedAndSaysWhatToDo() {
    assertThat(new ClockText(false, 80).text(warned()))
        .isEqualTo(
            """
            System clock of n1, 2026-11-22 10:15:30 UTC: measured for 1m against 2 servers

            server        answers  offset                      delay, least and median  stratum  remark
            10.0.0.1:123  60/60    +12.3us [-68.9us, +93.6us]  110us, 140us             2
            head:123      0/12     -                           -                        -        timeout
            Offset: true time minus the system clock, + if it is behind; [the edges it lies between].

            kernel:  synchronized, off by 20us by its own guess and 1.5ms at most; corrects its counter by -3.500 ppm
            daemons: chronyd (process 412)

            PASS     bound         ±81.3us                     within 1ms
            PASS     offset        +12.3us [-68.9us, +93.6us]  within 10ms
            PASS     drift         +1.25 [-2.81, +5.31] ppm    within 50 ppm
            PASS     disturbances  none                        none
            PASS     assumptions   hold                        rate within 50.0 ppm, changing by at most 0.02 ppm/s
            WARN     answers       60 of 72                    at least 90 % of each
                     head:123 gave 0 of 12 (timeout); check the server's name, that it runs,
                     and that UDP passes the firewalls
            PASS     falsetickers  none of 1                   none
                     it takes three servers to tell which of them is wrong
            PASS     kernel        claims ±1.5ms               holds the offset
            PASS     daemon        chronyd                     one steers
            PASS     counter       tsc                         a fast one

            9 pass, 1 warn (exit code 0: success)
            """);
  }

  @Test
  void coloursStandAroundTheVerdictsAndNowhereElse() {
    String plain = new ClockText(false, 80).text(warned());
    String coloured = new ClockText(true, 80).text(warned());
    assertThat(coloured).contains("\033[32mPASS\033[0m     bound").contains("\033[33mWARN\033[0m");
    assertThat(coloured.replaceAll("\033\\[[0-9;]*m", "")).isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0; 81; +0ns [-81ns, +81ns]",
        "12345; 81234; +12.3us [-68.9us, +93.6us]",
        "-251987654; 94123; -251.988ms [-252.082ms, -251.893ms]",
        "-29999000; 32700; -29.999ms [-30.032ms, -29.966ms]",
        "251987654; 94123456; +252ms [+157ms, +347ms]",
        "1250000000; 250; +1.25s [+1.24999975s, +1.25000025s]",
        "-3; 1500000000; -3ns [-1.51s, +1.5s]"
      })
  void anOffsetHasTheDigitsThatMeanSomething(long bestNs, long errorNs, String text) {
    assertThat(Amounts.offset(OffsetBounds.around(bestNs, errorNs))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0; 0.004; +0 [-0, +0] ppm",
        "-3.456; 12.34; -3.46 [-15.8, +8.88] ppm",
        "1234.4; 100; +1234 [+1134, +1334] ppm"
      })
  void aDriftHasThreeDigits(double bestPpm, double errorPpm, String text) {
    assertThat(Amounts.drift(new DriftBounds(bestPpm - errorPpm, bestPpm, bestPpm + errorPpm)))
        .isEqualTo(text);
  }

  @Test
  void proseIsBrokenAtBlanksOnly() {
    String prose = "one two three, four-and-a-half aVeryLongWordThatIsWiderThanTheLine five";
    assertThat(VerdictText.wrapped(prose, 15))
        .containsExactly(
            "one two three,", "four-and-a-half", "aVeryLongWordThatIsWiderThanTheLine", "five");
    assertThat(VerdictText.wrapped("", 15)).isEmpty();
  }

  @Test
  void theDocumentHoldsEveryNumberWithItsUnit() throws IOException {
    JsonNode json = new ObjectMapper().readTree(ClockJson.text(warned()));

    assertThat(json.path("format").asText()).isEqualTo("carillon-clockcheck");
    assertThat(json.path("exit_code").asInt()).isZero();
    assertThat(json.at("/measured/offset/best_ns").asLong()).isEqualTo(12_345);
    assertThat(json.at("/measured/offset/lowest_ns").asLong()).isEqualTo(12_345 - 81_234);
    assertThat(json.at("/measured/drift/best_ppm").asDouble()).isBetween(1.24, 1.26);
    assertThat(json.at("/measured/servers/0/delay_min_ns").asLong()).isEqualTo(110_000);
    assertThat(json.at("/measured/servers/1/verdicts/timeout").asInt()).isEqualTo(12);
    assertThat(json.at("/measured/servers/1/offset").isMissingNode()).isTrue();
    assertThat(json.at("/measured/moments").size()).isEqualTo(60);
    assertThat(json.at("/measured/moments/59/time_ns").asLong()).isEqualTo(Samples.AT_NS);
    assertThat(json.at("/kernel/max_error_ns").asLong()).isEqualTo(1_500_000);
    assertThat(json.at("/kernel/flags").toString()).isEqualTo("[\"PLL\",\"NANO\"]");
    assertThat(json.at("/daemons/0/name").asText()).isEqualTo("chronyd");
    assertThat(json.at("/checks").size()).isEqualTo(10);
    assertThat(json.at("/checks/5/verdict").asText()).isEqualTo("warn");
  }

  @Test
  void whatWasNotMeasuredIsNull() throws IOException {
    ClockReport report = Samples.report(Samples.findings(Optional.empty(), Optional.empty()));
    JsonNode json = new ObjectMapper().readTree(ClockJson.text(report));
    assertThat(json.get("measured").isNull()).isTrue();
    assertThat(json.get("kernel").isNull()).isTrue();
    assertThat(json.path("exit_code").asInt()).isEqualTo(7);
    assertThat(
            new ClockText(false, 80)
                .text(report)
                .lines()
                .filter(line -> line.startsWith("kernel:") || line.startsWith("System"))
                .collect(Collectors.joining("\n")))
        .contains("not measured, since no server is named", "does not say");
  }
}
