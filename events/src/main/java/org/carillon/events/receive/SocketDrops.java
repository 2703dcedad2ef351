package org.carillon.events.receive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How many datagrams the kernel dropped because a socket's buffer was full: the last column of
 * /proc/net/udp and /proc/net/udp6 (proc_net_udp in the kernel's documentation).
 */
final class SocketDrops {

  private static final int LOCAL_ADDRESS = 1;
  private static final int DROPS = 12;

  private final List<Path> tables;

  SocketDrops() {
    this(List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6")));
  }

  SocketDrops(List<Path> tables) {
    this.tables = tables;
  }

  /** The drops of all sockets on a local port, or nothing if there is none or no table of them. */
  OptionalLong ofPort(int port) {
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    long[] drops =
        tables.stream()
            .flatMap(SocketDrops::lines)
            .filter(line -> line.contains(suffix)) // before the costlier look at its fields
            .map(line -> line.strip().split("\\s+"))
            .filter(fields -> fields.length > DROPS && fields[LOCAL_ADDRESS].endsWith(suffix))
            .filter(fields -> fields[DROPS].matches("[0-9]{1,18}"))
            .mapToLong(fields -> Long.parseLong(fields[DROPS]))
            .toArray();
    return drops.length == 0
        ? OptionalLong.empty()
        : OptionalLong.of(java.util.Arrays.stream(drops).sum());
  }

  private static Stream<String> lines(Path table) {
    try {
      return Files.readAllLines(table).stream();
    } catch (IOException e) {
      return Stream.empty(); // No such table, as with IPv6 switched off: no sockets in it.
    }
  }
}
