package org.carillon.deploy.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.carillon.core.CheckVerdict;
import org.carillon.core.ExitCode;
import org.carillon.core.time.SystemClock;
import org.carillon.deploy.Cancellation;
import org.carillon.ssh.HostException;
import org.carillon.ssh.LocalHost;
import org.carillon.ssh.fanout.HostSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On this machine under two names, with a real shell and real files. */
class ValidationTest {

  @TempDir private Path temporary;

  private Path root;
  private final SequencedMap<String, HostSource> hosts = new LinkedHashMap<>();

  @BeforeEach
  void makeARelease() throws IOException {
    root = temporary.resolve("it's here");
    for (String name : List.of("a", "b")) {
      Files.createDirectories(root.resolve(name + "/releases/echo-1"));
      Files.createSymbolicLink(root.resolve(name + "/current"), Path.of("releases/echo-1"));
      hosts.put(name, HostSource.of(new LocalHost(name)));
    }
  }

  private Subject subject(
      Optional<Subject.Service> service,
      List<Subject.Test> tests,
      List<String> logs,
      List<Subject.Pattern> patterns,
      List<Integer> ports) {
    return new Subject(
        "echo",
        root + "/%h",
        true,
        service,
        tests,
        logs,
        patterns,
        Subject.Limits.usual(),
        ports,
        Optional.of(new Subject.Connectivity(5)),
        Map.of(),
        Optional.empty(),
        Optional.of(
            new Subject.Commands(
                "`deploy resume echo.yaml`",
                "`deploy history echo.yaml`",
                "`rollback echo.yaml --to %s`"::formatted)));
  }

  private Subject plain() {
    return subject(Optional.empty(), List.of(), List.of(), List.of(), List.of());
  }

  private ValidationReport run(Subject subject, Question question) {
    return Validation.run(
        hosts, subject, question, Means.of(new SystemClock(), new Cancellation()));
  }

  private ValidationReport run(Subject subject, CheckName... names) {
    return run(subject, Question.of(EnumSet.copyOf(List.of(names)), Optional.empty()));
  }

  private static List<String> said(ValidationReport report, String host) {
    return report.hosts().get(host).stream()
        .map(one -> one.title() + " " + one.verdict() + " " + one.sentence())
        .toList();
  }

  @Test
  void allThatAppliesIsLookedAtAndDatagramsGoBothWays() {
    ValidationReport report = run(plain(), Question.all(Optional.empty()));

    assertThat(report.hosts().get("a"))
        .extracting(CheckResult::check)
        .containsExactly(
            CheckName.REACHABLE,
            CheckName.VERSIONS,
            CheckName.CPU,
            CheckName.MEMORY,
            CheckName.DISK,
            CheckName.CLOCKS,
            CheckName.CONNECTIVITY);
    assertThat(report.results())
        .filteredOn(one -> one.verdict() == CheckVerdict.UNKNOWN)
        .as("what could not be told on a machine with all it takes")
        .isEmpty();
    assertThat(report.ways())
        .extracting(Way::from, Way::to, Way::sent, Way::arrived, Way::answered)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("a", "b", 5L, 5L, 5L),
            org.assertj.core.groups.Tuple.tuple("b", "a", 5L, 5L, 5L));
    assertThat(report.ways().getFirst().delayMinUs().getAsDouble()).isPositive();
    assertThat(report.releases()).containsEntry("b", "echo-1");
  }

  @Test
  void aChangeThatIsNotFinishedIsSaidWithItsCure() throws IOException {
    Files.writeString(
        root.resolve("a/pending"),
        "to echo-2\nto_state validated\nfrom echo-1\nrunning true\nbackup -\nproved false\n"
            + "by ann on head\nsince 2026-11-22T10:00:00Z\n");
    Files.createDirectory(root.resolve("b/.restore-1"));

    ValidationReport report = run(plain(), CheckName.VERSIONS);

    assertThat(report.hosts().get("a").getFirst().text())
        .contains("a change from echo-1 to echo-2, begun 2026-11-22T10:00:00Z by ann on head")
        .contains("`deploy resume echo.yaml` finishes it, and with --undo");
    assertThat(report.hosts().get("b").getFirst().text())
        .contains(
            "see `deploy history echo.yaml`; if it was cut off,"
                + " `rollback echo.yaml --to last-good` goes on with it");
    assertThat(report.badHosts()).containsExactly("a", "b");
  }

  @Test
  void aHostWithAnotherReleaseOrNoneFails() throws IOException {
    Files.delete(root.resolve("b/current"));

    ValidationReport none = run(plain(), CheckName.VERSIONS);
    Files.createSymbolicLink(root.resolve("b/current"), Path.of("releases/echo-2"));
    ValidationReport other =
        run(
            plain(),
            new Question(
                Set.of(CheckName.VERSIONS),
                Optional.empty(),
                LogMarks.NONE,
                Optional.of("echo-1"),
                Duration.ofSeconds(30)));

    assertThat(said(none, "b").getFirst()).contains("FAIL it has no release");
    assertThat(said(other, "a")).containsExactly("versions PASS it has echo-1");
    assertThat(said(other, "b"))
        .containsExactly("versions FAIL it has echo-2 and not echo-1, which was asked for");
    assertThat(said(run(plain(), CheckName.VERSIONS), "a").getFirst())
        .as("of two that differ, nobody knows which is right")
        .contains("FAIL it has echo-1, and no more than half");
  }

  @Test
  void testsRunInTheReleaseAndATestThatHangsFails() throws IOException {
    Files.writeString(root.resolve("a/releases/echo-1/mark"), "");
    Subject subject =
        subject(
            Optional.empty(),
            List.of(
                new Subject.Test("mark", List.of("test", "-e", "mark"), Duration.ofSeconds(9)),
                new Subject.Test("hangs", List.of("sleep", "9"), Duration.ofMillis(300)),
                new Subject.Test("babbles", List.of("yes"), Duration.ofSeconds(60)),
                new Subject.Test(
                    "says why", List.of("sh", "-c", "echo no >&2; exit 3"), Duration.ofSeconds(9))),
            List.of(),
            List.of(),
            List.of());

    ValidationReport report = run(subject, CheckName.TESTS);

    assertThat(said(report, "a"))
        .containsExactly(
            "tests mark PASS passes",
            "tests hangs FAIL did not end within 300ms",
            "tests babbles FAIL wrote too much and was killed",
            "tests says why FAIL exit code 3: no");
    assertThat(said(report, "b").getFirst()).isEqualTo("tests mark FAIL exit code 1");
  }

  @Test
  void linesAreCountedAndQuotedFromATimeOrAMarkOn() throws IOException {
    Path log = Files.createDirectories(root.resolve("a/logs")).resolve("x y.log");
    Files.writeString(
        log,
        """
        2026-11-22T10:00:00Z ERROR old
          ERROR of its stack
        2098-11-22T10:00:00.123Z ERROR new \u001b[2J
        2098-11-22T10:00:01Z fine
        """);
    Subject subject =
        subject(
            Optional.empty(),
            List.of(),
            List.of("logs/x y.log"),
            List.of(
                new Subject.Pattern("errors", "ERROR", 0), new Subject.Pattern("many", "E\\w+", 9)),
            List.of());
    Set<CheckName> patterns = Set.of(CheckName.PATTERNS);
    Instant now = Instant.now();

    assertThat(said(run(subject, CheckName.PATTERNS), "a"))
        .containsExactly(
            "patterns errors FAIL 3 lines; first logs/x y.log:1: 2026-11-22T10:00:00Z ERROR old;"
                + " last logs/x y.log:3: 2098-11-22T10:00:00.123Z ERROR new ?[2J",
            "patterns many PASS 3 lines; first logs/x y.log:1: 2026-11-22T10:00:00Z ERROR old;"
                + " last logs/x y.log:3: 2098-11-22T10:00:00.123Z ERROR new ?[2J");
    assertThat(said(run(subject, Question.of(patterns, Optional.of(now))), "a").getFirst())
        .startsWith("patterns errors FAIL 1 line: logs/x y.log:3: 2098");
    assertThat(said(run(subject, CheckName.PATTERNS), "b").getFirst())
        .isEqualTo("patterns errors UNKNOWN logs/x y.log is not there");

    LogMarks marks = Validation.mark(hosts, subject);
    Question release = Question.release("echo-1", marks, Instant.EPOCH);
    assertThat(said(run(subject, release), "a"))
        .contains("patterns errors PASS no line", "versions PASS it has echo-1");
    assertThat(said(run(subject, release), "b"))
        .as("it was not there then, and is not now")
        .contains("patterns errors PASS no line");
    Files.writeString(log, "ERROR again\n", StandardOpenOption.APPEND);
    assertThat(said(run(subject, release), "a"))
        .contains("patterns errors FAIL 1 line: logs/x y.log:5: ERROR again");
  }

  @Test
  void linesWithoutTimesAllCountAndThatIsSaid() throws IOException {
    Files.writeString(root.resolve("a/plain.log"), "ERROR one\nfine\n");
    Files.writeString(root.resolve("a/fine.log"), "fine, and without a time, too\n");
    Subject subject =
        subject(
            Optional.empty(),
            List.of(),
            List.of("plain.log", "fine.log"),
            List.of(
                new Subject.Pattern("errors", "ERROR", 0),
                new Subject.Pattern("ahead", "(?=x)", 0)),
            List.of());

    List<String> said =
        said(
            run(
                subject,
                Question.of(
                    Set.of(CheckName.PATTERNS), Optional.of(Instant.now().minusSeconds(3600)))),
            "a");

    assertThat(said)
        .contains(
            "patterns errors FAIL 1 line: plain.log:1: ERROR one; every line of plain.log counts,"
                + " since none has a time");
    assertThat(said.toString()).contains("patterns ahead UNKNOWN '(?=x)' has (?=");
  }

  @Test
  void aServiceIsTimedAndItsFilesAreCountedByItsProcess() throws IOException {
    long pid = ProcessHandle.current().pid();
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String ticks = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
    Files.createDirectories(root.resolve("a/run"));
    Files.writeString(root.resolve("a/run/service.pid"), pid + " " + ticks + " boot nonce\n");
    Files.createDirectories(root.resolve("b/run"));
    Files.writeString(root.resolve("b/run/service.pid"), pid + " 1 boot nonce\n");
    try (ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
      Subject subject =
          subject(
              Optional.of(
                  new Subject.Service(
                      "run/service.pid",
                      Optional.empty(),
                      host ->
                          host.name().equals("b") ? Optional.of("it has ended") : Optional.empty(),
                      Optional.of(new Subject.Probe.Port(server.getLocalPort())))),
              List.of(),
              List.of(),
              List.of(),
              List.of(server.getLocalPort(), 1));

      ValidationReport report =
          run(subject, CheckName.HEALTH, CheckName.RESPONSE, CheckName.OPEN_FILES, CheckName.PORTS);

      assertThat(said(report, "a").getFirst()).isEqualTo("health PASS the service is well");
      assertThat(said(report, "a").get(1)).startsWith("response PASS n = 20, p50 ").contains("p95");
      assertThat(said(report, "a").get(2)).startsWith("open_files PASS the service has ");
      assertThat(said(report, "a").get(3)).contains("PASS").endsWith("for the host itself alone");
      assertThat(said(report, "a").get(4)).isEqualTo("ports 1 FAIL nothing listens on TCP port 1");
      assertThat(said(report, "b").subList(0, 3))
          .containsExactly(
              "health FAIL it has ended",
              "response UNKNOWN the service is not well",
              "open_files UNKNOWN no process of the service is known");
    }
  }

  @Test
  void aHostThatIsAwayFailsAndTheOthersAreLookedAt() {
    hosts.put(
        "c",
        () -> {
          throw new HostException(HostException.Kind.UNREACHABLE, "c", "no route to host");
        });

    ValidationReport report = run(plain(), CheckName.REACHABLE, CheckName.VERSIONS);

    assertThat(said(report, "c")).containsExactly("reachable FAIL no route to host");
    assertThat(said(report, "a").getFirst()).startsWith("reachable PASS answers as ");
    assertThat(report.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(report.lost()).containsEntry("c", ExitCode.CONNECTION);
  }

  @Test
  void aCheckThatCrashesIsUnknownAndSpoilsNoOther() {
    Subject subject =
        subject(
            Optional.of(
                new Subject.Service(
                    "run/service.pid",
                    Optional.empty(),
                    host -> {
                      throw new IllegalStateException("boom");
                    },
                    Optional.empty())),
            List.of(),
            List.of(),
            List.of(),
            List.of(1));

    assertThat(said(run(subject, CheckName.HEALTH, CheckName.PORTS), "a"))
        .containsExactly(
            "health UNKNOWN the check crashed: java.lang.IllegalStateException: boom",
            "ports 1 FAIL nothing listens on TCP port 1");
  }

  @Test
  void aClockIsHeldAgainstItsLimitByProofOnly() {
    Optional<Duration> limit = Optional.of(Duration.ofMillis(5));

    assertThat(ClocksCheck.judge(-1_000_000, 2_000_000, limit).verdict())
        .isEqualTo(CheckVerdict.PASS);
    assertThat(ClocksCheck.judge(-1_000_000, 7_000_000, limit).verdict())
        .isEqualTo(CheckVerdict.UNKNOWN);
    assertThat(ClocksCheck.judge(6_000_000, 9_000_000, limit).verdict())
        .isEqualTo(CheckVerdict.FAIL);
    assertThat(ClocksCheck.judge(86_400_000_000_000L, 86_400_002_000_000L, Optional.empty()))
        .satisfies(
            day -> {
              assertThat(day.verdict()).isEqualTo(CheckVerdict.FAIL);
              assertThat(day.sentence()).contains("+1d ± 1ms");
            });
  }
}
