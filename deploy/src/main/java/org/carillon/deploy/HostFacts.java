package org.carillon.deploy;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Host;

/**
 * What a host says about itself.
 *
 * @param home the account's home folder, absolute
 * @param system as {@code uname -s}
 * @param architecture as {@code uname -m}
 * @param kernel as {@code uname -r}
 * @param hostname as {@code uname -n}
 * @param processors that are online; empty text if it does not say
 * @param bootId of the kernel that runs: two hosts with one are one machine
 */
record HostFacts(
    String home,
    String system,
    String architecture,
    String kernel,
    String hostname,
    String processors,
    String bootId) {

  private static final String SCRIPT =
      """
      pwd -P
      uname -s
      uname -m
      uname -r
      uname -n
      getconf _NPROCESSORS_ONLN 2>/dev/null || echo
      cat /proc/sys/kernel/random/boot_id 2>/dev/null || echo
      """;

  private static final int LINES = 7;

  /** Asks a host. */
  static HostFacts ask(Host host, Duration deadline) {
    CommandResult result = host.run(Command.script(SCRIPT, deadline));
    String[] lines = result.out().split("\n", -1);
    if (!result.succeeded() || lines.length < LINES || !lines[0].startsWith("/")) {
      throw new CarillonException(
          ExitCode.CONNECTION,
          host.name()
              + ": it answers, but not as a POSIX system does ("
              + result.complaint()
              + "); does the account's shell start-up print something?");
    }
    return new HostFacts(lines[0], lines[1], lines[2], lines[3], lines[4], lines[5], lines[6]);
  }

  /** By name, for the manifest. */
  Map<String, String> forManifest() {
    Map<String, String> facts = new TreeMap<>();
    facts.put("system", system + " " + kernel);
    facts.put("architecture", architecture);
    facts.put("hostname", hostname);
    facts.put("processors", processors);
    return facts;
  }
}
