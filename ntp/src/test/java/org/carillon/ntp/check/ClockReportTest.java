package org.carillon.ntp.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carillon.core.CheckVerdict.FAIL;
import static org.carillon.core.CheckVerdict.PASS;
import static org.carillon.core.CheckVerdict.UNKNOWN;
import static org.carillon.core.CheckVerdict.WARN;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.clock.Assumptions;
import org.carillon.core.CheckVerdict;
import org.carillon.core.ExitCode;
import org.carillon.core.time.KernelClock.State;
import org.carillon.ntp.check.ClockFindings.Measured;
import org.carillon.ntp.check.TimeDaemon.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockReportTest {

  private static final OffsetBounds GOOD = OffsetBounds.around(12_300, 81_200);
  private static final long MS = 1_000_000;

  private static void assertVerdict(ClockReport report, String name, CheckVerdict verdict) {
    Check check = Samples.check(report, name);
    assertThat(check.verdict()).as(check.toString()).isEqualTo(verdict);
  }

  private static ClockReport report(Measured measured) {
    return Samples.report(Samples.findings(measured));
  }

  @Test
  void aGoodClockPassesEveryCheck() {
    ClockReport report = report(Samples.measured(GOOD, 1.2));

    assertThat(report.checks())
        .allSatisfy(check -> assertThat(check.verdict()).as(check.name()).isEqualTo(PASS))
        .extracting(Check::name)
        .containsExactly(
            "bound",
            "offset",
            "drift",
            "disturbances",
            "assumptions",
            "answers",
            "falsetickers",
            "kernel",
            "daemon",
            "counter");
    assertThat(report.exitCode()).isEqualTo(ExitCode.SUCCESS);
  }

  @ParameterizedTest(name = "±{0} ns: {1}")
  @CsvSource({"999999,PASS", "1000000,PASS", "1000001,FAIL"})
  void theBoundIsHeldAgainstItsThreshold(long errorNs, CheckVerdict verdict) {
    ClockReport report = report(Samples.measured(OffsetBounds.around(0, errorNs), 0));
    assertVerdict(report, "bound", verdict);
    assertThat(report.exitCode()).isEqualTo(verdict == FAIL ? ExitCode.CLOCKS : ExitCode.SUCCESS);
  }

  @ParameterizedTest(name = "{0} ms ± {1} ms: {2}")
  @CsvSource({
    "9, 0.9, PASS",
    "-9, 0.9, PASS",
    "9.9, 0.9, WARN",
    "10.1, 0.9, WARN",
    "-10.1, 0.9, WARN",
    "11, 0.9, FAIL",
    "-11, 0.9, FAIL"
  })
  void anOffsetFailsOnlyIfItProvablyIsBeyondItsThreshold(
      double bestMs, double errorMs, CheckVerdict verdict) {
    OffsetBounds offset = OffsetBounds.around((long) (bestMs * MS), (long) (errorMs * MS));
    assertVerdict(report(Samples.measured(offset, 0)), "offset", verdict);
  }

  @Test
  void theSideOfAnOffsetIsTold() {
    assertThat(
            Samples.check(report(Samples.measured(OffsetBounds.around(20 * MS, MS), 0)), "offset"))
        .extracting(Check::sentence)
        .isEqualTo("the system clock is at least 19ms behind");
    assertThat(
            Samples.check(report(Samples.measured(OffsetBounds.around(-20 * MS, MS), 0)), "offset"))
        .extracting(Check::sentence)
        .isEqualTo("the system clock is at least 19ms ahead");
  }

  @ParameterizedTest(name = "{0} ppm, ±{1} ns: {2}")
  @CsvSource({
    "40, 1000, PASS",
    "-40, 1000, PASS",
    "60, 1000, FAIL",
    "-60, 1000, FAIL",
    "0, 5000000, UNKNOWN"
  })
  void aDriftFailsOnlyIfItProvablyIsBeyondItsThreshold(
      double driftPpm, long errorNs, CheckVerdict verdict) {
    assertVerdict(
        report(Samples.measured(OffsetBounds.around(0, errorNs), driftPpm)), "drift", verdict);
  }

  @Test
  void whereTheTimeWasTooShortForTheDriftItSaysHowLongWouldDo() {
    // ±10 ms over 40 s is ±500 ppm: fifteen times as long brings ±33 ppm.
    Measured measured = Samples.measured(OffsetBounds.around(0, 10 * MS), 0);
    Check check = Samples.check(report(measured), "drift");
    assertThat(check.verdict()).isEqualTo(UNKNOWN);
    assertThat(check.fix()).matches("measure longer, such as --for \\d\\dm");
  }

  @Test
  void ofThreeServersOneThatIsWrongIsAWarning() {
    ClockReport report =
        report(
            Samples.measured(
                GOOD,
                0,
                Samples.server("a:123", GOOD),
                Samples.server("b:123", GOOD),
                Samples.liar("c:123", OffsetBounds.around(MS * 30, 100))));

    assertVerdict(report, "falsetickers", WARN);
    assertThat(Samples.check(report, "falsetickers").sentence()).endsWith(": c:123");
    assertThat(report.exitCode()).isEqualTo(ExitCode.SUCCESS);
  }

  @Test
  void withoutAMajorityThereIsNoTime() {
    Measured measured =
        new Measured(
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            List.of(Samples.liar("a:123", GOOD), Samples.liar("b:123", OffsetBounds.around(MS, 9))),
            Optional.empty(),
            List.of(),
            Assumptions.defaults(),
            2,
            Optional.of("servers disagree"),
            List.of());

    ClockReport report = report(measured);

    assertVerdict(report, "bound", FAIL);
    assertVerdict(report, "offset", UNKNOWN);
    assertVerdict(report, "drift", UNKNOWN);
    assertVerdict(report, "falsetickers", FAIL);
    assertVerdict(report, "assumptions", WARN);
    assertThat(Samples.check(report, "assumptions").sentence()).isEqualTo("servers disagree");
    assertThat(report.exitCode()).isEqualTo(ExitCode.CLOCKS);
  }

  @Test
  void whereNobodyAnswersThatIsAllThatIsSaidOfTheTime() {
    ClockReport report =
        report(Samples.unanswered(Samples.silent("a:123"), Samples.silent("b:123")));

    assertThat(report.checks())
        .extracting(Check::name)
        .containsExactly("bound", "answers", "kernel", "daemon", "counter");
    assertThat(Samples.check(report, "answers").sentence())
        .isEqualTo("a:123 gave 0 of 12 (timeout); b:123 gave 0 of 12 (timeout)");
    assertThat(report.exitCode()).isEqualTo(ExitCode.CONNECTION);
  }

  @Test
  void whatWasStoppedBeforeAnybodyCouldAnswerIsUnknown() {
    ServerFindings unasked = new ServerFindings("a:123", Map.of(), 0, false, Optional.empty());
    ClockReport report = report(Samples.unanswered(unasked));
    assertVerdict(report, "bound", UNKNOWN);
    assertVerdict(report, "answers", UNKNOWN);
  }

  @Test
  void whatIsProvenOfAnOffsetIsRoundedTowardZero() {
    Measured measured = Samples.measured(OffsetBounds.around(-29_999_000, 32_700), 0);
    assertThat(Samples.check(report(measured), "offset"))
        .extracting(Check::measured, Check::sentence)
        .containsExactly(
            "-29.999ms [-30.032ms, -29.966ms]", "the system clock is at least 29.966ms ahead");
  }

  @Test
  void answersOfNoUseAreAnswers() {
    ServerFindings unsynchronized =
        new ServerFindings("a:123", Map.of("unsynchronized", 9), 9, false, Optional.empty());
    ClockReport report = report(Samples.unanswered(unsynchronized));
    assertVerdict(report, "answers", FAIL);
    assertThat(report.exitCode()).isEqualTo(ExitCode.CLOCKS);
  }

  @Test
  void aServerThatOftenDoesNotAnswerIsAWarning() {
    ServerFindings lossy =
        new ServerFindings(
            "c:123",
            Map.of("accepted", 40, "timeout", 19, "bogus", 1),
            41,
            false,
            Optional.empty());
    ClockReport report = report(Samples.measured(GOOD, 0, Samples.server("a:123", GOOD), lossy));
    assertVerdict(report, "answers", WARN);
    assertThat(Samples.check(report, "answers"))
        .extracting(Check::measured, Check::sentence)
        .containsExactly("100 of 120", "c:123 gave 40 of 60 (timeout)");
  }

  @Test
  void anOffsetThatTheKernelRulesOutRefutesTheKernel() {
    ClockFindings findings =
        Samples.findings(
            Optional.of(Samples.measured(OffsetBounds.around(5 * MS, MS / 10), 0)),
            Optional.of(Samples.kernel(State.OK, MS)));
    assertVerdict(Samples.report(findings), "kernel", FAIL);
  }

  @ParameterizedTest(name = "measured: {0}")
  @ValueSource(booleans = {true, false})
  void anUnsynchronizedKernelIsAWarningWhereTheClockIsMeasuredAndElseAFailure(boolean measured) {
    ClockFindings findings =
        Samples.findings(
            measured ? Optional.of(Samples.measured(GOOD, 0)) : Optional.empty(),
            Optional.of(Samples.kernel(State.ERROR, 16_000 * MS)));
    ClockReport report = Samples.report(findings);
    assertVerdict(report, "kernel", measured ? WARN : FAIL);
    assertThat(report.exitCode()).isEqualTo(measured ? ExitCode.SUCCESS : ExitCode.CLOCKS);
  }

  @ParameterizedTest(name = "{0} ns: {1}")
  @CsvSource({"1000000,PASS", "1000001,FAIL"})
  void withoutServersTheKernelsClaimIsHeldAgainstTheBound(long claimNs, CheckVerdict verdict) {
    ClockReport report =
        Samples.report(
            Samples.findings(Optional.empty(), Optional.of(Samples.kernel(State.OK, claimNs))));
    assertVerdict(report, "kernel", verdict);
    assertThat(report.checks())
        .extracting(Check::name)
        .containsExactly("kernel", "daemon", "counter");
  }

  @Test
  void whereNobodySaysAnythingThereIsNoData() {
    ClockReport report = Samples.report(Samples.findings(Optional.empty(), Optional.empty()));
    assertVerdict(report, "kernel", UNKNOWN);
    assertThat(report.exitCode()).isEqualTo(ExitCode.NO_DATA);
  }

  @ParameterizedTest
  @CsvSource({"INSERT,inserted", "IN_LEAP_SECOND,inserted", "DELETE,left out"})
  void aLeapSecondIsAnnounced(State state, String what) {
    ClockFindings findings =
        Samples.findings(
            Optional.of(Samples.measured(GOOD, 0)), Optional.of(Samples.kernel(state, MS)));
    Check check = Samples.check(Samples.report(findings), "leap second");
    assertThat(check.verdict()).isEqualTo(WARN);
    assertThat(check.sentence()).contains(what);
  }

  private static ClockReport withDaemons(TimeDaemon... daemons) {
    ClockFindings good = Samples.findings(Samples.measured(GOOD, 0));
    return Samples.report(
        new ClockFindings(
            good.node(), good.time(), good.kernel(), good.counter(), List.of(daemons)));
  }

  @Test
  void oneDaemonMaySteerTheClock() {
    TimeDaemon chronyd = new TimeDaemon(Kind.CHRONYD, 412, true);
    assertVerdict(withDaemons(), "daemon", WARN);
    assertVerdict(withDaemons(new TimeDaemon(Kind.CHRONYD, 412, false)), "daemon", WARN);
    assertVerdict(
        withDaemons(
            new TimeDaemon(Kind.PTP4L, 300, false), new TimeDaemon(Kind.PHC2SYS, 301, true)),
        "daemon",
        PASS);
    ClockReport two = withDaemons(new TimeDaemon(Kind.TIMESYNCD, 98, true), chronyd);
    assertVerdict(two, "daemon", FAIL);
    assertThat(Samples.check(two, "daemon").sentence())
        .startsWith("systemd-timesyncd (process 98) and chronyd (process 412) steer ");
  }

  @ParameterizedTest
  @CsvSource({"tsc,PASS", "kvm-clock,PASS", "arch_sys_counter,PASS", "hpet,WARN", "acpi_pm,WARN"})
  void aSlowCounterIsAWarning(String counter, CheckVerdict verdict) {
    ClockFindings good = Samples.findings(Samples.measured(GOOD, 0));
    ClockFindings findings =
        new ClockFindings(
            good.node(), good.time(), good.kernel(), Optional.of(counter), good.daemons());
    assertVerdict(Samples.report(findings), "counter", verdict);
  }

  @Test
  void aMeasuringThatWasStoppedEndsAsAbortedAndTellsWhatDisturbedIt() {
    Measured whole = Samples.measured(GOOD, 0);
    Measured stopped =
        new Measured(
            whole.wanted(),
            Duration.ofSeconds(7),
            whole.servers(),
            whole.offset(),
            whole.moments(),
            Assumptions.defaults(),
            0,
            Optional.empty(),
            List.of("the clock was set back by 1s", "the clock was set forward by 1s"));
    ClockReport report = report(stopped);
    assertThat(report.exitCode()).isEqualTo(ExitCode.ABORTED);
    assertVerdict(report, "disturbances", WARN);
    assertThat(Samples.check(report, "disturbances").sentence())
        .isEqualTo("the clock was set forward by 1s, and 1 before");
  }
}
