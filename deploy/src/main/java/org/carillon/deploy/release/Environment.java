package org.carillon.deploy.release;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.carillon.deploy.deployable.Deployable;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;

/** Whether a host can take a release: tools, clock, folders, permissions, room. */
final class Environment {

  private static final NodeScript SCRIPT =
      NodeScript.beside(Environment.class, "common.sh", "environment.sh");

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private Environment() {}

  /**
   * Looks, and makes the folders that a deployable needs.
   *
   * @param bytes that will be needed on its disk
   * @param files likewise
   * @param now by the clock of this machine
   * @throws HostException of kind REFUSED that names all that is wrong
   */
  static void check(Host host, Deployable deployable, long bytes, long files, Instant now) {
    List<String> words =
        new ArrayList<>(
            List.of(
                deployable.rootOn(host.name()),
                host.name(),
                Long.toString(bytes),
                Long.toString(files),
                Long.toString(now.getEpochSecond()),
                deployable.service().isPresent() ? "yes" : "no"));
    deployable
        .service()
        .ifPresent(
            service -> {
              words.add("setsid");
              if (service.health().http().isPresent()) {
                words.add("curl/wget");
              }
              if (service.start() instanceof Deployable.Start.SystemdUserUnit) {
                words.add("systemctl");
              }
            });
    String faults =
        SCRIPT
            .ask(
                host,
                "look whether it can take a release",
                DEADLINE,
                new byte[0],
                "check",
                words.toArray(String[]::new))
            .strip();
    if (!faults.isEmpty()) {
      throw new HostException(
          HostException.Kind.REFUSED, host.name(), String.join("; ", faults.lines().toList()));
    }
  }
}
