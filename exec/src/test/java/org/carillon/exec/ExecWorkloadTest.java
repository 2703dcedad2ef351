package org.carillon.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.carillon.control.statistics.Counters;
import org.carillon.control.workload.ExecResult;
import org.carillon.control.workload.Workload.Ending;
import org.carillon.control.workload.WorkloadSpec;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Reading;
import org.carillon.core.time.SystemClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real processes. */
@Timeout(120)
class ExecWorkloadTest {

  private static final ClockSource CLOCK = new SystemClock();
  private static final Reading FIRST =
      new Reading(1_000, 1_795_000_000_000_000_003L, Long.MAX_VALUE, ClockStatus.SYNCHRONIZED);

  @TempDir Path folder;

  private final CountDownLatch finished = new CountDownLatch(1);
  private Optional<ExecWorkload> workload = Optional.empty();

  @AfterEach
  void leaveNothing() {
    workload.ifPresent(left -> left.abort("the test is over"));
  }

  @Test
  void commandRunsFromTheStartAndItsOutputIsKept() throws Exception {
    started("echo out; echo err >&2; touch " + folder.resolve("ran"));
    assertThat(finished.await(1, TimeUnit.MINUTES)).isTrue();
    Ending ending = workload.get().finish();

    assertThat(ending.fault()).isEmpty();
    assertThat(ending.exitCode()).isEqualTo(ExitCode.SUCCESS);
    assertThat(ending.exec().orElseThrow())
        .isEqualTo(
            new ExecResult(
                OptionalInt.of(0), ending.exec().orElseThrow().elapsedNs(), 4, 4, false, false));
    assertThat(ending.exec().orElseThrow().elapsedNs()).isPositive();
    assertThat(folder.resolve("exec_n1.out")).hasContent("out\n");
    assertThat(folder.resolve("exec_n1.err")).hasContent("err\n");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("exec_n1.out"))))
        .isEqualTo("rw-r-----");
    assertThat(workload.get().snapshot().counters()).isEqualTo(Counters.ZERO);
  }

  @Test
  void nothingRunsBeforeTheStart() throws Exception {
    Path ran = folder.resolve("ran");
    ExecWorkload held = prepared(shell("touch " + ran));
    // Long enough for a program that is not held.
    CLOCK.sleep(Duration.ofMillis(300));
    assertThat(ran).doesNotExist();
    Ending ending = held.finish();

    assertThat(ran).doesNotExist();
    assertThat(ending.exec()).isEmpty();
    assertThat(ending.fault()).isEmpty();
    assertThat(processesThatSay(folder.toString())).isEmpty();
  }

  @Test
  void programTakesThePlaceOfTheShellThatWaited() throws Exception {
    started("echo $$ $PPID; cat /proc/$$/stat");
    assertThat(finished.await(1, TimeUnit.MINUTES)).isTrue();
    String[] words = Files.readString(folder.resolve("exec_n1.out")).split("\\s+");

    assertThat(words[1]).isEqualTo(Long.toString(ProcessHandle.current().pid()));
    assertThat(words)
        .as("leads its process group and session")
        .containsSubsequence(words[0], words[0], words[0]);
  }

  @Test
  void environmentTellsNodeRunAndStart() throws Exception {
    WorkloadSpec.Exec spec =
        new WorkloadSpec.Exec(
            List.of(
                "sh", "-c", "echo \"$CARILLON_NODE $CARILLON_RUN_ID $CARILLON_START_NS $MINE\""),
            Map.of("MINE", "a b"),
            Duration.ofMinutes(1),
            1_000);
    start(spec);
    assertThat(finished.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(folder.resolve("exec_n1.out"))
        .hasContent("n1 00000000000000ff 1795000000000000003 a b\n");
  }

  @Test
  void argumentsArriveAsTheyAre() throws Exception {
    start(exec(Duration.ofMinutes(1), 1_000, "printf", "[%s]", "a b", "$HOME", "", "-n", "'\"\n"));
    assertThat(finished.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(folder.resolve("exec_n1.out")).hasContent("[a b][$HOME][][-n]['\"\n]");
  }

  @Test
  void standardInputIsEmpty() throws Exception {
    started("cat; echo end");
    assertThat(finished.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(folder.resolve("exec_n1.out")).hasContent("end\n");
  }

  @ParameterizedTest
  @CsvSource({
    "exit 3, 3, the command exited with 3; exec_n1.err has what it said.",
    "kill -9 $$, 137, 'the command exited with 137, after signal 9; exec_n1.err has what it said.'",
    "exit 127, 127, 'the command exited with 127, as it does if a program cannot be executed;"
        + " exec_n1.err has what it said.'"
  })
  void failureIsToldWithItsExitCode(String script, int exitCode, String fault) throws Exception {
    started(script);
    assertThat(finished.await(1, TimeUnit.MINUTES)).isTrue();
    Ending ending = workload.get().finish();
    assertThat(ending.exec().orElseThrow().exitCode()).hasValue(exitCode);
    assertThat(ending.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(ending.fault()).contains(fault);
  }

  @Test
  void outputBeyondTheLimitIsCountedAndNotKept() throws Exception {
    start(
        exec(Duration.ofMinutes(2), 1_000, "sh", "-c", "head -c 5000000 /dev/zero; printf ab >&2"));
    assertThat(finished.await(2, TimeUnit.MINUTES)).isTrue();
    ExecResult result = workload.get().finish().exec().orElseThrow();

    assertThat(result.standardOutputBytes()).isEqualTo(5_000_000);
    assertThat(result.standardErrorBytes()).isEqualTo(2);
    assertThat(result.outputCut()).isTrue();
    assertThat(folder.resolve("exec_n1.out")).hasSize(1_000);
  }

  @Test
  void fullDiskIsAFaultAndDoesNotHoldTheCommandUp() throws Exception {
    Files.createSymbolicLink(folder.resolve("exec_n1.out"), Path.of("/dev/full"));
    started("head -c 1000000 /dev/zero; echo end >&2");
    assertThat(finished.await(1, TimeUnit.MINUTES)).isTrue();
    Ending ending = workload.get().finish();

    assertThat(folder.resolve("exec_n1.err")).hasContent("end\n");
    assertThat(ending.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(ending.fault().orElseThrow())
        .startsWith(
            "the command's output is not whole: cannot write " + folder.resolve("exec_n1.out"))
        .contains("No space left on device");
  }

  /** A pipe that is full when the command has ended is such a disk. */
  @Test
  void theLastOfTheOutputIsKeptThoughTheDiskIsSlow() throws Exception {
    Path pipe = folder.resolve("exec_n1.out");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    int written = 100_000; // more than one pipe holds, and less than two
    try (RandomAccessFile disk = new RandomAccessFile(pipe.toFile(), "rw")) {
      started("head -c " + written + " /dev/zero; echo end >&2");
      await(() -> Files.size(folder.resolve("exec_n1.err")) == 4);
      CLOCK.sleep(Duration.ofSeconds(1));
      disk.readFully(new byte[written]);
      assertThat(finished.await(1, TimeUnit.MINUTES)).isTrue();
    }
    Ending ending = workload.get().finish();
    assertThat(ending.fault()).isEmpty();
    assertThat(ending.exec().orElseThrow().standardOutputBytes()).isEqualTo(written);
  }

  @Test
  void formerOutputIsKept() throws Exception {
    Files.writeString(folder.resolve("exec_n1.out"), "precious");
    started("echo new");
    assertThat(finished.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(folder.resolve("exec_n1.out.1")).hasContent("precious");
    assertThat(folder.resolve("exec_n1.out")).hasContent("new\n");
  }

  @Test
  void whatTakesTooLongIsEndedWithAllThatItStarted() throws Exception {
    start(
        exec(
            Duration.ofSeconds(3),
            1_000,
            "sh",
            "-c",
            "trap '' TERM; sh -c 'trap \"\" TERM; while :; do sleep 1; done' & while :; do sleep 1; done",
            "sh",
            folder.toString()));
    assertThat(finished.await(1, TimeUnit.MINUTES)).isTrue();
    Ending ending = workload.get().finish();

    assertThat(ending.fault()).contains("the command was ended since it ran longer than 3s.");
    assertThat(ending.exec().orElseThrow().timedOut()).isTrue();
    assertThat(ending.exec().orElseThrow().exitCode()).hasValue(137);
    assertThat(ending.exec().orElseThrow().elapsedNs()).isGreaterThan(3_000_000_000L);
    assertThat(processesOfRun()).isEmpty();
  }

  @Test
  void commandMayEndItselfWhenItsTimeIsOver() throws Exception {
    start(
        exec(
            Duration.ofSeconds(3),
            1_000,
            "sh",
            "-c",
            "trap 'echo bye; exit 4' TERM; while :; do sleep 0.05; done"));
    assertThat(finished.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(workload.get().finish().exec().orElseThrow().exitCode()).hasValue(4);
    assertThat(folder.resolve("exec_n1.out")).hasContent("bye\n");
  }

  @Test
  void whatItLeavesBehindIsEndedInWhateverGroupOrSession() throws Exception {
    started(
        "sleep 1000 & timeout 1000 sleep 1000 & setsid sleep 1000 & setsid sh -c 'sleep 1000; :' & echo end");
    assertThat(finished.await(1, TimeUnit.MINUTES)).isTrue();
    Ending ending = workload.get().finish();

    assertThat(ending.fault()).isEmpty();
    assertThat(ending.exec().orElseThrow().exitCode()).hasValue(0);
    assertThat(processesOfRun()).isEmpty();
    assertThat(folder.resolve("exec_n1.out")).hasContent("end\n");
  }

  @Test
  void abortEndsWhatDoesNotListen() throws Exception {
    started("trap '' TERM; echo up; while :; do sleep 1; done");
    await(() -> Files.size(folder.resolve("exec_n1.out")) == 3);
    Ending ending = workload.get().abort("told to");

    assertThat(ending.fault()).contains("the command was ended before it had finished.");
    assertThat(ending.exec().orElseThrow().exitCode()).hasValue(137);
    assertThat(processesOfRun()).isEmpty();
    assertThat(finished.getCount()).as("finished is for what ended by itself").isEqualTo(1);
  }

  @Test
  void interruptedThreadEndsItAsWell() throws Exception {
    started("sleep 1000");
    Thread.currentThread().interrupt();
    Ending ending = workload.get().finish();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(ending.exec().orElseThrow().exitCode()).hasValue(143);
    assertThat(processesOfRun()).isEmpty();
  }

  @Test
  void endWithoutPreparationIsNoFault() {
    Ending ending = new ExecWorkload(shell("true"), 255, "n1", folder, CLOCK).abort("early");
    assertThat(ending.fault()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "no-such-program-anywhere, the command 'no-such-program-anywhere' is not there: no folder of PATH has it:",
    "./missing/program, the command './missing/program' is not there: no such file",
    "/etc/passwd, the command '/etc/passwd' may not be executed: run chmod +x /etc/passwd",
    "/etc, the command '/etc' is not there",
  })
  void refusesAProgramThatCannotBeExecuted(String program, String sentence) {
    assertThatThrownBy(() -> prepared(exec(Duration.ofMinutes(1), 1_000, program)))
        .isInstanceOfSatisfying(
            CarillonException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageStartingWith(sentence);
  }

  @Test
  void refusesWhatNoProcessCanBeGiven() {
    assertThatThrownBy(() -> prepared(exec(Duration.ofMinutes(1), 1_000, "true", "a\0b")))
        .isInstanceOf(CarillonException.class)
        .hasMessageStartingWith("the command 'true' cannot be started: ");
    assertThatThrownBy(
            () ->
                prepared(
                    new WorkloadSpec.Exec(
                        List.of("true"), Map.of("A=B", "c"), Duration.ofMinutes(1), 1_000)))
        .isInstanceOf(CarillonException.class)
        .hasMessageStartingWith("the command 'true' cannot be started: ");
  }

  @Test
  void refusesAFolderThatCannotBeWritten() throws Exception {
    Files.createDirectory(folder.resolve("exec_n1.err"));
    assertThatThrownBy(() -> prepared(shell("true")))
        .isInstanceOf(CarillonException.class)
        .hasMessageContaining("exec_n1.err: it is a folder");
    await(() -> processesOfRun().isEmpty());
  }

  /** A worker that waits to be killed. */
  static final class Worker {
    public static void main(String[] arguments) throws InterruptedException {
      ExecWorkload workload =
          new ExecWorkload(
              new WorkloadSpec.Exec(
                  List.of("sh", "-c", "setsid sleep 1000 & sleep 1000 & sleep 1000"),
                  Map.of("CARILLON_TEST_FOLDER", arguments[0]),
                  Duration.ofHours(1),
                  1_000),
              255,
              "n1",
              Path.of(arguments[0]),
              CLOCK);
      workload.prepare();
      workload.start(FIRST, () -> {});
      Thread.currentThread().join();
    }
  }

  @Test
  void deathOfAWorkerEndsItsCommand() throws Exception {
    Process worker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Worker.class.getName(),
                folder.toString())
            .inheritIO()
            .start();
    await(() -> processesOfRun().size() >= 3 || !worker.isAlive());
    assertThat(worker.isAlive()).isTrue();
    worker.destroyForcibly().waitFor();
    await(() -> processesOfRun().isEmpty());
  }

  private void started(String script) {
    start(shell(script));
  }

  private void start(WorkloadSpec.Exec spec) {
    prepared(spec).start(FIRST, finished::countDown);
  }

  private ExecWorkload prepared(WorkloadSpec.Exec spec) {
    ExecWorkload prepared = new ExecWorkload(spec, 255, "n1", folder, CLOCK);
    prepared.prepare();
    workload = Optional.of(prepared);
    return prepared;
  }

  private WorkloadSpec.Exec shell(String script) {
    return exec(Duration.ofMinutes(1), 1_000_000, "sh", "-c", script);
  }

  private WorkloadSpec.Exec exec(Duration timeout, long limitBytes, String... argv) {
    return new WorkloadSpec.Exec(
        List.of(argv), Map.of("CARILLON_TEST_FOLDER", folder.toString()), timeout, limitBytes);
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException, InterruptedException {
    while (!condition.holds()) { // the test's own time limit ends this
      CLOCK.sleep(Duration.ofMillis(10));
    }
  }

  private List<Long> processesOfRun() {
    return processesThatSay("CARILLON_TEST_FOLDER=" + folder);
  }

  /** Living processes whose environment or arguments have a text. */
  private static List<Long> processesThatSay(String text) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> says(pid, "environ", text) || says(pid, "cmdline", text))
        .toList();
  }

  private static boolean says(long pid, String file, String text) {
    try {
      return Files.readString(Path.of("/proc/" + pid, file), StandardCharsets.ISO_8859_1)
          .contains(text);
    } catch (IOException e) {
      return false;
    }
  }
}
