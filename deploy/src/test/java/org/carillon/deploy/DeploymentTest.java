package org.carillon.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.LongEnough;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.experiment.ExperimentLoader;
import org.carillon.core.net.HostPort;
import org.carillon.core.run.CommandResults;
import org.carillon.core.run.ExperimentLock;
import org.carillon.core.run.RunDirectory;
import org.carillon.core.time.DurationText;
import org.carillon.core.time.SystemClock;
import org.carillon.ssh.HostException;
import org.carillon.ssh.LocalHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All stages on this machine, with executables that do as told. */
class DeploymentTest {

  private static final String YAML =
      """
      name: fake
      run: {results_dir: '%s'}
      time: {serve: {}}
      nodes:
        a: {host: local}
        b: {host: local}
      workload: {events: 2, rate: 1000}
      worker: {warmup: 0s, grace: 1s, settle: 0s}
      deadlines: {stop: 50s, warmup: 51s, run: 52s, start: 53s}
      """;

  private static final String SUMMARY =
      """
      {"events":{"sent":2,"workers":{"a":{"received":3,"lost":0,"duplicates":1,"out_of_order":0,"foreign":0},
                                     "b":{"received":2,"lost":1,"duplicates":0,"out_of_order":0,"foreign":0}}},
       "latency":{"system":{"a":{"n":3,"p50_ns":9,"max_ns":99}},
                  "bounded":{"b":{"n":2,"p50_ns":-5,"p90_ns":null,"max_ns":7}}}}
      """;

  @TempDir Path temporary;
  private FakeDistribution fake;
  private final List<String> progress = new CopyOnWriteArrayList<>();
  private final Cancellation cancellation = new Cancellation();
  private Runnable whenToldOfProgress = () -> {};
  private Analyzer analyzer;
  private Connector connector = (name, spec) -> new LocalHost(name);

  @BeforeEach
  void makeDistribution() throws IOException {
    temporary = Files.createDirectory(temporary.resolve("it's here")).toRealPath();
    fake = new FakeDistribution(temporary.resolve("dist"));
    analyzer =
        (run, settings) -> {
          Path summary = write(run.path().resolve("summary.json"), SUMMARY);
          return new Analyzer.Found(
              run.path().resolve("report.html"),
              summary,
              List.of("it rang"),
              List.of("once"),
              List.of());
        };
  }

  @AfterEach
  void nothingIsLeftRunning() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      List<String> left = new ArrayList<>();
      for (Path process :
          all.filter(path -> path.getFileName().toString().matches("\\d+")).toList()) {
        try {
          if (Files.readSymbolicLink(process.resolve("cwd")).startsWith(temporary)) {
            left.add(Files.readString(process.resolve("cmdline")));
          }
        } catch (IOException e) {
          // It has just ended, or is not ours to look at.
        }
      }
      assertThat(left).isEmpty();
    }
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Deployment.Result deploy(Set<Stage> stages, boolean keepGoing, String... settings) {
    String results = temporary.resolve("runs").toString().replace("'", "''");
    Path file = write(temporary.resolve("fake.yaml"), YAML.formatted(results));
    ExperimentLoader.Loaded loaded =
        ExperimentLoader.load(file, Arrays.asList(settings), temporary);
    return new Deployment(
            new Deployment.Request(loaded, fake.distribution(), stages, keepGoing),
            new Deployment.Services(new SystemClock(), connector, analyzer, this::told),
            cancellation)
        .run();
  }

  private void told(String line) {
    progress.add(line);
    whenToldOfProgress.run();
  }

  private Deployment.Result deploy(String... settings) {
    return deploy(Deployment.allStages(), false, settings);
  }

  private static JsonNode manifest(Deployment.Result result) throws IOException {
    return new ObjectMapper().readTree(result.run().orElseThrow().manifest().toFile());
  }

  @Test
  void aWholeRunLeavesEverythingInItsDirectory() throws IOException {
    Deployment.Result result = deploy();

    assertThat(result.exitCode()).as(result.outcome()).isEqualTo(ExitCode.SUCCESS);
    RunDirectory run = result.run().orElseThrow();
    assertThat(run.coordinatorCsv()).exists();
    assertThat(run.workerCsv("a")).exists();
    assertThat(run.log("b")).content().startsWith("hello from b\n");
    assertThat(run.experimentYaml()).exists();
    assertThat(run.state()).doesNotExist();
    assertThat(run.work()).doesNotExist();
    assertThat(progress).hasSize(2).last().asString().contains("ended");
    assertThat(result.found().orElseThrow().answer()).containsExactly("it rang");
    assertThat(run.results())
        .hasContent(
            """
            node	outcome	sent	received	lost	duplicates	out_of_order	foreign	rate_hz	latency_clock	latency_n	p50_ns	p90_ns	p99_ns	p999_ns	max_ns
            a	ok	2	3	0	1	0	0	2.000	system	3	9				99
            b	ok	2	2	1	0	0	0	2.000	bounded	2	-5				7
            all	2/2 ok	2	5	1	1	0	0		bounded	5	-3	4	8	9	7
            """);
    assertThat(result.table())
        .endsWith("2 workers started within 41 µs (between 0 and 163 µs, by their bounds)");
    assertThat(run.path().resolve("control.json")).exists();
    JsonNode manifest = manifest(result);
    assertThat(manifest.path("exit_code").asInt(-1)).isZero();
    assertThat(manifest.path("commands").size()).isEqualTo(4);
    assertThat(manifest.at("/members").findValuesAsText("name"))
        .containsExactly("timeserver", "a", "b", "coordinator");
    assertThat(manifest.at("/commands").toString())
        .contains("127.0.0.1:4123")
        .contains("a=127.0.0.1:4002,b=127.0.0.1:4002")
        .contains("--max-runtime");
    assertThat(manifest.at("/start/spread_ns").asLong()).isEqualTo(41_000);
    assertThat(Files.readString(run.manifest()) + Files.readString(run.log("deploy")))
        .doesNotContain("PRIVATE KEY");
  }

  @Test
  void aWorkerThatEndsBeforeItIsReadyStopsTheRunAndSaysItsLastWords() throws IOException {
    fake.put("worker", "#!/bin/sh\necho 'no such port' >&2\nexit 5\n");

    Deployment.Result result = deploy();

    assertThat(result.exitCode()).isNotEqualTo(ExitCode.SUCCESS);
    assertThat(result.table()).contains("ended with exit code 5 before it was ready: no such port");
    assertThat(progress).isEmpty();
    assertThat(manifest(result).path("exit_code").asInt()).isEqualTo(result.exitCode().code());
  }

  @Test
  void keepGoingGoesOnWithoutAWorkerThatIsNotReady() {
    fake.put(
        "worker", "#!/bin/sh\n[ \"$2\" = b ] && exit 5\n" + FakeDistribution.WORKER.substring(10));

    Deployment.Result result = deploy(Deployment.allStages(), true);

    assertThat(result.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(progress).isNotEmpty();
    assertThat(result.outcome()).startsWith("1 of 2 nodes failed: b: ended with exit code 5");
  }

  @Test
  void aWorkerThatNeverBecomesReadyIsNamedWhenTheDeadlinePasses() {
    fake.put("worker", "#!/bin/sh\ntrap 'exit 0' TERM\nwhile :; do sleep 0.05; done\n");

    Deployment.Result result =
        LongEnough.deadline(
            deadline -> deploy("deadlines.start=" + DurationText.format(deadline)),
            it -> it.table().contains("not ready within the deadline of"));

    assertThat(result.exitCode()).isEqualTo(ExitCode.TIMEOUT);
    assertThat(result.table())
        .containsPattern("a +failed +not ready within the deadline of \\w+; see logs/a.log");
  }

  @Test
  void whatTheCoordinatorSaysOfTheWorkersIsSaidByDeploy() throws IOException {
    fake.put(
        "coordinator",
        FakeDistribution.COORDINATOR
            + FakeDistribution.control(
                2,
                FakeDistribution.COMPLETED,
                "\"state\":\"failed\",\"reason\":\"nobody listens at 127.0.0.1:4002 any more\","
                    + "\"injected_faults\":\"drop=0.1\""));

    Deployment.Result result = deploy();

    assertThat(result.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(result.outcome())
        .isEqualTo("1 of 2 nodes failed: b: nobody listens at 127.0.0.1:4002 any more");
    assertThat(result.table()).containsPattern("a +ok").containsPattern("b +failed");
    assertThat(manifest(result).at("/injected_faults/b").asText()).isEqualTo("drop=0.1");
  }

  @Test
  void whoEndedOnlySinceTheRunWasCalledOffIsStoppedAndNotFailed() throws IOException {
    String policy = "the policy 'all' for running does not hold, with 1 of 2 workers failed: b";
    String control =
        FakeDistribution.control(
                2,
                "\"state\":\"stopped\",\"reason\":\"it was aborted: " + policy + "\"",
                "\"state\":\"failed\",\"reason\":\"it is silent\"")
            .replace("it is over", policy);
    fake.put("coordinator", FakeDistribution.COORDINATOR + control);

    Deployment.Result result = deploy();

    assertThat(result.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(result.outcome()).isEqualTo("1 of 2 nodes failed: b: it is silent; " + policy);
    assertThat(result.table()).containsPattern("a +stopped").containsPattern("b +failed");
    assertThat(manifest(result).at("/members").toString())
        .contains("\"outcome\":\"stopped\"")
        .contains("\"outcome\":\"failed\",\"reason\":\"b: it is silent\"");
  }

  @Test
  void faultsOfTheExperimentAreGivenToTheirProcessAndRecordedEvenIfTheCoordinatorSaysNothing()
      throws IOException {
    Deployment.Result result =
        deploy("nodes.b.inject=loss=1%", "coordinator.inject=delay=2ms,seed=5");

    JsonNode manifest = manifest(result);
    String drawn = manifest.at("/injected_faults/b").asText();
    assertThat(drawn).startsWith("loss=1%,seed=");
    assertThat(manifest.at("/injected_faults/coordinator").asText()).isEqualTo("delay=2ms,seed=5");
    assertThat(manifest.at("/injected_faults").size()).isEqualTo(2);
    assertThat(manifest.at("/commands").toString())
        .contains("\"--inject\",\"" + drawn + "\"", "\"--inject\",\"delay=2ms,seed=5\"");
    assertThat(result.run().orElseThrow().path().resolve("experiment.yaml"))
        .content()
        .contains(drawn);
  }

  @Test
  void clocksThatAreNotGoodEnoughEndTheRunWithoutAnybodyHavingFailed() {
    String waiting = "\"state\":\"failed\",\"reason\":\"its clock has no bound\"";
    fake.put(
        "coordinator",
        FakeDistribution.COORDINATOR + FakeDistribution.control(8, waiting, waiting));

    Deployment.Result result = deploy();

    assertThat(result.exitCode()).isEqualTo(ExitCode.CLOCKS);
    assertThat(result.outcome()).isEqualTo("it is over");
    assertThat(result.table()).containsPattern("a +stopped");
  }

  @Test
  void aCommandHasATableOfItsOwn() {
    fake.put(
        "coordinator",
        FakeDistribution.COORDINATOR.replaceAll("(?m)^printf.*\\n", "")
            + FakeDistribution.control(
                2,
                FakeDistribution.COMPLETED
                    + ",\"start\":{\"best_ns\":42000},"
                    + "\"exec\":{\"exit_code\":0,\"elapsed_ns\":1500000000,"
                    + "\"standard_output_bytes\":6,\"standard_error_bytes\":0,\"timed_out\":false}",
                "\"state\":\"failed\",\"reason\":\"its command ended with exit code 7\","
                    + "\"exec\":{\"exit_code\":7,\"elapsed_ns\":2500000,\"timed_out\":false}"));

    Deployment.Result result =
        deploy(
            "workload.kind=exec",
            "workload.command=[echo, 'a, b']",
            "workload.events=",
            "workload.rate=",
            "worker.settle=");

    assertThat(result.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(result.table())
        .containsPattern("a +ok +0 +1.500 +\\+0.041 ms")
        .containsPattern("b +failed +7 +0.003 +– +its command ended with exit code 7");
    assertThat(result.run().orElseThrow().results())
        .hasContent(
            String.join("\t", CommandResults.COLUMNS)
                + "\na\tok\t0\t1500000000\t42000\t6\t0\tfalse\t"
                + "\nb\tfailed\t7\t2500000\t\t0\t0\tfalse\tits command ended with exit code 7"
                + "\nall\t1/2 ok\t\t\t\t\t\t\t\n");
    assertThat(result.run().orElseThrow().manifest())
        .content()
        .contains("--allow-exec")
        .containsPattern("\"--\", \"echo\", \"a, b\"");
  }

  @Test
  void aWorkerThatIgnoresBeingAskedIsKilled() {
    fake.put("worker", FakeDistribution.WORKER.replace("trap 'exit 0' TERM", "trap '' TERM"));

    Deployment.Result result = deploy("deadlines.stop=1s");

    assertThat(result.run().orElseThrow().workerCsv("a")).exists();
    assertThat(result.run().orElseThrow().state()).doesNotExist();
  }

  @Test
  void workersThatDieDuringTheRunAreNoticed() {
    String died = "\"state\":\"failed\",\"reason\":\"died\"";
    Path sent = temporary.resolve("sent");
    fake.put(
        "worker",
        FakeDistribution.WORKER.replace("while :;", "while [ ! -e \"%s\" ];".formatted(sent))
            + "kill -9 $$\n");
    String untilBothAreMissed =
        "touch \"%s\"\nuntil [ \"$(cat \"%s\"/*/logs/deploy.log | grep -c 'killed by')\" = 2 ]; do sleep 0.05; done\n"
            .formatted(sent, temporary.resolve("runs/fake"));
    fake.put(
        "coordinator",
        FakeDistribution.COORDINATOR
            + untilBothAreMissed
            + FakeDistribution.control(1, died, died));

    Deployment.Result result = deploy();

    assertThat(result.exitCode()).isEqualTo(ExitCode.ALL_FAILED);
    assertThat(result.outcome())
        .contains("a: the worker was killed by signal 9 (SIGKILL) during the run")
        .contains("b: the worker was killed by signal 9 (SIGKILL) during the run");
    assertThat(result.found()).as("what was recorded is analysed").isPresent();
  }

  @Test
  void aCoordinatorThatHangsIsEndedAtTheDeadline() {
    fake.put("coordinator", FakeDistribution.COORDINATOR + "exec sleep 60\n");

    Deployment.Result result = deploy("deadlines.run=1s");

    assertThat(result.exitCode()).isEqualTo(ExitCode.TIMEOUT);
    assertThat(result.outcome()).contains("within its deadline of 1s");
    assertThat(result.isSaid()).as("when it happened, before the files came home").isTrue();
    assertThat(result.run().orElseThrow().coordinatorCsv()).exists();
  }

  @Test
  void aCoordinatorThatFailsIsNamed() {
    fake.put("coordinator", "#!/bin/sh\necho 'coordinator: no such option' >&2\nexit 5\n");

    Deployment.Result result = deploy();

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.outcome()).contains("ended with exit code 5: coordinator: no such option");
    assertThat(result.isSaid()).isFalse();
  }

  @Test
  void aCoordinatorThatIsKilledIsNamedAndWhatWasRecordedIsKept() {
    fake.put("coordinator", FakeDistribution.COORDINATOR + "kill -9 $$\n");

    Deployment.Result result = deploy();

    assertThat(result.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(result.outcome()).contains("coordinator: was killed by signal 9 (SIGKILL)");
    assertThat(result.table()).containsPattern("a +stopped").doesNotContainPattern("[ab] +ok");
    assertThat(result.run().orElseThrow().workerCsv("b")).exists();
  }

  @Test
  void aWishToStopIsHeardAndWhatWasRecordedIsKept() {
    fake.put("coordinator", FakeDistribution.COORDINATOR + "exec sleep 60\n");
    analyzer =
        (run, settings) -> {
          throw new AssertionError("who asks for a stop does not wait for an analysis");
        };
    whenToldOfProgress = cancellation::request;

    Deployment.Result result = deploy();

    assertThat(result.exitCode()).isEqualTo(ExitCode.ABORTED);
    assertThat(result.table()).contains("stopped").doesNotContainPattern("[ab] +ok");
    assertThat(result.run().orElseThrow().workerCsv("b")).exists();
  }

  @Test
  void anAnalysisWithoutDataIsNoSuccess() {
    analyzer =
        (run, settings) -> {
          throw new CarillonException(ExitCode.NO_DATA, "no event was sent");
        };

    Deployment.Result result = deploy();

    assertThat(result.exitCode()).isEqualTo(ExitCode.NO_DATA);
    assertThat(result.found()).isEmpty();
  }

  @Test
  void aHostThatCannotBeReachedIsReported() {
    connector =
        (name, spec) -> {
          if (name.equals("b")) {
            throw new HostException(HostException.Kind.UNREACHABLE, name, "nobody answers");
          }
          return new LocalHost(name);
        };

    assertThat(deploy().exitCode()).isEqualTo(ExitCode.CONNECTION);

    Deployment.Result going = deploy(Deployment.allStages(), true);
    assertThat(going.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(going.outcome()).contains("b: nobody answers");
  }

  @Test
  void hostsThatNobodyKnowsAreCountedAndShownWithoutAnEmptyTable() {
    connector =
        (name, spec) -> {
          throw new HostException(HostException.Kind.UNREACHABLE, name, "nobody answers");
        };

    Deployment.Result result = deploy(Stage.parse("preflight"), false);

    assertThat(result.exitCode()).isEqualTo(ExitCode.CONNECTION);
    assertThat(result.outcome()).isEqualTo("4 of 4 hosts are not ready");
    assertThat(result.table())
        .startsWith("host         outcome\n")
        .contains("a            unreachable\n")
        .doesNotContain("verdict", "nobody answers");
  }

  @Test
  void aHostWithoutRoomFailsThePreflight() {
    Deployment.Result result = deploy(Stage.parse("preflight"), false, "run.min_free_disk=1024TiB");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.table()).contains("free disk").contains("make room");
    assertThat(result.run()).isEmpty();
  }

  @Test
  void aSecondRunIsRefusedWhileTheFirstHoldsTheLock() {
    try (ExperimentLock lock = ExperimentLock.take(temporary.resolve("runs/fake"), "process 1")) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(this::deploy)
          .isInstanceOf(CarillonException.class)
          .hasMessageContaining("process 1");
    }
  }

  @Test
  void lifetimesCoverAllDeadlines() throws IOException {
    Path file = write(temporary.resolve("x.yaml"), YAML.formatted("runs"));
    CommandLines lines =
        new CommandLines(
            ExperimentLoader.load(file, List.of(), temporary).experiment(), "0", List.of());

    assertThat(lines.lifetime()).isEqualTo(Duration.ofSeconds(53 + 51 + 52 + 1 + 50 + 600));
  }

  @Test
  void workersAreToldHowToReceive() throws IOException {
    Path file = write(temporary.resolve("x.yaml"), YAML.formatted("runs"));
    assertThat(worker(file, List.of()))
        .containsSequence("--receive-buffer", "32MiB")
        .doesNotContain("--receive-cpu", "--busy-poll");
    assertThat(
            worker(
                file,
                List.of(
                    "worker.receive_buffer=1MiB", "worker.receive_cpu=1", "worker.busy_poll=true")))
        .containsSequence("--receive-buffer", "1MiB", "--receive-cpu", "1", "--busy-poll");
  }

  private List<String> worker(Path file, List<String> settings) {
    Experiment experiment = ExperimentLoader.load(file, settings, temporary).experiment();
    return new CommandLines(experiment, "0", List.of())
        .worker(experiment.nodes().get("a"), "worker");
  }

  @Test
  void theCoordinatorIsToldHowToSend() throws IOException {
    Path file = write(temporary.resolve("x.yaml"), YAML.formatted("runs"));
    assertThat(coordinator(file, List.of()))
        .containsSequence("--rate", "1000.0", "--spin", "200us", "--transmit-times", "auto")
        .doesNotContain("--arrivals", "--burst", "--send-cpu", "--max-lateness", "--catch-up");
    assertThat(
            coordinator(
                file,
                List.of(
                    "workload.arrivals=poisson",
                    "workload.burst=5",
                    "workload.seed=9",
                    "workload.catch_up=true",
                    "coordinator.spin=0s",
                    "coordinator.send_cpu=1",
                    "coordinator.max_lateness=2ms")))
        .containsSequence("--burst", "5", "--arrivals", "poisson", "--seed", "9", "--spin", "0s")
        .containsSequence("--send-cpu", "1", "--max-lateness", "2ms", "--catch-up");
  }

  private List<String> coordinator(Path file, List<String> settings) {
    Experiment experiment = ExperimentLoader.load(file, settings, temporary).experiment();
    return new CommandLines(experiment, "0", List.of())
        .coordinator(Map.of("a", new HostPort("h", 1)), "all", "coordinator");
  }

  @Test
  void aRecordingComesToTheCoordinatorsFolderAndIsKeptWithTheRun() throws IOException {
    String recording = "send_time_ns\n1000\n2000\n";
    write(temporary.resolve("old.csv"), recording);
    fake.put(
        "coordinator",
        FakeDistribution.COORDINATOR
            + "case $* in *' --replay replay.csv '*) ;; *) exit 5 ;; esac\n"
            + "test -s replay.csv || exit 5\n"
            + FakeDistribution.control(0, FakeDistribution.COMPLETED, FakeDistribution.COMPLETED));

    Deployment.Result result = deploy("workload.rate=", "workload.replay=old.csv");

    assertThat(result.exitCode()).as(result.outcome()).isEqualTo(ExitCode.SUCCESS);
    assertThat(result.run().orElseThrow().path().resolve("replay.csv")).hasContent(recording);
  }
}
