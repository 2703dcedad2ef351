package org.carillon.ntp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.carillon.ntp.simulation.ClockError;
import org.carillon.ntp.simulation.Delay;
import org.carillon.ntp.simulation.Exchanged;

/**
 * A real chronyd that steers a simulated clock, in clknetsim (github.com/mlichvar/clknetsim): a
 * program that stands in for the kernel of programs which set the clock. Node 1 is a server that is
 * exact, node 2 its client.
 *
 * <p>clknetsim is given our clock's frequency for every second and our delays for every datagram,
 * and chronyd sends when it likes.
 *
 * @param program the folder with clknetsim and clknetsim.so
 * @param length of what is simulated
 */
record Clknetsim(Path program, Duration length) {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final Duration DEADLINE = Duration.ofMinutes(5);
  private static final String SERVER = "1";
  private static final String CLIENT = "2";

  /**
   * What happened.
   *
   * @param exchanges as the client's clock would have shown them if nobody had steered it
   * @param steeredNs error of the clock that chronyd steers at every full second from the first on
   */
  record Outcome(List<Exchanged> exchanges, double[] steeredNs) {}

  /**
   * Runs one.
   *
   * @param folder to work in, empty
   * @param options of chronyd's server line
   */
  Outcome run(
      Path folder,
      ClockError clock,
      org.carillon.ntp.simulation.Path path,
      String options,
      long seed)
      throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    int seconds = Math.toIntExact(length.toSeconds());
    // The n-th value holds from the n-th second on.
    numbers(
        folder.resolve("frequency"),
        IntStream.rangeClosed(1, seconds)
            .mapToDouble(s -> clock.errorNs((s + 1) * SECOND_NS) - clock.errorNs(s * SECOND_NS)));
    delays(folder.resolve("there"), path.there(), random);
    delays(folder.resolve("back"), path.back(), random);
    Files.writeString(
        folder.resolve("network"),
        """
        node2_offset = %s
        node2_freq = (file "frequency")
        node2_delay1 = (file "there")
        node1_delay2 = (file "back")
        """
            .formatted(clock.errorNs(0) * 1e-9));
    List<Process> chronyds = new ArrayList<>();
    try {
      chronyds.add(chronyd(folder, SERVER, "local stratum 1\nallow"));
      chronyds.add(chronyd(folder, CLIENT, "server 192.168.123.1 " + options));
      String arguments = "-s socket -o offsets -p packets -l " + seconds + " network 2";
      ProcessBuilder simulator = new ProcessBuilder(program.resolve("clknetsim").toString());
      simulator.command().addAll(List.of(arguments.split(" ")));
      Path log = folder.resolve("clknetsim.log");
      Process simulation = start(simulator, folder, log);
      // A chronyd that does not start would be waited for without an end.
      if (!simulation.waitFor(DEADLINE) || simulation.exitValue() != 0) {
        simulation.destroy();
        throw new IOException("clknetsim failed: " + Files.readString(log));
      }
    } finally {
      chronyds.forEach(Process::destroy);
    }
    double[] steeredNs =
        Files.readAllLines(folder.resolve("offsets")).stream()
            .mapToDouble(line -> Double.parseDouble(line.split("\t")[1]) * SECOND_NS)
            .toArray();
    return new Outcome(exchanges(Files.readAllLines(folder.resolve("packets")), clock), steeredNs);
  }

  /** As many as there can be polls, and bursts besides. */
  private void delays(Path file, Delay delay, SplittableRandom random) throws IOException {
    numbers(
        file,
        IntStream.range(0, 500 + Math.toIntExact(length.toSeconds() / 8))
            .mapToDouble(i -> delay.drawNs(random)));
  }

  private static void numbers(Path file, DoubleStream ns) throws IOException {
    Files.write(file, ns.mapToObj(each -> Double.toString(each / SECOND_NS)).toList());
  }

  private Process chronyd(Path folder, String node, String configuration) throws IOException {
    String file = "chronyd-" + node;
    Files.writeString(
        folder.resolve(file + ".conf"), configuration + "\ncmdport 0\npidfile " + file + ".pid\n");
    ProcessBuilder chronyd = new ProcessBuilder("chronyd", "-d", "-f", file + ".conf");
    chronyd
        .environment()
        .putAll(
            Map.of(
                "LD_PRELOAD",
                program.resolve("clknetsim.so").toString(),
                "CLKNETSIM_NODE",
                node,
                "CLKNETSIM_SOCKET",
                "socket"));
    return start(chronyd, folder, folder.resolve(file + ".log"));
  }

  private static Process start(ProcessBuilder process, Path folder, Path log) throws IOException {
    return process
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** The log has a line per datagram: time, from, to, delay, … */
  private static List<Exchanged> exchanges(List<String> packets, ClockError clock) {
    List<Exchanged> exchanges = new ArrayList<>();
    for (int i = 0; i + 1 < packets.size(); i += 2) {
      String[] there = packets.get(i).split("\t");
      String[] back = packets.get(i + 1).split("\t");
      if (!there[1].equals(CLIENT) || !back[1].equals(SERVER)) {
        throw new IllegalStateException("packets: not a request and its answer, line " + (i + 1));
      }
      long sentNs = ns(there[0]);
      long arrivedNs = sentNs + ns(there[3]);
      long endNs = arrivedNs + ns(back[3]);
      exchanges.add(
          new Exchanged(clock.localNs(sentNs), arrivedNs, arrivedNs, clock.localNs(endNs), endNs));
    }
    return exchanges;
  }

  private static long ns(String seconds) {
    return Math.round(Double.parseDouble(seconds) * SECOND_NS);
  }
}
