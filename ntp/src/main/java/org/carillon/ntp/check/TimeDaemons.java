package org.carillon.ntp.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for the daemons that keep time, in {@code /proc}. What it needs of a process is readable to
 * everybody; a process outside this container, or hidden by {@code hidepid}, is not seen.
 */
final class TimeDaemons {

  private static final Logger LOG = LoggerFactory.getLogger(TimeDaemons.class);

  /** CAP_SYS_TIME of capabilities(7), without which no process can set a clock. */
  private static final long MAY_SET_CLOCKS = 1L << 25;

  private TimeDaemons() {}

  private record Process(TimeDaemon daemon, long parent) {}

  /**
   * The daemons that run, by pid. A helper that a daemon has forked is not another one.
   *
   * @param proc {@code /proc}
   */
  static List<TimeDaemon> seen(Path proc) {
    Map<Long, Process> found = new HashMap<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        daemon(process).ifPresent(one -> found.put(one.daemon().pid(), one));
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be read", proc, e);
    }
    return found.values().stream()
        .filter(one -> !isHelper(one, found))
        .map(Process::daemon)
        .sorted(Comparator.comparingLong(TimeDaemon::pid))
        .toList();
  }

  private static boolean isHelper(Process one, Map<Long, Process> found) {
    Process parent = found.get(one.parent());
    return parent != null && parent.daemon().kind() == one.daemon().kind();
  }

  private static Optional<Process> daemon(Path process) {
    try {
      String comm = Files.readString(process.resolve("comm"), StandardCharsets.ISO_8859_1).strip();
      Optional<TimeDaemon.Kind> kind = TimeDaemon.Kind.ofComm(comm);
      List<String> words = kind.isEmpty() ? List.of() : commandLine(process);
      if (words.isEmpty()) {
        return Optional.empty(); // Another program, a thread of the kernel, or one that has ended.
      }
      Map<String, String> status = status(process);
      boolean allowed = (Long.parseUnsignedLong(status.get("CapEff"), 16) & MAY_SET_CLOCKS) != 0;
      return Optional.of(
          new Process(
              new TimeDaemon(
                  kind.get(),
                  Long.parseLong(process.getFileName().toString()),
                  allowed && kind.get().steersWith(words.subList(1, words.size()))),
              Long.parseLong(status.get("PPid"))));
    } catch (IOException | NumberFormatException e) {
      LOG.debug("{} has ended or cannot be read", process, e);
      return Optional.empty();
    }
  }

  private static List<String> commandLine(Path process) throws IOException {
    String text = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
    return Arrays.stream(text.split("\0")).filter(word -> !word.isEmpty()).toList();
  }

  /** Lines {@code KEY:<tab>VALUE}; those needed are there on every kernel since 2.6. */
  private static Map<String, String> status(Path process) throws IOException {
    Map<String, String> values = new HashMap<>(Map.of("CapEff", "", "PPid", ""));
    for (String line : Files.readAllLines(process.resolve("status"), StandardCharsets.ISO_8859_1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        values.put(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    return values;
  }
}
