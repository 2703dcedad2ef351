package org.carillon.deploy.records;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What tells a machine, one of its starts, and one of its process tables from others.
 *
 * @param name of the host
 * @param machineId of the installation ({@code /etc/machine-id}); empty if there is none
 * @param bootId of this start of the kernel
 * @param pidNamespace within which a pid means something: a container has one of its own
 */
public record Machine(String name, String machineId, String bootId, String pidNamespace) {

  private static final int START_TICKS_FIELD = 19; // field 22, counted from the state as 0

  /** The machine that this runs on. */
  public static Machine current() {
    return new Machine(
        text("/proc/sys/kernel/hostname"),
        text("/etc/machine-id"),
        text("/proc/sys/kernel/random/boot_id"),
        link("/proc/self/ns/pid"));
  }

  /** Whether it is the same installation; machines made from one image differ by their names. */
  boolean sameMachine(Machine other) {
    return name.equals(other.name) && machineId.equals(other.machineId);
  }

  /**
   * When a process of this machine began, in clock ticks since the machine's start (proc(5)); empty
   * if there is none of that number.
   */
  static Optional<Long> startTicks(long pid) {
    String stat = text("/proc/" + pid + "/stat");
    // The name of the program stands in brackets and may hold any character.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    return fields.length > START_TICKS_FIELD
        ? Optional.of(Long.parseLong(fields[START_TICKS_FIELD]))
        : Optional.empty();
  }

  private static String text(String file) {
    try {
      return new String(Files.readAllBytes(Path.of(file)), StandardCharsets.ISO_8859_1).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static String link(String file) {
    try {
      return Files.readSymbolicLink(Path.of(file)).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
