package org.carillon.deploy.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.carillon.core.ExitCode;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.ManualClock;
import org.carillon.core.time.SystemClock;
import org.carillon.deploy.deployable.DeployableLoader;
import org.carillon.deploy.deployable.Fleet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionRecordTest {

  private static final ClockSource CLOCK = new SystemClock();

  @TempDir Path folder;

  private ActionRecord begin() {
    return ActionRecord.begin(
        folder.resolve("reports"),
        new ActionRequest(
            ActionKind.ROLLBACK, "echo", List.of("rollback", "echo.yaml", "--token", "hunter2")),
        CLOCK);
  }

  private History.Read history() {
    return new History(folder.resolve("reports")).read();
  }

  @Test
  void tellsWhatWasAskedByWhomWhatWasDoneAndWhatIsWhereNow() throws IOException {
    Path made;
    try (ActionRecord record = begin()) {
      made = record.folder();
      record.steps().begin("bell1", "swap", "password=hunter2");
      record.steps().done("bell1", "swap", "b1");
      record.steps().begin("bell2", "stop", "");
      record.steps().failed("bell2", "stop", "bell2: does not stop");
      record.steps().begin("bell2", "start", "echo-2");
      record.info("token: hunter2");
      record.note("not checked: tests");
      record.host(new HostRecord("bell1", "echo-2", "echo-1", "ok", true, ""));
      record.host(new HostRecord("bell2", "echo-2", "echo-2", "failed", false, "secret=hunter2"));
      record.end(ExitCode.SOME_FAILED, "1 of 2 hosts did not go back.");
    }
    JsonNode report = new ObjectMapper().readTree(made.resolve("report.json").toFile());
    assertThat(report.path("by").asText()).isNotEmpty();
    assertThat(report.path("request").get(3).asText()).isEqualTo("***");
    assertThat(report.path("exit_code").asInt()).isEqualTo(2);
    assertThat(report.path("hosts").get(1).path("now").asText()).isEqualTo("echo-2");
    assertThat(report.path("steps"))
        .extracting(step -> step.path("step").asText() + " " + step.path("outcome").asText())
        .containsExactly("swap done", "stop failed", "start not ended");
    assertThat(made.resolve("report.md"))
        .content()
        .contains("not checked: tests", "| bell1 | echo-2 | echo-1 | ok |", "rollback echo.yaml");
    assertThat(history().entries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.exitCode()).hasValue(2);
              assertThat(entry.versions()).isEqualTo("echo-1 (1), echo-2 (1)");
            });
    try (Stream<Path> files = Files.walk(folder.resolve("reports"))) {
      for (Path file : files.toList()) {
        boolean isFolder = Files.isDirectory(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo(isFolder ? "rwxr-x---" : "rw-r-----");
        if (!isFolder) {
          assertThat(file).content().doesNotContain("hunter2");
        }
      }
    }
  }

  @Test
  void anActionWithoutAnEndStandsInTheHistoryAndItsStepsTellWhatWasUnderWay() throws IOException {
    ActionRecord record = begin();
    record.steps().begin("bell1", "backup", "b1");
    record.steps().done("bell1", "backup", "b1");
    record.steps().begin("bell1", "swap", "echo-2");
    record.steps().begin("bell2", "backup", "b1");
    Path steps = record.folder().resolve(StepLog.FILE);
    Files.writeString(steps, "{\"time_ns\":1,\"ho", StandardOpenOption.APPEND); // torn by a crash
    assertThat(history().entries().getFirst().exitCode()).isEmpty();
    assertThat(StepLog.underWay(record.folder()))
        .extracting(StepEntry::step, StepEntry::detail)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("swap", "echo-2"),
            org.assertj.core.groups.Tuple.tuple("backup", "b1"));
    assertThat(table()).contains("under way, process " + ProcessHandle.current().pid());
    Path file = folder.resolve("reports").resolve(History.FILE);
    String line = Files.readString(file);
    Files.writeString(file, line.replaceAll("\"start_ticks\":\\d+", "\"start_ticks\":1"));
    assertThat(table())
        .contains("ended without a word at swap on bell1, backup on bell2; run rollback again");
    assertThat(text(Optional.empty()).json(history().entries()))
        .contains("\"outcome\" : \"ended without a word at swap");
    well("bell1").end(ExitCode.SUCCESS, "all of the one is well.");
    assertThat(table()).as("of the other nobody knows").contains("on bell2; run rollback again");
    ActionRecord second = well("bell2");
    second.host(new HostRecord("bell3", "", "", "unreachable", false, "no route"));
    second.end(ExitCode.SOME_FAILED, "bell3 is another matter.");
    assertThat(table())
        .contains("on bell2; put right by " + second.folder().getFileName())
        .doesNotContain("run rollback again");
    Files.writeString(file, line.replaceAll("\"machine_id\":\"[^\"]*", "\"machine_id\":\"x"));
    assertThat(table()).contains("under way, or cut off");
    record.close();
    assertThat(history().entries().getFirst().exitCode()).hasValue(ExitCode.INTERNAL.code());
  }

  @Test
  void aRollbackThatEndedWithoutAWordIsToBeRunAgainByACommandThatCanBePasted() throws IOException {
    ActionRecord record = begin();
    for (String host : List.of("bell1", "bell2")) {
      record.steps().begin(host, StepLog.PREPARE, "b1");
    }
    Path file = folder.resolve("reports").resolve(History.FILE);
    Files.writeString(
        file, Files.readString(file).replaceAll("\"start_ticks\":\\d+", "\"start_ticks\":1"));
    Path yaml =
        Files.writeString(
            folder.resolve("echo.yaml"),
            "name: echo\nhosts: bell[1-3]\nrelease: {files: .}\nroot: /srv/%h\n");
    List<String> settings = List.of("release.keep=3");
    try (Fleet fleet =
        Fleet.of(DeployableLoader.load(yaml, settings, folder).deployable(), Optional.empty())) {
      assertThat(text(Optional.of(fleet)).json(history().entries()))
          .contains(
              "; run rollback again: `rollback "
                  + yaml
                  + " --to b1 --set 'release.keep=3' --limit 'bell[1-2]'`");
    }
    record.close();
  }

  @Test
  void anActionThatCameToNoHostLeavesNothingToPutRight() throws IOException {
    ActionRecord record = begin();
    Path file = folder.resolve("reports").resolve(History.FILE);
    Files.writeString(
        file, Files.readString(file).replaceAll("\"start_ticks\":\\d+", "\"start_ticks\":1"));
    begin().end(ExitCode.ALL_FAILED, "nothing went well.");
    assertThat(table())
        .contains("ended without a word before it came to any host\n")
        .doesNotContain("put right by", "run rollback again");
    record.close();
  }

  private ActionRecord well(String host) {
    ActionRecord record = begin();
    record.host(new HostRecord(host, "echo-2", "echo-1", "ok", true, ""));
    return record;
  }

  @Test
  void validationsThatSaidTheSameOneAfterTheOtherAreOneLineOfTheHistory() {
    validated("4 hosts: ok.");
    validated("4 hosts: ok.");
    validated("bell1 is not.");
    begin().end(ExitCode.SUCCESS, "all is well.");
    validated("bell1 is not.");
    validated("4 hosts: ok.");
    validated("4 hosts: ok.");
    validated("4 hosts: ok.");

    List<HistoryEntry> all = history().entries();
    assertThat(HistoryLine.folded(all))
        .extracting(HistoryLine::count)
        .containsExactly(2, 1, 1, 1, 3);
    assertThat(HistoryLine.folded(all).getLast().entry()).isEqualTo(all.getLast());
    assertThat(table())
        .contains("  4 hosts: ok. (the last of 3 validations that said so, since 20")
        .contains("  bell1 is not.\n");
    assertThat(HistoryLine.each(all)).hasSize(8);
  }

  private void validated(String outcome) {
    try (ActionRecord record =
        ActionRecord.begin(
            folder.resolve("reports"),
            new ActionRequest(ActionKind.VALIDATE, "echo", List.of("validate")),
            CLOCK)) {
      record.end(ExitCode.SUCCESS, outcome);
    }
  }

  private String table() {
    return text(Optional.empty()).text(HistoryLine.folded(history().entries()));
  }

  private HistoryText text(Optional<Fleet> fleet) {
    return new HistoryText(history().entries(), folder.resolve("reports"), fleet);
  }

  @Test
  void aStepOfAnInterruptedThreadIsWrittenAndSoAreThoseAfterIt() {
    try (ActionRecord record = begin()) {
      Thread.currentThread().interrupt(); // as of a host whose release is stopped
      record.steps().begin("bell1", "start", "");
      assertThat(Thread.interrupted()).isTrue();
      record.steps().begin("bell2", "undo", "");
      assertThat(StepLog.underWay(record.folder())).hasSize(2);
    }
  }

  @Test
  void whatIsToBeSaidOfSeveralHostsStandsOnceBelowTheirTable() {
    String why = "echo-1 is in use and is good, so that nothing is to be done";
    try (ActionRecord record = begin()) {
      for (String name : List.of("bell1", "bell2")) {
        record.host(new HostRecord(name, "echo-1", "echo-1", "nothing to do", true, why));
      }
      record.host(new HostRecord("bell3", "echo-2", "echo-1", "ok", true, "undo: --to X"));
      ActionReport report = record.end(ExitCode.SUCCESS, "all is well.");
      assertThat(HostTable.text(report, record.folder()).lines().limit(5))
          .containsExactly(
              "host   before  now     outcome        took  remark",
              "bell1  echo-1  echo-1  nothing to do  -",
              "bell2  echo-1  echo-1  nothing to do  -",
              "bell3  echo-2  echo-1  ok             -     undo: --to X",
              "bell[1-2] (2): " + why);
      assertThat(record.folder().resolve("report.md"))
          .content()
          .as("where nothing was done, there is no table of it")
          .doesNotContain("What was done");
    }
  }

  @Test
  void twoActionsOfOneSecondHaveFoldersOfTheirOwn() {
    ClockSource still = new ManualClock(CLOCK.realtimeNs());
    ActionRequest request = new ActionRequest(ActionKind.VALIDATE, "echo", List.of("validate"));
    try (ActionRecord one = ActionRecord.begin(folder, request, still);
        ActionRecord other = ActionRecord.begin(folder, request, still)) {
      assertThat(other.folder()).isNotEqualTo(one.folder()).exists();
    }
    assertThat(new History(folder).read().entries()).hasSize(2);
  }

  @Test
  void aHistoryWithGarbageInItIsReadWithoutThat() throws IOException {
    begin().close();
    Path file = folder.resolve("reports").resolve(History.FILE);
    byte[] garbage =
        "not json\n{\"id\":3}\n\0\377\n{\"id\":\"torn".getBytes(StandardCharsets.UTF_8);
    Files.write(file, garbage, StandardOpenOption.APPEND);
    begin().close();
    assertThat(history().entries()).hasSize(2);
    assertThat(history().unreadable()).isEqualTo(4);
    assertThat(history().since(CLOCK.realtimeNs())).isEmpty();
  }
}
