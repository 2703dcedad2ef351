package org.carillon.control.statistics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Tells how busy the node and this process are, from Linux' proc(5). For one thread. */
public final class CpuMeter {

  private final Path proc;
  private Optional<NodeTimes> node;
  private OptionalLong processTicks;

  /** Measures from now on. */
  public CpuMeter() {
    this(Path.of("/proc"));
  }

  CpuMeter(Path proc) {
    this.proc = proc;
    node = NodeTimes.parse(content("stat"));
    processTicks = processTicks(content("self/stat"));
  }

  /** How busy since the call before, or since the beginning. */
  public CpuShares sinceLast() {
    Optional<NodeTimes> nodeBefore = node;
    OptionalLong processTicksBefore = processTicks;
    node = NodeTimes.parse(content("stat"));
    processTicks = processTicks(content("self/stat"));
    if (nodeBefore.isEmpty() || node.isEmpty()) {
      return CpuShares.UNKNOWN;
    }
    return shares(nodeBefore.get(), node.get(), processTicksBefore, processTicks);
  }

  static CpuShares shares(
      NodeTimes from, NodeTimes to, OptionalLong processFrom, OptionalLong processTo) {
    double ticks = to.total() - from.total();
    if (ticks <= 0) {
      return CpuShares.UNKNOWN;
    }
    return new CpuShares(
        share(to.user() - from.user(), ticks),
        share(to.system() - from.system(), ticks),
        share(to.iowait() - from.iowait(), ticks),
        processFrom.isEmpty() || processTo.isEmpty()
            ? OptionalDouble.empty()
            : share(processTo.getAsLong() - processFrom.getAsLong(), ticks / to.processors()));
  }

  /** iowait may go backwards, says proc(5). */
  private static OptionalDouble share(long ticks, double ofTicks) {
    return OptionalDouble.of(Math.max(0, ticks / ofTicks));
  }

  private String content(String file) {
    try {
      return Files.readString(proc.resolve(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  /** Time in user and kernel mode of a /proc/PID/stat: its fields 14 and 15. */
  static OptionalLong processTicks(String stat) {
    // The second field is the program's name in parentheses, which may hold anything.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" +");
    try {
      return fields.length < 13
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Time of all processors of a node since it was started, in ticks. */
  record NodeTimes(long user, long system, long iowait, long total, int processors) {

    /** Reads /proc/stat; empty if it does not tell. */
    static Optional<NodeTimes> parse(String stat) {
      int processors = (int) stat.lines().filter(line -> line.matches("cpu\\d+ .*")).count();
      String all = stat.lines().filter(line -> line.startsWith("cpu ")).findFirst().orElse("");
      try {
        // user nice system idle iowait irq softirq steal; guest time, which follows, is in user.
        long[] ticks =
            Arrays.stream(all.split(" +")).skip(1).limit(8).mapToLong(Long::parseLong).toArray();
        return ticks.length < 8 || processors == 0
            ? Optional.empty()
            : Optional.of(
                new NodeTimes(
                    ticks[0] + ticks[1],
                    ticks[2] + ticks[5] + ticks[6],
                    ticks[4],
                    Arrays.stream(ticks).sum(),
                    processors));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
  }
}
