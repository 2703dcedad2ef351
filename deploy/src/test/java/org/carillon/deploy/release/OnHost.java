package org.carillon.deploy.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.carillon.ssh.Host;

/**
 * What is on a host, looked at from outside.
 *
 * @param current the release in use
 * @param files of that, with their modes and contents
 * @param kept content of a file in the shared folder
 * @param services how many processes of the service there are
 * @param marks of a change under way: its lock, and what it wants
 */
record OnHost(
    String current,
    ReleaseState state,
    Map<String, String> files,
    String kept,
    int services,
    List<String> marks) {

  static OnHost of(Bench bench, String name) throws IOException {
    Host host = bench.host(name);
    String current = bench.releases().current(host).orElse("-");
    return new OnHost(
        current,
        bench.releases().state(host, current).orElseThrow().state(),
        bench.inUse(name),
        Files.readString(bench.root(name).resolve("current/data/kept")),
        services(bench.root(name)),
        Stream.of("pending", "lock")
            .filter(mark -> Files.exists(bench.root(name).resolve(mark)))
            .toList());
  }

  /** Processes that run in a release of a host. */
  private static int services(Path root) throws IOException {
    int found = 0;
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      for (Path process :
          all.filter(path -> path.getFileName().toString().matches("\\d+")).toList()) {
        try {
          if (Files.readSymbolicLink(process.resolve("cwd")).startsWith(root.resolve("releases"))
              && Files.readString(process.resolve("cmdline")).startsWith("sleep\0001000")) {
            found++;
          }
        } catch (IOException e) {
          // It has ended meanwhile.
        }
      }
    }
    return found;
  }
}
