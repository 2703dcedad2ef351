package org.carillon.ssh;

import java.util.Optional;

/** Processes of this machine, for tests whose host is this machine. */
final class Processes {
  private Processes() {}

  /** Whether the process lives; one that has ended and was not yet reaped does not. */
  static boolean lives(long pid) {
    try {
      String stat = java.nio.file.Files.readString(java.nio.file.Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (java.io.IOException e) {
      return false;
    }
  }

  static void kill(long pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    process.ifPresent(ProcessHandle::destroyForcibly);
  }
}
