package org.carillon.control.controller;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.control.agent.Agent;
import org.carillon.control.agent.AgentOptions;
import org.carillon.control.identity.RunIdentity;
import org.carillon.core.time.SystemClock;

/** Many agents in one process, for scripts/measure-control. */
final class MeasureControl {

  private MeasureControl() {}

  /** {@code N IDENTITY PORTS}: serves N agents and writes their ports to a file. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int number = Integer.parseInt(arguments[0]);
    RunIdentity identity = RunIdentity.read(Path.of(arguments[1]));
    Path ports = Path.of(arguments[2]);
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
              new SystemClock(),
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
}
