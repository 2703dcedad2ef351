package org.carillon.control.controller;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.control.agent.Agent;
import org.carillon.control.agent.AgentOptions;
import org.carillon.control.identity.RunIdentity;
import org.carillon.control.workload.WorkloadSpec;
import org.carillon.core.net.HostPort;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.SystemClock;

/** What a controller costs; started by scripts/measure-control. */
final class MeasureControl {

  private static final ClockSource CLOCK = new SystemClock();
  private static final PrintStream OUT = System.out;

  private MeasureControl() {}

  /**
   * {@code agents N IDENTITY PORTS}: makes an identity, serves N agents, and writes their ports to
   * a file; or {@code controller SECONDS IDENTITY PORTS}: conducts them and prints what it took.
   */
  public static void main(String[] arguments) throws Exception {
    int number = Integer.parseInt(arguments[1]);
    Path identityFile = Path.of(arguments[2]);
    Path ports = Path.of(arguments[3]);
    if (arguments[0].equals("agents")) {
      RunIdentity.create().write(identityFile);
    }
    RunIdentity identity = RunIdentity.read(identityFile);
    if (arguments[0].equals("agents")) {
      agents(number, identity, ports);
    } else {
      controller(number, identity, ports);
    }
  }

  private static void agents(int number, RunIdentity identity, Path ports)
      throws IOException, InterruptedException {
    List<Thread> threads = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (int i = 1; i <= number; i++) {
      Agent agent =
          Agent.open(
              new AgentOptions(
                  "n" + i,
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                  Optional.of(identity),
                  "system",
                  ""),
              CLOCK,
              new GoodClock(),
              (runId, spec) -> new CountingWorkload());
      lines.add(Integer.toString(agent.port()));
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (agent) {
                      agent.run();
                    }
                  }));
    }
    Path part = ports.resolveSibling(ports.getFileName() + ".part");
    Files.write(part, lines);
    Files.move(part, ports);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void controller(int seconds, RunIdentity identity, Path ports) throws IOException {
    List<AgentAddress> agents =
        Files.readAllLines(ports).stream()
            .map(port -> new HostPort("127.0.0.1", Integer.parseInt(port)))
            .map(address -> new AgentAddress(Optional.empty(), address, Optional.empty()))
            .toList();
    long beginNs = CLOCK.monotonicNs();
    RunOutcome outcome =
        new Controller(options(agents, identity), CLOCK, new GoodClock(), picture -> {})
            .conduct(
                new CoordinatorPart() {
                  @Override
                  public void prepare(List<ReadyWorker> workers) {
                    OUT.printf(
                        Locale.ROOT,
                        "%d workers ready %.1f s after the start of the controller%n",
                        workers.size(),
                        (CLOCK.monotonicNs() - beginNs) / 1e9);
                  }

                  @Override
                  public OptionalLong perform(long startTrueTimeNs) throws InterruptedException {
                    CLOCK.sleep(Duration.ofSeconds(5));
                    long fromNs = CLOCK.monotonicNs();
                    Duration cpuBefore = cpu();
                    CLOCK.sleep(Duration.ofSeconds(seconds));
                    OUT.printf(
                        Locale.ROOT,
                        "%.3f CPU seconds per second, over %d s with a status a second of each%n",
                        cpu().minus(cpuBefore).toNanos() / (double) (CLOCK.monotonicNs() - fromNs),
                        seconds);
                    return OptionalLong.of(1);
                  }
                });
    OUT.println(outcome.sentence());
    outcome.spread().ifPresent(spread -> OUT.println(spread.sentence()));
    Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.UTF_8).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .forEach(OUT::println);
    System.exit(outcome.exitCode().code());
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static ControllerOptions options(List<AgentAddress> agents, RunIdentity identity) {
    return new ControllerOptions(
        agents,
        Messages.RUN,
        Optional.of(identity),
        new WorkloadSpec.EventStream(List.of(), Duration.ZERO),
        Duration.ZERO,
        Duration.ofSeconds(1),
        Duration.ofMinutes(1),
        Duration.ofHours(1),
        Duration.ofMillis(5),
        Duration.ofMinutes(1),
        Duration.ofSeconds(5),
        false,
        new FailurePolicy.All(),
        new FailurePolicy.All());
  }
}
