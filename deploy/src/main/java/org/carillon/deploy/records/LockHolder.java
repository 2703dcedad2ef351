package org.carillon.deploy.records;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import org.carillon.core.time.ClockSource;

/**
 * Who holds a lock. It stands in the lock as one line of JSON, so that whoever finds it knows whom
 * to ask, and whether there is still anybody to ask.
 *
 * @param user account on the head node
 * @param machine the head node
 * @param pid of the process there
 * @param startTicks when that began, in clock ticks since that machine's start: with the pid, its
 *     identity
 * @param what it does, such as {@code release of echo}
 * @param sinceNs when the lock was taken, ns since the Unix epoch
 */
public record LockHolder(
    String user, Machine machine, long pid, long startTicks, String what, long sinceNs) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** This process. */
  public static LockHolder ofThisProcess(String what, ClockSource clock) {
    long pid = ProcessHandle.current().pid();
    return new LockHolder(
        account(),
        Machine.current(),
        pid,
        Machine.startTicks(pid).orElse(0L),
        what,
        clock.realtimeNs());
  }

  private static String account() {
    String name = System.getProperty("user.name");
    String behind = System.getenv("SUDO_USER");
    return behind == null || behind.equals(name) ? name : name + " (sudo by " + behind + ")";
  }

  /**
   * Whether the process is known to have ended: it was of this machine, and is there no more. Of
   * another machine's processes nothing is known from here.
   */
  public boolean isDead() {
    Machine here = Machine.current();
    if (!machine.sameMachine(here)) {
      return false;
    }
    if (!machine.bootId().equals(here.bootId())) {
      // Started again since, if that is told at all: a container may have neither id.
      return !machine.machineId().isEmpty()
          && !machine.bootId().isEmpty()
          && !here.bootId().isEmpty();
    }
    return machine.pidNamespace().equals(here.pidNamespace())
        && Machine.startTicks(pid).filter(ticks -> ticks == startTicks).isEmpty();
  }

  /** Whether anything can be known of it from here. */
  boolean isOfThisMachine() {
    return machine.sameMachine(Machine.current());
  }

  /** The account and the machine: {@code alice on tower}. */
  public String who() {
    return user + " on " + machine.name();
  }

  /** For a message. */
  public String describe() {
    return "%s, process %d, %s, since %s".formatted(who(), pid, what, Times.iso(sinceNs));
  }

  /** Whether it took its lock before another one did, by the clocks of both; never both. */
  boolean isBefore(LockHolder other) {
    return sinceNs != other.sinceNs
        ? sinceNs < other.sinceNs
        : toLine().compareTo(other.toLine()) < 0;
  }

  /** One line, without its end. */
  public String toLine() {
    return toJson().toString();
  }

  ObjectNode toJson() {
    ObjectNode node = JSON.createObjectNode();
    node.put("schema", 1).put("user", user).put("host", machine.name());
    node.put("machine_id", machine.machineId()).put("boot_id", machine.bootId());
    node.put("pid_namespace", machine.pidNamespace());
    node.put("pid", pid).put("start_ticks", startTicks).put("what", what);
    node.put("since", Times.iso(sinceNs)).put("since_ns", sinceNs);
    return node;
  }

  /** Reads the line again; empty if it is none. */
  public static Optional<LockHolder> parse(String line) {
    try {
      return of(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  static Optional<LockHolder> of(JsonNode node) {
    if (node == null || !node.path("pid").isNumber() || !node.path("host").isTextual()) {
      return Optional.empty();
    }
    return Optional.of(
        new LockHolder(
            node.path("user").asText(),
            new Machine(
                node.path("host").asText(),
                node.path("machine_id").asText(),
                node.path("boot_id").asText(),
                node.path("pid_namespace").asText()),
            node.path("pid").asLong(),
            node.path("start_ticks").asLong(),
            node.path("what").asText(),
            node.path("since_ns").asLong()));
  }

  /** The file of the head node's lock. */
  static Path file(Path reports, String deployable) {
    return reports.resolve(".lock-" + deployable);
  }
}
