package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.carillon.control.identity.RunIdentity;
import org.carillon.core.ExitCode;
import org.carillon.core.net.FreePort;
import org.carillon.core.time.SystemClock;
import org.carillon.ntp.TimeKeeper;
import org.carillon.ntp.server.TimeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers and a coordinator that commands them, as processes of the distribution. */
class ControlIT {

  @TempDir private Path folder;

  private final List<Program.Running> running = new ArrayList<>();
  private TimeServer timeServer;
  private Path identity;

  @BeforeEach
  void open() {
    timeServer =
        TimeServer.start(
            new SystemClock(),
            new TimeServer.Settings(
                List.of(InetAddress.getLoopbackAddress()),
                0,
                OptionalInt.empty(),
                List.of(),
                OptionalInt.of(5),
                OptionalDouble.empty(),
                TimeKeeper.Settings.defaults()));
    identity = folder.resolve("run.pem");
    RunIdentity.create().write(identity);
  }

  @AfterEach
  void close() {
    running.forEach(Program.Running::close);
    timeServer.close();
  }

  private String ntp() {
    return "127.0.0.1:" + timeServer.port();
  }

  /** A worker whose control port is open. */
  private record ControlledWorker(Program.Running running, int controlPort) {
    String address() {
      return "127.0.0.1:" + controlPort;
    }

    Program.Result end() {
      return running.await(Events.DEADLINE);
    }
  }

  private Program workerProgram(String node) {
    return Program.named("worker")
        .with("--node-id", node, "--listen-port", 0, "--control", "127.0.0.1:0")
        .with("--output", file(node), "--ready-file", folder.resolve(node + ".ready"));
  }

  private ControlledWorker worker(String node, Program program) {
    Program.Running process = program.start();
    running.add(process);
    Path ready = folder.resolve(node + ".ready");
    Program.await(
        node + " is ready",
        Events.DEADLINE,
        () -> {
          assertThat(process.process().isAlive()).as(process.err()).isTrue();
          return Files.exists(ready);
        });
    return new ControlledWorker(process, Events.json(ready).path("control_port").asInt());
  }

  private ControlledWorker worker(String node, Object... arguments) {
    return worker(
        node,
        workerProgram(node).with("--ntp-server", ntp(), "--identity", identity).with(arguments));
  }

  private Path file(String node) {
    return folder.resolve("worker_" + node + ".csv");
  }

  private Program coordinator(String agents, Object... arguments) {
    return Program.named("coordinator")
        .with("--agents", agents, "--ntp-server", ntp(), "--identity", identity)
        .with("--worker-warmup", "0s", "--fast-start", "--output", folder.resolve("sent.csv"))
        .with(arguments);
  }

  private JsonNode control() {
    return Events.json(folder.resolve("control.json"));
  }

  @Test
  void allWorkersBeginAtOneInstantAndEndWhenTheyHoldEverything() throws IOException {
    ControlledWorker one = worker("n1");
    ControlledWorker two = worker("n2", "--clock", "simulated:offset=5ms");
    Program.Result result =
        coordinator(
                "n1=" + one.address() + "," + two.address(),
                "--rate",
                200,
                "--num-events",
                400,
                "--settle",
                "20s")
            .run();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("2 workers started within");
    assertThat(one.end().exitCode()).isZero();
    assertThat(two.end().exitCode()).isZero();

    assertThat(Events.rows(file("n1"))).hasSize(400);
    assertThat(Events.rows(file("n2"))).hasSize(400);
    assertThat(Events.rows(folder.resolve("sent.csv"))).hasSize(400);
    JsonNode control = control();
    assertThat(control.path("exit_code").asInt(-1)).isZero();
    assertThat(control.path("last_event_id").asLong()).isEqualTo(400);
    assertThat(control.path("workers")).hasSize(2);
    for (JsonNode worker : control.path("workers")) {
      assertThat(worker.path("state").asText()).isEqualTo("completed");
      assertThat(worker.path("counters").path("received").asInt()).isEqualTo(400);
      assertThat(worker.path("counters").path("missing").asInt()).isZero();
      assertThat(worker.path("counters").path("rows_written").asInt()).isEqualTo(400);
      assertThat(worker.path("latency").path("n").asInt()).isEqualTo(400);
      assertThat(worker.path("latency_reconciled").asBoolean()).isTrue();
      assertThat(worker.path("clock").path("evidence").asText()).contains(ntp());
      // Both ends are on one machine: the true start is known to lie within the bounds.
      JsonNode start = worker.path("start");
      assertThat(start.path("latest_ns").asLong())
          .isGreaterThan(start.path("earliest_ns").asLong());
    }
    long firstSentNs =
        Long.parseLong(Events.rows(folder.resolve("sent.csv")).getFirst().get("bc_latest_ns"));
    assertThat(firstSentNs)
        .isGreaterThanOrEqualTo(control.path("start").path("true_time_ns").asLong());
  }

  @Test
  void injectedLossIsCountedAndNamedInTheResults() throws IOException {
    ControlledWorker worker = worker("n1", "--inject", "loss=20%,duplicate=10%,seed=7");
    Program.Result result =
        coordinator(
                worker.address(),
                "--rate",
                1000,
                "--num-events",
                1000,
                "--inject",
                "delay=2ms,seed=1")
            .run();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(worker.end().exitCode()).isZero();
    JsonNode control = control();
    assertThat(control.path("injected_faults").asText()).isEqualTo("delay=2ms,seed=1");
    JsonNode node = control.path("workers").get(0);
    assertThat(node.path("injected_faults").asText()).isEqualTo("loss=20%,duplicate=10%,seed=7");
    JsonNode counters = node.path("counters");
    int rows = Events.rows(file("n1")).size();
    int lost = counters.path("missing").asInt();
    int duplicates = counters.path("duplicates").asInt();
    assertThat(lost).as("200 ± 5 standard deviations").isBetween(137, 263);
    assertThat(duplicates).isBetween(30, 130);
    assertThat(counters.path("received").asInt()).isEqualTo(rows);
    assertThat(counters.path("rows_written").asInt()).isEqualTo(rows);
    assertThat(rows).isEqualTo(1000 - lost + duplicates);
    assertThat(node.path("latency").path("n").asInt()).isEqualTo(1000 - lost);
    assertThat(node.path("latency").path("min_ns").asLong()).as("delayed").isGreaterThan(1_000_000);
  }

  @Test
  void aStalledControlStreamCostsNoEventAndTheRunGoesOn() {
    ControlledWorker worker = worker("n1", "--inject", "stall-control=4s@8s");
    Program.Result result =
        coordinator(worker.address(), "--rate", 200, "--num-events", 2000).run();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(worker.end().exitCode()).isZero();
    assertThat(control().path("workers").get(0).path("counters").path("received").asInt())
        .isEqualTo(2000);
  }

  @Test
  void theIdentityMayComeOverStandardInput() {
    ControlledWorker worker =
        worker(
            "n1",
            workerProgram("n1").with("--ntp-server", ntp(), "--identity", "-").input(identity));
    Program.Result result = coordinator(worker.address(), "--num-events", 5).run();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(worker.end().exitCode()).isZero();
    assertThat(Events.rows(file("n1"))).hasSize(5);
  }

  @Test
  void withoutAnIdentityProcessesOfOneMachineWorkTogetherIfToldSo() {
    ControlledWorker worker =
        worker("n1", workerProgram("n1").with("--ntp-server", ntp(), "--control-without-identity"));
    Program.Result result =
        Program.named("coordinator")
            .with("--agents", worker.address(), "--ntp-server", ntp())
            .with("--control-without-identity", "--worker-warmup", "0s", "--fast-start")
            .with("--num-events", 5, "--output", folder.resolve("sent.csv"))
            .run();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(worker.end().exitCode()).isZero();
  }

  @Test
  void aWorkerThatAnybodyCouldReachIsRefusedWithoutAnIdentity() {
    Program.Result result =
        Program.named("worker")
            .with("--node-id", "n1", "--listen-port", 0, "--output", file("n1"))
            .with("--control", "0.0.0.0:0", "--control-without-identity", "--ntp-server", ntp())
            .run();
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.err()).contains("--identity").doesNotContain("\tat ");
  }

  @Test
  void anIdentityThatOthersMayReadIsRefused() throws IOException {
    Files.setPosixFilePermissions(identity, PosixFilePermissions.fromString("rw-r--r--"));
    Program.Result result =
        workerProgram("n1").with("--ntp-server", ntp(), "--identity", identity).run();
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.err()).contains(identity.toString()).doesNotContain("\tat ");
  }

  @Test
  void whoIsOfAnotherIdentityOrNotThereIsNamedAndTheWorkerStaysForItsOwnCoordinator() {
    ControlledWorker worker = worker("n1");
    Path other = folder.resolve("other.pem");
    RunIdentity.create().write(other);
    Path folderOfStranger = folder.resolve("stranger");
    Program.Result stranger =
        Program.named("coordinator")
            .with("--agents", worker.address() + ",127.0.0.1:" + FreePort.next())
            .with("--ntp-server", ntp(), "--identity", other)
            // Or the run would be called off for the first of the two, whichever that is.
            .with("--prepare-policy", "best-effort")
            .with("--output", folderOfStranger.resolve("sent.csv"))
            .run();
    assertThat(stranger.exitCode()).as(stranger.err()).isEqualTo(ExitCode.CONNECTION.code());
    assertThat(stranger.err())
        .contains("the worker may have another identity", "nobody listens at 127.0.0.1:")
        .doesNotContain("\tat ");
    assertThat(Events.json(folderOfStranger.resolve("control.json")).path("exit_code").asInt())
        .isEqualTo(ExitCode.CONNECTION.code());

    Program.Result own = coordinator(worker.address(), "--num-events", 3).run();
    assertThat(own.exitCode()).as(own.err()).isZero();
    assertThat(worker.end().exitCode()).isZero();
  }

  @Test
  void aCommandRunsOnEveryNodeAtTheCommonStart() throws IOException {
    ControlledWorker one = worker("n1", "--allow-exec");
    ControlledWorker two = worker("n2", "--allow-exec");
    Program.Result result =
        coordinator(
                one.address() + "," + two.address(),
                "--exec-env",
                "WORD=hello",
                "--",
                "sh",
                "-c",
                "echo $WORD $CARILLON_NODE; test $CARILLON_NODE = n1 || exit 3")
            .run();
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.SOME_FAILED.code());
    assertThat(folder.resolve("exec_n1.out")).hasContent("hello n1");
    assertThat(folder.resolve("exec_n2.out")).hasContent("hello n2");
    JsonNode control = control();
    assertThat(control.path("workload").asText()).isEqualTo("exec");
    assertThat(control.path("last_event_id").isNull()).isTrue();
    assertThat(control.path("workers").get(0).path("exec").path("exit_code").asInt(-1)).isZero();
    assertThat(control.path("workers").get(1).path("exec").path("exit_code").asInt()).isEqualTo(3);
    assertThat(folder.resolve("results.tsv")).content().contains("n1\tok\t0\t", "n2\tfailed\t3\t");
    assertThat(folder.resolve("sent.csv")).doesNotExist();
    assertThat(one.end().exitCode()).isZero();
    assertThat(two.end().exitCode()).isEqualTo(ExitCode.SOME_FAILED.code());
  }

  @Test
  void aWorkerWithoutPermissionRunsNoCommand() {
    ControlledWorker worker = worker("n1");
    Program.Result result = coordinator(worker.address(), "--", "true").run();
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.err()).contains("--allow-exec");
    assertThat(worker.end().exitCode()).isEqualTo(ExitCode.USAGE.code());
  }

  @Test
  void ctrlCCallsTheRunOffEverywhere() throws IOException {
    ControlledWorker worker = worker("n1");
    Program.Running coordinator =
        coordinator(worker.address(), "--rate", 100, "--num-events", 1_000_000).start();
    running.add(coordinator);
    Program.await("events come", Events.DEADLINE, () -> Events.lines(file("n1")) > 20);
    coordinator.signal("INT");
    Program.Result result = coordinator.await(Events.DEADLINE);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.ABORTED.code());
    assertThat(worker.end().exitCode()).isEqualTo(ExitCode.ABORTED.code());
    JsonNode counters = control().path("workers").get(0).path("counters");
    assertThat(Events.rows(file("n1"))).hasSize(counters.path("rows_written").asInt());
    assertThat(Events.rows(folder.resolve("sent.csv"))).isNotEmpty();
  }

  @Test
  void whenTheCoordinatorIsKilledTheWorkerEndsByItselfAfterItsGraceTime() throws IOException {
    ControlledWorker worker = worker("n1");
    Program.Running coordinator =
        coordinator(worker.address(), "--rate", 100, "--num-events", 1_000_000, "--grace", "2s")
            .start();
    running.add(coordinator);
    Program.await("events come", Events.DEADLINE, () -> Events.lines(file("n1")) > 20);
    coordinator.signal("KILL");
    Program.Result result = worker.end();
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.CONNECTION.code());
    assertThat(Events.rows(file("n1")))
        .as("a heading and 20 rows were awaited")
        .hasSizeGreaterThanOrEqualTo(20)
        .allSatisfy(row -> assertThat(row.isConsistent()).isTrue());
  }

  @Test
  void clocksThatAreNotGoodEnoughAreNamedAndPreventTheStart() {
    ControlledWorker worker =
        worker(
            "n1",
            workerProgram("n1")
                .with("--ntp-server", "127.0.0.1:" + FreePort.next(), "--identity", identity));
    Program.Result result = coordinator(worker.address(), "--clock-gate", "1s").run();
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.CLOCKS.code());
    assertThat(result.err()).contains("n1", "unsynchronized");
    assertThat(worker.end().exitCode()).isEqualTo(ExitCode.ABORTED.code());
    assertThat(file("n1")).exists();
  }

  @Test
  void thePlainFormLoadsNothingOfTheControlStream() throws IOException {
    Path classes = folder.resolve("classes.log");
    Path ready = folder.resolve("n1.ready");
    Program.Running worker =
        Program.named("worker")
            // With the ahead-of-time cache, all classes that it holds are loaded at once, used or
            // not.
            .env("CARILLON_JAVA_OPTIONS", "-XX:AOTMode=off -Xlog:class+load:file=" + classes)
            .with("--node-id", "n1", "--listen-port", 0, "--warmup", "0s")
            .with("--output", file("n1"), "--ready-file", ready)
            .start();
    running.add(worker);
    Program.await("it is ready", Events.DEADLINE, () -> Files.exists(ready));
    worker.signal("TERM");
    assertThat(worker.await(Events.DEADLINE).exitCode()).isZero();
    assertThat(classes)
        .content()
        .contains("org.carillon.events.receive.Worker ")
        .doesNotContain(" io.grpc.", " com.google.protobuf.", " org.HdrHistogram.");
  }
}
