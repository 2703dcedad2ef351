package org.carillon.ssh;

import java.util.regex.Pattern;

/**
 * The identity of a detached process: enough to find it again from another connection or another
 * day, and never to take another one for it.
 *
 * @param folder as in its {@link DetachedSpec}
 * @param name as in its {@link DetachedSpec}
 * @param pid of the program itself, which leads a process group of the same number
 * @param startTicks when it started: clock ticks since boot, field 22 of {@code /proc/PID/stat}
 * @param bootId which boot of the host that counts from
 * @param nonce 128 random bits in hex, also in its environment as {@code CARILLON_DETACHED}
 */
public record DetachedProcess(
    String folder, String name, long pid, long startTicks, String bootId, String nonce) {
  private static final Pattern NONCE = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern BOOT_ID = Pattern.compile("[0-9a-f-]{36}");

  public DetachedProcess {
    DetachedSpec.requireName(name);
    if (folder.isEmpty()) {
      throw new IllegalArgumentException(name + " has no folder");
    }
    // 0 and 1 would signal our own group and every process there is.
    if (pid < 2) {
      throw new IllegalArgumentException(pid + " is not the pid of a process of ours");
    }
    if (startTicks < 0) {
      throw new IllegalArgumentException(startTicks + " is not a start time in clock ticks");
    }
    if (!BOOT_ID.matcher(bootId).matches()) {
      throw new IllegalArgumentException("'" + bootId + "' is not a boot id");
    }
    if (!NONCE.matcher(nonce).matches()) {
      throw new IllegalArgumentException("'" + nonce + "' is not a nonce of 32 hex digits");
    }
  }

  /**
   * Reads the line of a pid file.
   *
   * @throws IllegalArgumentException if it is not one
   */
  static DetachedProcess parse(String folder, String name, String line) {
    String[] words = line.strip().split(" ");
    if (words.length != 6) {
      throw new IllegalArgumentException("'" + line.strip() + "' is not the line of a pid file");
    }
    try {
      return new DetachedProcess(
          folder, name, Long.parseLong(words[0]), Long.parseLong(words[1]), words[2], words[3]);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + line.strip() + "' is not the line of a pid file", e);
    }
  }
}
