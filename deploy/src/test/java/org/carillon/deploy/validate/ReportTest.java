package org.carillon.deploy.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {

  private static final int WIDE = Integer.MAX_VALUE;
  private static final Instant AT = Instant.parse("2026-11-22T20:00:00Z");
  private static final CheckResult GOOD = CheckResult.pass(CheckName.CPU, "processors 5 % busy");
  private static final CheckResult FULL =
      CheckResult.fail(CheckName.DISK, "disk 96 % full", "make room")
          .with(Measurement.of("disk_percent", 96.5, 90));

  @TempDir private Path folder;

  private static ValidationReport report(
      SequencedMap<String, List<CheckResult>> hosts, Map<String, ExitCode> lost) {
    return new ValidationReport(
        "echo",
        AT,
        hosts,
        List.of(),
        Map.of("node001", "echo-1"),
        lost,
        List.of(
            new Way(
                "node001", "node002", 20, 19, 18, OptionalDouble.of(1), OptionalDouble.empty())));
  }

  private static ValidationReport report(int count, Map<Integer, CheckResult> bad) {
    SequencedMap<String, List<CheckResult>> hosts = new LinkedHashMap<>();
    for (int i = 1; i <= count; i++) {
      hosts.put(
          "node%03d".formatted(i), bad.containsKey(i) ? List.of(GOOD, bad.get(i)) : List.of(GOOD));
    }
    return report(hosts, Map.of());
  }

  @Test
  void hostsOfWhichTheSameIsToBeSaidStandTogether() {
    String text = ReportText.text(report(128, Map.of(7, FULL, 41, FULL)), false, WIDE);

    assertThat(text)
        .contains("FAIL     disk   node[007,041] (2)  disk 96 % full; make room")
        .contains("126 of 128 hosts are ok; node[007,041] are not (exit code 2: ");
    assertThat(ReportText.text(report(3, Map.of()), false, WIDE))
        .isEqualTo(
            "echo on 3 hosts, 2026-11-22 20:00:00 UTC\n3 hosts: ok (exit code 0: success)\n");
    assertThat(ReportText.text(report(3, Map.of()), true, WIDE)).contains("node[001-003] (3)");
  }

  @Test
  void theLastLineNamesWhatFailedThoughNoHostDid() {
    ValidationReport hosts = report(3, Map.of());
    CheckResult failed =
        CheckResult.unknown(CheckName.EXPERIMENT, "there is no such file.", "mend that");
    ValidationReport report =
        new ValidationReport(
            "echo", AT, hosts.hosts(), List.of(failed), Map.of(), Map.of(), List.of());
    assertThat(ReportText.text(report, false, WIDE))
        .contains("UNKNOWN  experiment  all    there is no such file; mend that\n")
        .contains("3 hosts: ok; UNKNOWN experiment (exit code ");
  }

  @Test
  void whatHostsHaveMeasuredDifferentlyStandsTogetherWithTheLeastAndTheMost() {
    String leak = "%s files open: open files grow by %s an hour (95 %%: 1.5 to 3; 9 samples in %s)";
    Map<Integer, CheckResult> leaks =
        Map.of(
            1, CheckResult.warn(CheckName.OPEN_FILES, leak.formatted("93", "2", "2h5m"), "look"),
            2, CheckResult.warn(CheckName.OPEN_FILES, leak.formatted("104", "2", "1h59m"), "look"),
            3, CheckResult.fail(CheckName.DISK, "disk 96 % full; make room where /d/1 lies", ""),
            4, CheckResult.fail(CheckName.DISK, "disk 99 % full; make room where /d/2 lies", ""));

    assertThat(ReportText.text(report(4, leaks), false, WIDE))
        .contains(
            "node[001-002] (2)  93–104 files open: open files grow by 2 an hour (95 %: 1.5 to 3;"
                + " 9 samples in 1h59m–2h5m); look\n",
            "node003            disk 96 % full; make room where /d/1 lies\n");
  }

  @Test
  void onANarrowTerminalALongFindingStandsBelowItsLine() {
    CheckResult full =
        CheckResult.fail(
            CheckName.DISK, "disk 96 % full; the limit is 90", "make room where it really is");

    assertThat(ReportText.text(report(2, Map.of(2, full)), true, 55))
        .contains(
            """
            verdict  check  hosts              finding
            FAIL     disk   node002
              disk 96 % full; the limit is 90; make room where it
              really is
            PASS     cpu    node[001-002] (2)  processors 5 % busy
            """);
  }

  @Test
  void nagiosGetsOneLineWithTheGreatestOfEachNumber() {
    CheckResult fuller = FULL.with(Measurement.of("disk_percent", 98, 90));

    assertThat(NagiosText.text(report(3, Map.of(1, FULL, 3, fuller))))
        .isEqualTo(
            "echo CRITICAL - 1 of 3 hosts ok: node[001,003] disk: disk 96 % full"
                + " | hosts_ok=1;;;0;3 disk_percent=98%;;90\n");
    assertThat(NagiosText.status(report(1, Map.of()))).isEqualTo(NagiosText.Status.OK);
    assertThat(
            NagiosText.status(report(1, Map.of(1, CheckResult.unknown(CheckName.DISK, "?", "")))))
        .isEqualTo(NagiosText.Status.UNKNOWN);
    assertThat(
            NagiosText.text(report(1, Map.of(1, CheckResult.warn(CheckName.DISK, "a|b\nc", "")))))
        .startsWith("echo WARNING - 1 of 1 host ok: node001 disk: a/b?c | hosts_ok=1");
  }

  @Test
  void theExitCodeSaysWhatKindOfTroubleItIs() {
    CheckResult late = CheckResult.fail(CheckName.CLOCKS, "a day off", "");
    CheckResult untold = CheckResult.unknown(CheckName.MEMORY, "?", "");

    assertThat(report(2, Map.of()).exitCode()).isEqualTo(ExitCode.SUCCESS);
    assertThat(report(2, Map.of(1, CheckResult.warn(CheckName.DISK, "", ""))).exitCode())
        .isEqualTo(ExitCode.SUCCESS);
    assertThat(report(2, Map.of(1, FULL)).exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(report(2, Map.of(1, FULL, 2, late)).exitCode()).isEqualTo(ExitCode.ALL_FAILED);
    assertThat(report(2, Map.of(1, late, 2, late)).exitCode()).isEqualTo(ExitCode.CLOCKS);
    assertThat(report(2, Map.of(1, untold)).exitCode())
        .as("what is not known is no pass")
        .isEqualTo(ExitCode.SOME_FAILED);
    assertThat(report(new LinkedHashMap<>(Map.of("a", List.of())), Map.of()).exitCode())
        .isEqualTo(ExitCode.NO_DATA);
    CheckResult away = CheckResult.fail(CheckName.REACHABLE, "no route", "");
    assertThat(
            report(
                    new LinkedHashMap<>(Map.of("a", List.of(away))),
                    Map.of("a", ExitCode.CONNECTION))
                .exitCode())
        .isEqualTo(ExitCode.CONNECTION);
  }

  @Test
  void whatIsWrongWithAllIsSaidOfEachHostBesideWhatIsWrongWithIt() {
    ValidationReport one = report(2, Map.of(1, FULL));
    ValidationReport both =
        new ValidationReport(
            one.subject(),
            AT,
            one.hosts(),
            List.of(CheckResult.fail(CheckName.EXPERIMENT, "no events", "see the log")),
            Map.of(),
            Map.of(),
            List.of());

    assertThat(report(2, Map.of()).complaints()).isEmpty();
    assertThat(one.complaints()).isEqualTo(Map.of("node001", "disk: disk 96 % full; make room"));
    assertThat(both.complaints())
        .isEqualTo(
            Map.of(
                "node001", "disk: disk 96 % full; make room; experiment: no events; see the log",
                "node002", "experiment: no events; see the log"));
  }

  @Test
  void aReportIsRememberedWithTheSamples() {
    Path file = folder.resolve("reports/validate-echo.json");
    ValidationReport report = report(2, Map.of(1, FULL));
    Memory memory = Memory.read(file);
    memory.samples().add("node001", "open_files", "7-9", new Trend.Sample(1.25, 3));

    memory.write(file, report);
    Memory read = Memory.read(file);

    assertThat(read.last()).contains(report);
    assertThat(read.samples().all()).isEqualTo(memory.samples().all());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"format\":\"carillon-validate-state\",\"version\":2}",
        "{\"format\":\"carillon-validate-state\",\"version\":1,\"report\":{}}",
        "{\"format\":\"carillon-validate-state\",\"version\":1,\"report\":{\"format\":\"carillon-validate\",\"version\":1,\"at\":\"now\"}}"
      })
  void aFileThatIsSomethingElseIsRefusedByName(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("state.json"), content);

    assertThatThrownBy(() -> Memory.read(file))
        .isInstanceOf(CarillonException.class)
        .hasMessageContaining("state.json")
        .hasMessageContaining("remove it to begin anew");
  }

  @Test
  void theDocumentNamesHostsChecksAndNumbers() throws IOException {
    var tree = new ObjectMapper().readTree(ReportJson.text(report(2, Map.of(2, FULL))));

    assertThat(tree.at("/exit_code").asInt()).isEqualTo(2);
    assertThat(tree.at("/hosts/0/release").asText()).isEqualTo("echo-1");
    assertThat(tree.at("/hosts/1/checks/1/measurements/0/value").asDouble()).isEqualTo(96.5);
    assertThat(tree.at("/ways/0/delay_median_us").isNull()).isTrue();
  }

  @Test
  void aTimeIsAMomentOrSoLongAgo() {
    assertThat(Since.parse("10m", ZoneOffset.UTC).from(AT)).isEqualTo("2026-11-22T19:50:00Z");
    assertThat(Since.parse("2026-11-22 10:00", ZoneOffset.ofHours(1)).from(AT))
        .isEqualTo("2026-11-22T09:00:00Z");
    assertThat(Since.parse("2026-11-22", ZoneOffset.UTC).from(AT))
        .isEqualTo("2026-11-22T00:00:00Z");
    assertThat(Since.parse("2026-11-22T10:00:00Z", ZoneOffset.UTC).from(AT))
        .isEqualTo("2026-11-22T10:00:00Z");
    assertThatThrownBy(() -> Since.parse("yesterday", ZoneOffset.UTC))
        .hasMessageContaining("is no time");
  }

  @Test
  void aCheckIsNamedAndAMisspeltOneIsGuessed() {
    assertThat(CheckName.parse("disk, clocks")).containsExactly(CheckName.DISK, CheckName.CLOCKS);
    assertThatThrownBy(() -> CheckName.parse("clock"))
        .hasMessageStartingWith("'clock' is no check (clocks?)");
  }

  @Test
  void whatIsNotWellFromTheBeginningOnIsAChangeFromPass() {
    assertThat(Changed.atFirst(report(3, Map.of(2, FULL, 3, FULL))))
        .singleElement()
        .satisfies(
            change ->
                assertThat(change.line(Instant.EPOCH))
                    .contains("node[002-003] disk: pass → fail: disk 96 % full"));
  }

  @Test
  void whatHostsHaveMeasuredDifferentlyChangesInOneLineToo() {
    CheckResult less = CheckResult.fail(CheckName.DISK, "disk 91 % full", "make room");
    assertThat(Changed.atFirst(report(3, Map.of(2, FULL, 3, less))))
        .singleElement()
        .satisfies(
            change ->
                assertThat(change.line(Instant.EPOCH))
                    .contains("node[002-003] disk: pass → fail: disk 91–96 % full; make room"));
  }
}
