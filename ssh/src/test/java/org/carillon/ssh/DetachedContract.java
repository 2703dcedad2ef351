package org.carillon.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.carillon.ssh.Detached.Signal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a detached process is, whichever way its host is reached. The host is this machine. */
abstract class DetachedContract {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final List<DetachedProcess> started = new ArrayList<>();

  /** HUP 1, INT 2, QUIT 3, TERM 15, as bits of what {@code /proc} tells. */
  private static final long ENDING_SIGNALS = 0x4007;

  abstract Host host();

  /**
   * Signals that the process ignores from which the host starts its commands. No shell can undo
   * that, so they may be ignored by what is started, too.
   */
  long ignoredByStarter() {
    return 0;
  }

  @AfterEach
  void leavesNothingBehind() {
    for (DetachedProcess process : started) {
      Detached.stop(host(), process, Duration.ZERO);
    }
  }

  private DetachedProcess start(String... argv) {
    return start(Map.of(), argv);
  }

  private DetachedProcess start(Map<String, String> environment, String... argv) {
    return start(environment, Optional.empty(), argv);
  }

  private DetachedProcess start(
      Map<String, String> environment, Optional<Secret> input, String... argv) {
    DetachedProcess process =
        Detached.start(
            host(),
            new DetachedSpec(
                folder.resolve("it's a run").toString(),
                "worker_n1",
                List.of(argv),
                environment,
                input,
                "n1.out",
                "n1.err"),
            DEADLINE);
    started.add(process);
    return process;
  }

  private DetachedState state(DetachedProcess process) {
    return Detached.state(host(), process, DEADLINE);
  }

  private String file(String name) throws IOException {
    return Files.readString(folder.resolve("it's a run").resolve(name));
  }

  @Test
  void livesOnWhenTheCommandThatStartedItHasEnded() {
    DetachedProcess process = start("sleep", "600");
    assertThat(state(process)).isEqualTo(new DetachedState.Running());
    assertThat(Processes.lives(process.pid())).isTrue();
  }

  @Test
  void isFoundAgainByFolderAndName() {
    DetachedProcess process = start("sleep", "600");
    assertThat(Detached.find(host(), process.folder(), "worker_n1", DEADLINE)).contains(process);
    assertThat(Detached.find(host(), process.folder(), "worker_n2", DEADLINE)).isEmpty();
    assertThat(Detached.find(host(), folder + "/nowhere", "worker_n1", DEADLINE)).isEmpty();
  }

  @Test
  void leavesItsExitCodeEvenIfItEndsAtOnce() {
    DetachedProcess process = start("sh", "-c", "exit 7");
    Await.until("it has ended", () -> !state(process).equals(new DetachedState.Running()));
    assertThat(state(process)).isEqualTo(new DetachedState.Exited(7));
  }

  @Test
  void exitsWith127AndAReasonIfThereIsNoSuchProgram() throws IOException {
    DetachedProcess process = start("./no-such-program");
    Await.until("it has ended", () -> !state(process).equals(new DetachedState.Running()));
    assertThat(state(process)).isEqualTo(new DetachedState.Exited(127));
    assertThat(file("n1.err")).contains("no-such-program");
  }

  @Test
  void getsItsArgumentsEnvironmentAndStreams() throws IOException {
    DetachedProcess process =
        start(
            Map.of("CARILLON_TEST", "it's\n\"$HOME\"", "name", "n", "state", "s"),
            "sh",
            "-c",
            "printf '%s|' \"$@\" \"$CARILLON_TEST\" \"$name\" \"$state\" \"$CARILLON_PROGRAM\"; cat;"
                + " pwd; echo complaint >&2",
            "sh",
            "a b",
            "'$x'",
            "");
    Await.until("it has ended", () -> !state(process).equals(new DetachedState.Running()));
    assertThat(file("n1.out"))
        .isEqualTo("a b|'$x'||it's\n\"$HOME\"|n|s||" + folder.toRealPath() + "/it's a run\n");
    assertThat(file("n1.err")).isEqualTo("complaint\n");
  }

  @Test
  void getsItsInputToTheLastByte() throws IOException {
    String input = "it's\n\"$HOME\" %s \\n ü\n\n";
    DetachedProcess process = start(Map.of(), Optional.of(new Secret(input)), "cat");
    Await.until("it has ended", () -> state(process).equals(new DetachedState.Exited(0)));
    assertThat(file("n1.out")).isEqualTo(input);
  }

  @Test
  void mayLeaveItsInputUnread() {
    Secret large = new Secret("x".repeat(Secret.SIZE_MAX_BYTES));
    DetachedProcess process = start(Map.of(), Optional.of(large), "sleep", "600");
    assertThat(state(process)).isEqualTo(new DetachedState.Running());
  }

  @Test
  void showsItsInputToNobodyElse() throws Exception {
    String secret = String.join("-", "not", "for", "ps", java.util.UUID.randomUUID().toString());
    ConcurrentLinkedQueue<String> leaks = new ConcurrentLinkedQueue<>();
    AtomicBoolean done = new AtomicBoolean();
    Thread onlooker =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!done.get()) {
                    leaks.addAll(shownBy("cmdline", secret));
                    leaks.addAll(shownBy("environ", secret));
                  }
                });
    DetachedProcess process;
    try {
      process =
          start(
              Map.of("CARILLON_TEST", "shown"),
              Optional.of(new Secret(secret + "\n")),
              "sh",
              "-c",
              "read -r c_secret; echo ${#c_secret}; sleep 600; echo \"$c_secret\"");
      Await.until("it was read", () -> content("n1.out").endsWith("\n"));
    } finally {
      done.set(true);
      onlooker.join();
    }

    assertThat(content("n1.out")).isEqualTo(secret.length() + "\n");
    assertThat(shownBy("environ", "CARILLON_TEST=shown")).as("one does look").isNotEmpty();
    assertThat(leaks).isEmpty();
    try (Stream<Path> files = Files.walk(Path.of(process.folder()))) {
      for (Path path : files.filter(Files::isRegularFile).toList()) {
        assertThat(path).content().doesNotContain(secret);
      }
    }
  }

  /** The processes of this machine in whose file of that name a text stands. */
  private static List<String> shownBy(String fileName, String text) {
    List<String> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      for (Path entry :
          all.filter(path -> path.getFileName().toString().matches("\\d+")).toList()) {
        try {
          String content =
              new String(
                  Files.readAllBytes(entry.resolve(fileName)),
                  java.nio.charset.StandardCharsets.ISO_8859_1);
          if (content.contains(text)) {
            found.add(entry + "/" + fileName);
          }
        } catch (IOException e) {
          // It has just ended, or is not ours to look at.
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return found;
  }

  @Test
  void leadsASessionOfItsOwnAndIgnoresNoSignalOfItsOwnAccord() throws IOException {
    DetachedProcess process = start("sleep", "600");
    Await.until("sleep runs", () -> status(process.pid(), "Name:").equals("sleep"));
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    assertThat(fields[2]).as("process group").isEqualTo(Long.toString(process.pid()));
    assertThat(fields[3]).as("session").isEqualTo(Long.toString(process.pid()));
    assertThat(fields[4]).as("terminal").isEqualTo("0");
    assertThat(Long.parseLong(fields[19])).isEqualTo(process.startTicks());
    assertThat(ignored(process.pid()) & ENDING_SIGNALS & ~ignoredByStarter()).isZero();
  }

  /** A bit for each signal that a process ignores; the lowest is signal 1. */
  static long ignored(long pid) {
    return Long.parseLong(status(pid, "SigIgn:"), 16);
  }

  private static String status(long pid, String key) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(key.length()).strip())
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void isNeverConfusedWithAnotherProcessOfThatPid() {
    DetachedProcess process = start("sleep", "600");
    DetachedProcess recycled =
        new DetachedProcess(
            process.folder(),
            "another",
            process.pid(),
            process.startTicks() - 1,
            process.bootId(),
            "0".repeat(32));
    assertThat(state(recycled)).isEqualTo(new DetachedState.Gone());
    assertThat(Detached.signal(host(), recycled, Signal.KILL, DEADLINE)).isFalse();
    assertThat(Detached.stop(host(), recycled, Duration.ZERO)).isEqualTo(new DetachedState.Gone());
    assertThat(state(process)).isEqualTo(new DetachedState.Running());
  }

  @Test
  void isNeverConfusedWithAProcessOfAnotherBoot() {
    DetachedProcess process = start("sleep", "600");
    DetachedProcess earlier =
        new DetachedProcess(
            process.folder(),
            "another",
            process.pid(),
            process.startTicks(),
            "00000000-0000-4000-8000-000000000000",
            "0".repeat(32));
    assertThat(state(earlier)).isEqualTo(new DetachedState.Gone());
    assertThat(Detached.stop(host(), earlier, Duration.ZERO)).isEqualTo(new DetachedState.Gone());
    assertThat(state(process)).isEqualTo(new DetachedState.Running());
  }

  @Test
  void takesASignalAndLeavesTheCodeOfIt() {
    DetachedProcess process = start("sleep", "600");
    assertThat(Detached.signal(host(), process, Signal.TERM, DEADLINE)).isTrue();
    Await.until("it has ended", () -> !state(process).equals(new DetachedState.Running()));
    assertThat(state(process)).isEqualTo(new DetachedState.Exited(143));
    assertThat(Detached.signal(host(), process, Signal.TERM, DEADLINE)).isFalse();
  }

  @Test
  void mayFinishItsWorkWhenStopped() throws IOException {
    DetachedProcess process =
        start(
            "sh",
            "-c",
            "trap 'echo finished; exit 0' TERM; echo ready; while :; do sleep 0.1; done");
    Await.until("it is ready", () -> content("n1.out").equals("ready\n"));
    assertThat(Detached.stop(host(), process, DEADLINE)).isEqualTo(new DetachedState.Exited(0));
    assertThat(file("n1.out")).isEqualTo("ready\nfinished\n");
  }

  private String content(String name) {
    try {
      return file(name);
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void isKilledWithItsChildrenWhenItWillNotStop() {
    DetachedProcess process =
        start("sh", "-c", "trap '' TERM; sleep 600 & echo $!; wait; sleep 600");
    Await.until("its child is known", () -> content("n1.out").endsWith("\n"));
    long child = Long.parseLong(content("n1.out").strip());
    assertThat(Detached.stop(host(), process, Duration.ofMillis(300)))
        .isEqualTo(new DetachedState.Exited(137));
    Await.until("its child has ended", () -> !Processes.lives(child));
  }

  @Test
  void takesItsOrphansAlongWhenStopped() {
    DetachedProcess process = start("sh", "-c", "trap '' TERM; sleep 600 & echo $!; exit 5");
    Await.until("it has ended", () -> state(process).equals(new DetachedState.Exited(5)));
    long child = Long.parseLong(content("n1.out").strip());
    assertThat(Processes.lives(child)).isTrue();
    assertThat(Detached.stop(host(), process, Duration.ofMillis(100)))
        .isEqualTo(new DetachedState.Exited(5));
    Await.until("its child has ended", () -> !Processes.lives(child));
  }

  @Test
  void isGoneWithoutACodeIfItsSupervisorWasKilledWithIt() throws IOException {
    DetachedProcess process = start("sleep", "600");
    long supervisor = Long.parseLong(file("worker_n1.pid").split(" ")[4]);
    Processes.kill(supervisor);
    Await.until("its supervisor has ended", () -> !Processes.lives(supervisor));
    assertThat(state(process)).isEqualTo(new DetachedState.Running());
    Detached.signal(host(), process, Signal.KILL, DEADLINE);
    Await.until("it has ended", () -> !state(process).equals(new DetachedState.Running()));
    assertThat(state(process)).isEqualTo(new DetachedState.Gone());
  }

  @Test
  void isNotStartedTwiceUnderOneName() {
    DetachedProcess process = start("sleep", "600");
    HostException failure = HostContract.failure(() -> start("sleep", "600"));
    assertThat(failure.kind()).isEqualTo(HostException.Kind.REFUSED);
    assertThat(failure)
        .hasMessageContaining("worker_n1 already runs in")
        .hasMessageContaining("as process " + process.pid());
  }

  @Test
  void mayBeStartedAgainWhenItHasEnded() {
    DetachedProcess first = start("sh", "-c", "exit 7");
    Await.until("it has ended", () -> state(first).equals(new DetachedState.Exited(7)));
    DetachedProcess second = start("sleep", "600");
    assertThat(state(second)).isEqualTo(new DetachedState.Running());
    assertThat(state(first)).isEqualTo(new DetachedState.Exited(7));
  }

  @Test
  void isRefusedWhereItsFolderCannotBeMade() throws IOException {
    Files.writeString(folder.resolve("it's a run"), "a file");
    HostException failure = HostContract.failure(() -> start("true"));
    assertThat(failure.kind()).isEqualTo(HostException.Kind.REFUSED);
    assertThat(failure).hasMessageContaining("cannot start worker_n1 in");
  }
}
